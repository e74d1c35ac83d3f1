// SPDX-License-Identifier: Apache-2.0
// How a step of a walk ended, and the sum of a walk.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "plan/step.hpp"
#include "util/error.hpp"

namespace dpctl {

struct Done {  // setup applied it, or clean undid it
  State before;
};
struct Unchanged {};  // nothing had to be done
struct Checked {      // status and plan: what the check said
  State state;
};
struct Failed {
  Error error;
};
struct Skipped {
  std::string need;  // the id of the failed step that it needs
};
struct Interrupted {};

using Outcome = std::variant<Done, Unchanged, Checked, Failed, Skipped, Interrupted>;

struct StepResult {
  std::string id;
  std::string title;
  Outcome outcome;
  std::chrono::milliseconds started{0};  // since the walk began
  std::chrono::milliseconds duration{0};
};

enum class Walk { setup, plan, status, clean };

/// "setup", "plan", …
std::string_view to_string(Walk walk);

struct Summary {
  Walk walk = Walk::setup;
  std::string profile;
  std::vector<StepResult> steps;  // in the order of the plan; those that never began are not in it
  std::chrono::milliseconds duration{0};
  int signal = 0;  // the signal that ended the walk early, 0 if none

  std::size_t count_failed() const;
  std::size_t count_changed() const;
  std::size_t count_skipped() const;
  /// The exit code of the verb: that of the signal, else of the first failure, else for status
  /// whether all is as desired.
  ExitCode exit_code() const;
};

}  // namespace dpctl
