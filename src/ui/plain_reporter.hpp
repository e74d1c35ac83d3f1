// SPDX-License-Identifier: Apache-2.0
// For logs of CI jobs: a line per event, folded where the CI can fold.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>

#include "plan/reporter.hpp"
#include "ui/clock.hpp"
#include "ui/line_printer.hpp"

namespace dpctl {

/// The CI whose log format is spoken.
enum class CiLog { none, github, gitlab };

/// By GITHUB_ACTIONS=true and GITLAB_CI.
CiLog ci_log_of(const EnvironmentLookup& environment);

struct PlainClocks {
  SteadyClock steady;
  std::function<long long()> unix_seconds;  // GitLab stamps its sections with it
};

/// Steps that changed nothing get no line; a step that runs long gets its newest note at most every
/// 15 s, and every 60 s where the note stays the same.
class PlainReporter : public Reporter {
 public:
  /// As TerminalReporter: `progress` is stderr, `data` is stdout; both must outlive the reporter.
  PlainReporter(LinePrinter& progress, LinePrinter& data, PlainClocks clocks, CiLog ci);

  void run_started(const RunInfo& run) override;
  void step_started(const Step& step, std::optional<std::chrono::milliseconds> last_time) override;
  void step_note(const Step& step, std::string_view note) override;
  void step_finished(const StepResult& result) override;
  void message(Level level, std::string_view text) override;
  void run_finished(const Summary& summary) override;
  void tick() override;

 private:
  struct Running {
    std::string title;
    std::string note;
    std::string said;  // the note as it was last printed
    bool spoke = false;
    std::chrono::steady_clock::time_point since;
    std::chrono::steady_clock::time_point spoken;  // or since, before it spoke
  };
  void line(StyledLine text);
  void speak(Running& step, std::chrono::steady_clock::time_point now);
  void open_group();
  void close_group();
  void raw(const std::string& text);

  LinePrinter& progress_;
  LinePrinter& data_;
  PlainClocks clocks_;
  CiLog ci_;
  RunInfo run_;
  std::chrono::steady_clock::time_point started_;
  std::map<std::string, Running> running_;
};

}  // namespace dpctl
