// SPDX-License-Identifier: Apache-2.0
// For people at a terminal: a live line per running step, finished steps scroll above.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "plan/reporter.hpp"
#include "ui/clock.hpp"
#include "ui/line_printer.hpp"

namespace dpctl {

/// A step that runs, as the live block shows it.
struct RunningStep {
  std::string id;
  std::string title;
  std::chrono::steady_clock::time_point since;
  std::optional<std::chrono::milliseconds> last_time;
  std::string note;
};

class TerminalReporter : public Reporter {
 public:
  /// Progress goes to `progress` (stderr), what plan and status found to `data` (stdout). Both must
  /// outlive the reporter.
  TerminalReporter(LinePrinter& progress, LinePrinter& data, SteadyClock clock);

  void run_started(const RunInfo& run) override;
  void step_started(const Step& step, std::optional<std::chrono::milliseconds> last_time) override;
  void step_note(const Step& step, std::string_view note) override;
  void step_finished(const StepResult& result) override;
  void message(Level level, std::string_view text) override;
  void run_finished(const Summary& summary) override;
  void tick() override;

 private:
  std::vector<StyledLine> live_block() const;
  StyledLine progress_line() const;

  LinePrinter& progress_;
  LinePrinter& data_;
  SteadyClock clock_;
  RunInfo run_;
  std::chrono::steady_clock::time_point started_;
  std::vector<RunningStep> running_;
  std::size_t finished_ = 0;
  std::size_t unchanged_ = 0;
};

}  // namespace dpctl
