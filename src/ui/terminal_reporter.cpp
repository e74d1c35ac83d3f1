// SPDX-License-Identifier: Apache-2.0
#include "ui/terminal_reporter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "plan/outcome.hpp"
#include "plan/reporter.hpp"
#include "plan/step.hpp"
#include "ui/clock.hpp"
#include "ui/line_printer.hpp"
#include "ui/report.hpp"
#include "ui/step_text.hpp"
#include "ui/styled_line.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

constexpr std::array<std::string_view, 10> spinner = {"⠋", "⠙", "⠹", "⠸", "⠼",
                                                      "⠴", "⠦", "⠧", "⠇", "⠏"};
constexpr std::chrono::milliseconds spinner_period(100);
/// A live block never takes the whole window: what scrolls above it must stay in view.
constexpr std::size_t rows_kept_free = 3;

/// Plan and status tell what they found at their end, on stdout; until then only the live block
/// shows.
bool tells_steps(Walk walk) { return walk == Walk::setup || walk == Walk::clean; }

StyledLine running_line(const RunningStep& step, std::chrono::steady_clock::time_point now) {
  const auto elapsed = passed(step.since, now);
  const auto frame = static_cast<std::size_t>(elapsed / spinner_period) % spinner.size();
  StyledLine line = {{Style::good, std::string(spinner.at(frame)) + " "},
                     {Style::plain, without_controls(step.title)},
                     {Style::plain, "  " + whole_seconds(elapsed)}};
  if (step.last_time) {
    line.push_back({Style::faint, fmt::format(" (last time {})", whole_seconds(*step.last_time))});
  }
  if (!step.note.empty()) {
    line.push_back({Style::faint, "  " + step.note});
  }
  return line;
}

}  // namespace

TerminalReporter::TerminalReporter(LinePrinter& progress, LinePrinter& data, SteadyClock clock)
    : progress_(progress), data_(data), clock_(std::move(clock)) {}

void TerminalReporter::run_started(const RunInfo& run) {
  run_ = run;
  started_ = clock_();
  running_.clear();
  finished_ = 0;
  unchanged_ = 0;
  if (tells_steps(run.walk)) {
    progress_.show({{{Style::strong, run_title(run)}}});
  }
}

void TerminalReporter::step_started(const Step& step,
                                    std::optional<std::chrono::milliseconds> last_time) {
  running_.push_back({step.id, step.title, clock_(), last_time, ""});
}

void TerminalReporter::step_note(const Step& step, std::string_view note) {
  const auto found = std::ranges::find(running_, step.id, &RunningStep::id);
  if (found != running_.end()) {
    found->note = without_controls(trimmed(note));
  }
}

void TerminalReporter::step_finished(const StepResult& result) {
  std::erase_if(running_, [&](const RunningStep& step) { return step.id == result.id; });
  ++finished_;
  if (std::holds_alternative<Unchanged>(result.outcome)) {
    ++unchanged_;
  } else if (tells_steps(run_.walk)) {
    progress_.show({outcome_line(run_.walk, result)}, live_block());
  }
}

void TerminalReporter::message(Level level, std::string_view text) {
  auto lines = lines_in(Style::plain, text);
  if (!lines.empty() && level != Level::info) {
    const bool bad = level == Level::error;
    lines.front().insert(lines.front().begin(),
                         {bad ? Style::bad : Style::attention, bad ? "dpctl: " : "warning: "});
  }
  progress_.show(lines, live_block());
}

void TerminalReporter::run_finished(const Summary& summary) {
  running_.clear();
  progress_.show({});
  if (summary.walk == Walk::plan) {
    data_.show(plan_report(summary));
  } else if (summary.walk == Walk::status) {
    data_.show(status_report(summary));
  }
  auto lines = failure_lines(summary);
  if (tells_steps(summary.walk)) {
    lines.push_back(run_line(summary, run_.steps));
  }
  progress_.show(lines);
}

void TerminalReporter::tick() {
  if (!running_.empty()) {
    progress_.show({}, live_block());
  }
}

StyledLine TerminalReporter::progress_line() const {
  auto text = fmt::format("{} of {} steps", finished_, run_.steps);
  if (unchanged_ > 0) {
    text += fmt::format(", {} unchanged", unchanged_);
  }
  return {{Style::faint, text + ", " + whole_seconds(passed(started_, clock_()))}};
}

std::vector<StyledLine> TerminalReporter::live_block() const {
  if (running_.empty()) {
    return {};
  }
  const auto height = progress_.traits().height;
  const std::size_t room = height > rows_kept_free + 1 ? height - rows_kept_free - 1 : 1;
  const bool all_fit = running_.size() <= room;
  const std::size_t shown = all_fit ? running_.size() : room - 1;
  const auto now = clock_();
  std::vector<StyledLine> live;
  live.reserve(shown + 2);
  for (std::size_t i = 0; i < shown; ++i) {
    live.push_back(running_line(running_[i], now));
  }
  if (!all_fit) {
    live.push_back({{Style::faint, fmt::format("  and {} more", running_.size() - shown)}});
  }
  live.push_back(progress_line());
  return live;
}

}  // namespace dpctl
