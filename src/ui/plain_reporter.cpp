// SPDX-License-Identifier: Apache-2.0
#include "ui/plain_reporter.hpp"

#include <fmt/format.h>

#include <chrono>
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
#include "util/error.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

constexpr std::chrono::seconds note_pause(15);
constexpr std::chrono::seconds heartbeat(60);

/// GitHub ends a workflow command at the first line break, and decodes these three.
std::string github_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '%':
        escaped += "%25";
        break;
      case '\r':
        escaped += "%0D";
        break;
      case '\n':
        escaped += "%0A";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace

CiLog ci_log_of(const EnvironmentLookup& environment) {
  if (environment("GITHUB_ACTIONS").value_or("") == "true") {
    return CiLog::github;
  }
  return environment("GITLAB_CI") ? CiLog::gitlab : CiLog::none;
}

PlainReporter::PlainReporter(LinePrinter& progress, LinePrinter& data, PlainClocks clocks, CiLog ci)
    : progress_(progress),
      data_(data),
      clocks_(std::move(clocks)),
      ci_(ci),
      started_(clocks_.steady()) {}

void PlainReporter::run_started(const RunInfo& run) {
  run_ = run;
  started_ = clocks_.steady();
  running_.clear();
  open_group();
  line({{Style::strong, run_title(run)}});
}

void PlainReporter::step_started(const Step& step,
                                 std::optional<std::chrono::milliseconds> /*last_time*/) {
  const auto now = clocks_.steady();
  running_[step.id] = {step.title, "", "", false, now, now};
}

void PlainReporter::step_note(const Step& step, std::string_view note) {
  const auto found = running_.find(step.id);
  if (found != running_.end()) {
    found->second.note = without_controls(trimmed(note));
  }
}

void PlainReporter::step_finished(const StepResult& result) {
  running_.erase(result.id);
  const bool told_at_the_end = std::holds_alternative<Checked>(result.outcome);
  if (!told_at_the_end && !std::holds_alternative<Unchanged>(result.outcome)) {
    line(outcome_line(run_.walk, result));
  }
}

void PlainReporter::message(Level level, std::string_view text) {
  const std::string_view prefix = level == Level::error     ? "dpctl: "
                                  : level == Level::warning ? "warning: "
                                                            : "";
  for (auto& said : lines_in(Style::plain, std::string(prefix) + std::string(text))) {
    line(std::move(said));
  }
}

void PlainReporter::run_finished(const Summary& summary) {
  running_.clear();
  close_group();
  if (summary.walk == Walk::plan) {
    data_.show(plan_report(summary));
  } else if (summary.walk == Walk::status) {
    data_.show(status_report(summary));
  }
  progress_.show(failure_lines(summary));
  for (const auto& step : summary.steps) {
    const auto* const failed = std::get_if<Failed>(&step.outcome);
    if (ci_ == CiLog::github && failed != nullptr) {
      raw("::error title=dpctl " + github_escaped(step.id) +
          "::" + github_escaped(summary_line(failed->error)));
    }
  }
  if (summary.walk == Walk::setup || summary.walk == Walk::clean) {
    line(run_line(summary, run_.steps));
  }
}

void PlainReporter::tick() {
  const auto now = clocks_.steady();
  for (auto& [id, step] : running_) {
    const auto silent = now - step.spoken;
    if (silent >= heartbeat || (silent >= note_pause && (!step.spoke || step.note != step.said))) {
      speak(step, now);
    }
  }
}

void PlainReporter::speak(Running& step, std::chrono::steady_clock::time_point now) {
  step.spoke = true;
  step.spoken = now;
  step.said = step.note;
  line({{Style::plain, fmt::format("… {}: {}, {}", without_controls(step.title),
                                   step.note.empty() ? "running" : step.note,
                                   whole_seconds(passed(step.since, now)))}});
}

void PlainReporter::line(StyledLine text) {
  const auto seconds = static_cast<double>(passed(started_, clocks_.steady()).count()) / 1000.0;
  text.insert(text.begin(), {Style::faint, fmt::format("{:7.1f} s  ", seconds)});
  progress_.show({std::move(text)});
}

// Steps run side by side, so one fold holds the whole walk; failures and the sum stay outside, in
// plain sight.
void PlainReporter::open_group() {
  const auto title = fmt::format("dpctl {} (profile {})", to_string(run_.walk), run_.profile);
  if (ci_ == CiLog::github) {
    raw("::group::" + title);
  } else if (ci_ == CiLog::gitlab) {
    raw(fmt::format("section_start:{}:dpctl_{}\r\x1b[0K{}", clocks_.unix_seconds(),
                    to_string(run_.walk), title));
  }
}

void PlainReporter::close_group() {
  if (ci_ == CiLog::github) {
    raw("::endgroup::");
  } else if (ci_ == CiLog::gitlab) {
    raw(fmt::format("section_end:{}:dpctl_{}\r\x1b[0K", clocks_.unix_seconds(),
                    to_string(run_.walk)));
  }
}

void PlainReporter::raw(const std::string& text) { progress_.show({{{Style::plain, text}}}); }

}  // namespace dpctl
