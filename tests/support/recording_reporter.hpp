// SPDX-License-Identifier: Apache-2.0
// A reporter that keeps each event as a line of text, for tests of whoever sends events.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plan/outcome.hpp"
#include "plan/reporter.hpp"
#include "plan/step.hpp"
#include "util/error.hpp"

namespace dpctl::test {

/// "done", "unchanged", "checked differs", "failed: MESSAGE", "skipped: NEED" or "interrupted".
inline std::string outcome_text(const Outcome& outcome) {
  if (const auto* const failed = std::get_if<Failed>(&outcome)) {
    return "failed: " + summary_line(failed->error);
  }
  if (const auto* const skipped = std::get_if<Skipped>(&outcome)) {
    return "skipped: " + skipped->need;
  }
  if (const auto* const checked = std::get_if<Checked>(&outcome)) {
    return "checked " + std::string(to_string(checked->state.condition));
  }
  if (std::holds_alternative<Done>(outcome)) {
    return "done";
  }
  return std::holds_alternative<Unchanged>(outcome) ? "unchanged" : "interrupted";
}

class RecordingReporter : public Reporter {
 public:
  std::vector<std::string> events;
  std::vector<StepResult> results;
  std::optional<Summary> summary;
  std::size_t ticks = 0;

  void run_started(const RunInfo& run) override {
    events.push_back("run " + std::string(to_string(run.walk)) + " " + run.profile);
  }
  void step_started(const Step& step,
                    std::optional<std::chrono::milliseconds> /*last_time*/) override {
    events.push_back("start " + step.id);
  }
  void step_note(const Step& step, std::string_view note) override {
    events.push_back("note " + step.id + ": " + std::string(note));
  }
  void step_finished(const StepResult& result) override {
    results.push_back(result);
    events.push_back("finish " + result.id + " " + outcome_text(result.outcome));
  }
  void message(Level /*level*/, std::string_view text) override {
    events.push_back("message " + std::string(text));
  }
  void run_finished(const Summary& sum) override {
    summary = sum;
    events.emplace_back("end");
  }
  void tick() override { ++ticks; }
};

}  // namespace dpctl::test
