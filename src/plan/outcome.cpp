// SPDX-License-Identifier: Apache-2.0
#include "plan/outcome.hpp"

#include <algorithm>
#include <csignal>
#include <string_view>
#include <variant>

namespace dpctl {

namespace {

template <class T>
std::size_t count_of(const std::vector<StepResult>& steps) {
  return static_cast<std::size_t>(std::ranges::count_if(
      steps, [](const StepResult& step) { return std::holds_alternative<T>(step.outcome); }));
}

bool as_desired(const StepResult& step) {
  const auto* checked = std::get_if<Checked>(&step.outcome);
  return checked == nullptr || checked->state.condition == Condition::present;
}

}  // namespace

std::string_view to_string(Condition condition) {
  switch (condition) {
    case Condition::present:
      return "present";
    case Condition::absent:
      return "absent";
    case Condition::differs:
      return "differs";
    case Condition::not_ready:
      return "not ready";
    case Condition::unknown:
      return "unknown";
  }
  return "unknown";
}

std::string_view to_string(Walk walk) {
  switch (walk) {
    case Walk::setup:
      return "setup";
    case Walk::plan:
      return "plan";
    case Walk::status:
      return "status";
    case Walk::clean:
      return "clean";
  }
  return "unknown";
}

std::size_t Summary::count_failed() const { return count_of<Failed>(steps); }
std::size_t Summary::count_changed() const { return count_of<Done>(steps); }
std::size_t Summary::count_skipped() const { return count_of<Skipped>(steps); }

ExitCode Summary::exit_code() const {
  if (signal != 0) {
    return signal == SIGTERM ? ExitCode::terminated : ExitCode::interrupted;
  }
  for (const auto& step : steps) {
    if (const auto* failed = std::get_if<Failed>(&step.outcome)) {
      return failed->error.code;
    }
  }
  const bool desired = std::ranges::all_of(steps, as_desired);
  return desired ? ExitCode::done : ExitCode::not_desired_state;
}

}  // namespace dpctl
