// SPDX-License-Identifier: Apache-2.0
// Where the events of a walk go. Every call comes from the thread that runs the walk.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "plan/outcome.hpp"
#include "plan/step.hpp"

namespace dpctl {

struct RunInfo {
  Walk walk = Walk::setup;
  std::string profile;
  std::string cluster;  // "kind cluster dpctl"
  std::size_t steps = 0;
};

enum class Level { info, warning, error };

class Reporter {
 public:
  Reporter() = default;
  Reporter(const Reporter&) = delete;
  Reporter& operator=(const Reporter&) = delete;
  virtual ~Reporter() = default;

  virtual void run_started(const RunInfo& run) = 0;
  /// `last_time`: how long it took in an earlier run, where the journal knows.
  virtual void step_started(const Step& step,
                            std::optional<std::chrono::milliseconds> last_time) = 0;
  virtual void step_note(const Step& step, std::string_view note) = 0;
  virtual void step_finished(const StepResult& result) = 0;
  virtual void message(Level level, std::string_view text) = 0;
  virtual void run_finished(const Summary& summary) = 0;
  /// Called some ten times a second while steps run: the moment to redraw.
  virtual void tick() {}
};

}  // namespace dpctl
