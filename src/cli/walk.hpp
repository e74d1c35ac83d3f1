// SPDX-License-Identifier: Apache-2.0
// What setup, plan, status and clean have in common: a walk over the platform's plan.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "cli/context.hpp"
#include "plan/outcome.hpp"
#include "platform/session.hpp"
#include "util/result.hpp"

namespace dpctl {

struct WalkVerb {
  Walk walk = Walk::setup;
  ProfileOptions profile;
  std::string output;
  std::size_t jobs = 8;
  std::filesystem::path timings;  // --timings: where the chart of the run goes
  Consent consent;
};

/// The options that every walk takes: the profile's, -o, --jobs, --timings.
void add_walk_options(CLI::App& verb, WalkVerb& options);

/// Loads, locks (setup and clean), walks and reports. The exit code is the summary's.
Result<ExitCode> run_walk_verb(CliContext& context, const WalkVerb& verb);

}  // namespace dpctl
