// SPDX-License-Identifier: Apache-2.0
#include "ui/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plan/outcome.hpp"
#include "plan/step.hpp"
#include "ui/step_text.hpp"
#include "ui/styled_line.hpp"
#include "util/error.hpp"

namespace dpctl {

namespace {

/// A step's row: the symbol, and what is said behind the title, further reasons below it.
struct Row {
  Style style = Style::plain;
  std::string_view symbol;
  std::string_view title;
  std::vector<std::string> said;
};

/// "differs: first reason", then the others.
std::vector<std::string> said_of(std::string_view condition, const State& state,
                                 std::string_view between) {
  std::vector<std::string> said = state.reasons;
  if (said.empty()) {
    return {std::string(condition)};
  }
  said.front() = fmt::format("{}{}{}", condition, between, said.front());
  return said;
}

Row plan_row(std::string_view title, const State& state) {
  switch (state.condition) {
    case Condition::absent:
      return {Style::good, "+", title, said_of("absent", state, ": ")};
    case Condition::differs:
      return {Style::attention, "~", title, said_of("differs", state, ": ")};
    case Condition::not_ready:
      return {Style::attention, "!", title, said_of("not ready", state, ": ")};
    case Condition::unknown:
      return {Style::attention, "?", title, said_of("unknown", state, " ")};
    case Condition::present:
      break;
  }
  return {Style::faint, "=", title, {"unchanged"}};
}

Row status_row(std::string_view title, const State& state) {
  switch (state.condition) {
    case Condition::absent:
      return {Style::bad, "✖", title, said_of("absent", state, ": ")};
    case Condition::differs:
      return {Style::bad, "✖", title, said_of("differs", state, ": ")};
    case Condition::not_ready:
      return {Style::bad, "✖", title, said_of("not ready", state, ": ")};
    case Condition::unknown:
      return {Style::bad, "✖", title, said_of("unknown", state, " ")};
    case Condition::present:
      break;
  }
  return {Style::good, "✔", title, {"ready"}};
}

Row row_of(const StepResult& step, Walk walk) {
  if (const auto* const failed = std::get_if<Failed>(&step.outcome)) {
    return {Style::bad, "✖", step.title, {"failed: " + summary_line(failed->error)}};
  }
  if (const auto* const skipped = std::get_if<Skipped>(&step.outcome)) {
    return {Style::attention, "-", step.title, {"not checked: " + skipped->need + " failed"}};
  }
  if (std::holds_alternative<Interrupted>(step.outcome)) {
    return {Style::attention, "■", step.title, {"interrupted"}};
  }
  const auto* const checked = std::get_if<Checked>(&step.outcome);
  const State state = checked != nullptr ? checked->state : State{};
  return walk == Walk::status ? status_row(step.title, state) : plan_row(step.title, state);
}

constexpr std::size_t widest_title = 60;

std::vector<StyledLine> table(const Summary& summary) {
  std::size_t width = 0;
  for (const auto& step : summary.steps) {
    width = std::max(width, std::min(columns(step.title), widest_title));
  }
  std::vector<StyledLine> lines;
  for (const auto& step : summary.steps) {
    const auto row = row_of(step, summary.walk);
    const auto pad = width > columns(row.title) ? width - columns(row.title) : 0;
    for (std::size_t i = 0; i < row.said.size(); ++i) {
      const auto said = without_controls(row.said[i]);
      if (i == 0) {
        lines.push_back({{row.style, std::string(row.symbol) + " "},
                         {Style::plain, std::string(row.title) + std::string(pad + 2, ' ')},
                         {row.style, said}});
      } else {
        lines.push_back({{row.style, std::string(width + 4, ' ') + said}});
      }
    }
  }
  return lines;
}

}  // namespace

std::vector<StyledLine> plan_report(const Summary& summary) {
  auto lines = table(summary);
  const auto counts = count_outcomes(summary);
  auto text = fmt::format("Plan: {} to create, {} to change, {} unchanged", counts.absent,
                          counts.differs, counts.unchanged);
  const auto add = [&text](std::size_t count, std::string_view what) {
    text += count > 0 ? fmt::format(", {} {}", count, what) : "";
  };
  add(counts.not_ready, "not ready");
  add(counts.unknown, "unknown");
  add(counts.failed, "failed");
  add(counts.skipped, "not checked");
  add(counts.interrupted, "interrupted");
  lines.push_back({{Style::strong, text + "."}});
  return lines;
}

std::vector<StyledLine> status_report(const Summary& summary) {
  auto lines = table(summary);
  const auto ready = count_outcomes(summary).unchanged;
  const bool all = ready == summary.steps.size();
  lines.push_back(
      {{all ? Style::good : Style::bad,
        fmt::format("Status: {} of {} steps as desired.", ready, summary.steps.size())}});
  return lines;
}

}  // namespace dpctl
