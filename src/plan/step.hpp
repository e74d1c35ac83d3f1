// SPDX-License-Identifier: Apache-2.0
// A step of a plan: something that can be checked, applied and undone. Idempotence lives in the
// runner, not here.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.hpp"

namespace dpctl {

enum class Condition {
  present,    // as desired: nothing to do
  absent,     // not there yet
  differs,    // there, but not as desired
  not_ready,  // as desired, but does not work (yet)
  unknown,    // cannot be said before another step was applied
};

/// "absent", "differs", …
std::string_view to_string(Condition condition);

/// What a check found, with reasons that a user can read: "spec.replicas 1 → 3".
struct State {
  Condition condition = Condition::present;
  std::vector<std::string> reasons;
};

/// All that a step may touch besides what its closures hold.
struct StepContext {
  std::stop_token stop;  // asked to stop: return an Error with ExitCode::interrupted soon
  std::function<void(std::string)> note;  // what it waits for or does now; any thread
  std::chrono::steady_clock::time_point deadline;
  std::filesystem::path log;  // where its children's output goes
};

struct Step {
  std::string id;     // unique: "spark/chart"
  std::string title;  // for people: "spark: helm release spark-operator 2.5.2"
  std::vector<std::string> needs = {};
  std::chrono::seconds timeout{600};
  std::function<Result<State>(StepContext&)> check = {};
  std::function<Result<>(StepContext&)> apply = {};  // absent: nothing to do on the way up
  std::function<Result<bool>(StepContext&)> undo =
      {};  // whether there was anything to remove; absent: nothing to do
};

}  // namespace dpctl
