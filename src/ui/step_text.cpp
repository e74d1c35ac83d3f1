// SPDX-License-Identifier: Apache-2.0
#include "ui/step_text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <csignal>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plan/outcome.hpp"
#include "plan/reporter.hpp"
#include "plan/step.hpp"
#include "ui/styled_line.hpp"
#include "util/error.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

std::string_view verb_done(Walk walk, Condition before) {
  if (walk == Walk::clean) {
    return "removed";
  }
  switch (before) {
    case Condition::differs:
      return "changed";
    case Condition::not_ready:
      return "made ready";
    default:
      return "created";
  }
}

std::string first_reason(const State& state) {
  if (state.condition != Condition::differs || state.reasons.empty()) {
    return "";
  }
  const auto more = state.reasons.size() - 1;
  return ": " + state.reasons.front() + (more > 0 ? fmt::format(" and {} more", more) : "");
}

std::string signal_name(int signal) {
  return signal == SIGINT    ? "SIGINT"
         : signal == SIGTERM ? "SIGTERM"
                             : fmt::format("signal {}", signal);
}

StyledLine line_of(Style style, std::string_view symbol, const StepResult& result,
                   std::string_view rest) {
  return {{style, std::string(symbol) + " "},
          {style == Style::bad ? Style::strong : Style::plain, without_controls(result.title)},
          {Style::plain, without_controls(rest)}};
}

void count_state(const State& state, OutcomeCounts& counts) {
  switch (state.condition) {
    case Condition::present:
      ++counts.unchanged;
      break;
    case Condition::absent:
      ++counts.absent;
      break;
    case Condition::differs:
      ++counts.differs;
      break;
    case Condition::not_ready:
      ++counts.not_ready;
      break;
    case Condition::unknown:
      ++counts.unknown;
      break;
  }
}

}  // namespace

OutcomeCounts count_outcomes(const Summary& summary) {
  OutcomeCounts counts;
  for (const auto& step : summary.steps) {
    std::visit(Overloaded{[&](const Done&) { ++counts.changed; },
                          [&](const Unchanged&) { ++counts.unchanged; },
                          [&](const Checked& checked) { count_state(checked.state, counts); },
                          [&](const Failed&) { ++counts.failed; },
                          [&](const Skipped&) { ++counts.skipped; },
                          [&](const Interrupted&) { ++counts.interrupted; }},
               step.outcome);
  }
  return counts;
}

std::string whole_seconds(std::chrono::milliseconds duration) {
  const auto seconds = duration.count() / 1000;
  return seconds < 60 ? fmt::format("{} s", seconds)
                      : fmt::format("{} min {:02} s", seconds / 60, seconds % 60);
}

std::string run_title(const RunInfo& run) {
  return fmt::format("{}: {} of {}, {} steps", run.profile, to_string(run.walk), run.cluster,
                     run.steps);
}

StyledLine outcome_line(Walk walk, const StepResult& result) {
  const auto time = duration_text(result.duration);
  return std::visit(
      Overloaded{
          [&](const Done& done) {
            return line_of(Style::good, "✔", result,
                           fmt::format(": {} in {}{}", verb_done(walk, done.before.condition), time,
                                       first_reason(done.before)));
          },
          [&](const Unchanged&) { return line_of(Style::faint, "=", result, ": unchanged"); },
          [&](const Checked& checked) {
            return line_of(Style::faint, "=", result,
                           fmt::format(": {}", to_string(checked.state.condition)));
          },
          [&](const Failed& failed) {
            return line_of(Style::bad, "✖", result,
                           fmt::format(": {}, after {}", summary_line(failed.error), time));
          },
          [&](const Skipped& skipped) {
            return line_of(Style::attention, "-", result,
                           fmt::format(": skipped, {} failed", skipped.need));
          },
          [&](const Interrupted&) {
            return line_of(Style::attention, "■", result,
                           fmt::format(": interrupted after {}", time));
          }},
      result.outcome);
}

StyledLine run_line(const Summary& summary, std::size_t planned) {
  const auto counts = count_outcomes(summary);
  std::vector<std::string> parts = {
      fmt::format("{} {}", counts.changed, summary.walk == Walk::clean ? "removed" : "changed"),
      fmt::format("{} unchanged", counts.unchanged)};
  const auto add = [&parts](std::size_t count, std::string_view what) {
    if (count > 0) {
      parts.push_back(fmt::format("{} {}", count, what));
    }
  };
  add(counts.failed, "failed");
  add(counts.skipped, "skipped");
  add(counts.interrupted, "interrupted");
  add(planned > summary.steps.size() ? planned - summary.steps.size() : 0, "not started");
  const Style style = counts.failed > 0     ? Style::bad
                      : summary.signal != 0 ? Style::attention
                                            : Style::good;
  const auto stopped = summary.signal != 0 ? signal_name(summary.signal) + ": " : "";
  return {
      {style, fmt::format("{}: {}{} steps: ", summary.profile, stopped, planned)},
      {Style::plain, fmt::format("{} in {}", join(parts, ", "), duration_text(summary.duration))}};
}

std::string failure_text(const StepResult& result, const Error& error) {
  const bool named = !error.context.empty() &&
                     (error.context.front() == result.id || error.context.front() == result.title);
  return "dpctl: " + (named ? "" : result.id + ": ") + full_text(error);
}

std::vector<StyledLine> failure_lines(const Summary& summary) {
  std::vector<StyledLine> lines;
  for (const auto& step : summary.steps) {
    const auto* const failed = std::get_if<Failed>(&step.outcome);
    if (failed == nullptr) {
      continue;
    }
    lines.emplace_back();
    auto text = lines_in(Style::plain, failure_text(step, failed->error));
    text.front().front().style = Style::bad;
    lines.insert(lines.end(), text.begin(), text.end());
  }
  if (!lines.empty()) {
    lines.emplace_back();
  }
  return lines;
}

}  // namespace dpctl
