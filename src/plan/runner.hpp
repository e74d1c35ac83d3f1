// SPDX-License-Identifier: Apache-2.0
// The walks over a plan: setup forward, plan and status without a change, clean backward.
#pragma once

#include <filesystem>
#include <stop_token>

#include "plan/journal.hpp"
#include "plan/outcome.hpp"
#include "plan/plan.hpp"
#include "plan/reporter.hpp"

namespace dpctl {

struct WalkOptions {
  Walk walk = Walk::setup;
  RunInfo run = {};
  std::size_t jobs = 8;              // steps at a time
  std::filesystem::path logs = {};   // a log file per step goes here; empty: none
  std::stop_token stop = {};         // asked to stop: nothing new starts, running steps are told
  std::function<int()> signal = {};  // the signal behind that stop, for the exit code
};

/// Walks the plan. A step starts when its last need ended; a failed one skips what needs it and
/// nothing else. Returns when no step runs any more. The calling thread schedules and reports; each
/// step runs in a thread of its own.
Summary run_walk(const Plan& plan, const WalkOptions& options, Reporter& reporter,
                 Journal& journal);

}  // namespace dpctl
