// SPDX-License-Identifier: Apache-2.0
// Step results and summaries as tests of the output write them.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "plan/outcome.hpp"
#include "plan/step.hpp"

namespace dpctl::test {

using std::chrono::milliseconds;

inline StepResult step_result(std::string id, std::string title, Outcome outcome,
                              milliseconds started = {}, milliseconds duration = {}) {
  return {std::move(id), std::move(title), std::move(outcome), started, duration};
}

inline Outcome done(Condition before = Condition::absent, std::vector<std::string> reasons = {}) {
  return Done{{before, std::move(reasons)}};
}

inline Outcome checked(Condition condition, std::vector<std::string> reasons = {}) {
  return Checked{{condition, std::move(reasons)}};
}

/// A failure with everything that an Error can tell.
inline Outcome helm_failure() {
  Error error =
      make_error(ExitCode::step_failed, "helm upgrade failed (exit 1)", "look at the values");
  error.command = "helm upgrade airflow --set x=***";
  error.output_tail = "first\nlast\n";
  error.log = "/state/logs/airflow-chart.log";
  return Failed{std::move(error)};
}

inline Summary summary_of(Walk walk, std::vector<StepResult> steps,
                          milliseconds duration = milliseconds(41'000)) {
  return {.walk = walk, .profile = "kind", .steps = std::move(steps), .duration = duration};
}

inline Step named_step(std::string id, std::string title) {
  Step step;
  step.id = std::move(id);
  step.title = std::move(title);
  return step;
}

}  // namespace dpctl::test
