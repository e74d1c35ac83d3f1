// SPDX-License-Identifier: Apache-2.0
#include "plan/timings_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "plan/outcome.hpp"
#include "util/error.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

using std::chrono::milliseconds;

constexpr double label_width = 330;
constexpr double chart_width = 760;
constexpr double time_width = 80;  // right of the chart, for the duration behind the longest bar
constexpr double page_width = label_width + chart_width + time_width;
constexpr double row_height = 26;
constexpr double head_height = 30;
constexpr std::size_t label_columns = 46;

constexpr std::string_view style_sheet = R"css(
:root { color-scheme: light dark; --bg: #fbfbfd; --card: #ffffff; --text: #1d2430; --soft: #697386; --line: #e6e8ee;
  --changed: #3b7ddd; --unchanged: #a9b4c6; --failed: #d6404b; --skipped: #d9b54a; --interrupted: #e08a3c; --path: #6c3fc5; }
@media (prefers-color-scheme: dark) { :root { --bg: #12151b; --card: #1a1f28; --text: #e4e8ef; --soft: #8c96a8; --line: #2a313d;
  --changed: #5b9bf5; --unchanged: #566178; --failed: #f0616b; --skipped: #c9a640; --interrupted: #e79a55; --path: #b292ff; } }
body { margin: 0; padding: 32px 24px; background: var(--bg); color: var(--text); font: 14px/1.5 system-ui, sans-serif; }
main { max-width: 1220px; margin: 0 auto; }
h1 { font-size: 20px; font-weight: 600; margin: 0 0 4px; }
p { margin: 0 0 18px; color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 18px 20px; overflow-x: auto; }
svg { display: block; width: 100%; min-width: 760px; height: auto; font: 12px system-ui, sans-serif; }
svg text { fill: var(--text); }
svg .soft { fill: var(--soft); }
svg .num { font-variant-numeric: tabular-nums; paint-order: stroke; stroke: var(--card); stroke-width: 4px; }
.grid { stroke: var(--line); }
.row:hover .hit { fill: var(--line); fill-opacity: .5; }
.hit { fill: transparent; }
.changed { fill: var(--changed); background: var(--changed); } .unchanged { fill: var(--unchanged); background: var(--unchanged); }
.failed { fill: var(--failed); background: var(--failed); } .skipped { fill: var(--skipped); background: var(--skipped); }
.interrupted { fill: var(--interrupted); background: var(--interrupted); }
.path { stroke: var(--path); stroke-width: 2; } .wire { fill: none; stroke: var(--path); stroke-width: 1.5; stroke-dasharray: 3 3; }
ul { display: flex; flex-wrap: wrap; gap: 6px 20px; list-style: none; margin: 16px 0 0; padding: 0; color: var(--soft); }
li i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 7px; vertical-align: -1px; box-sizing: border-box; }
li i.path { border: 2px solid var(--path); }
)css";

/// The class of a step's bar, which is also its word in the legend.
std::string_view class_of(const Outcome& outcome) {
  if (std::holds_alternative<Failed>(outcome)) {
    return "failed";
  }
  if (std::holds_alternative<Skipped>(outcome)) {
    return "skipped";
  }
  if (std::holds_alternative<Interrupted>(outcome)) {
    return "interrupted";
  }
  return std::holds_alternative<Done>(outcome) ? "changed" : "unchanged";
}

std::string tooltip_of(const StepResult& step) {
  auto text =
      fmt::format("{} ({})\n{}, from {} for {}", step.title, step.id, class_of(step.outcome),
                  duration_text(step.started), duration_text(step.duration));
  if (const auto* const failed = std::get_if<Failed>(&step.outcome)) {
    text += "\n" + summary_line(failed->error);
  } else if (const auto* const skipped = std::get_if<Skipped>(&step.outcome)) {
    text += "\nneeds " + skipped->need;
  }
  return text;
}

/// Where things stand in the drawing.
struct Scale {
  milliseconds total;
  double x(milliseconds at) const {
    return label_width +
           chart_width * static_cast<double>(at.count()) / static_cast<double>(total.count());
  }
  static double y(std::size_t row) { return head_height + row_height * static_cast<double>(row); }
};

/// As duration_text, without tenths: the axis stands on round numbers.
std::string axis_text(milliseconds at) {
  const auto seconds = at.count() / 1000;
  const bool whole = at.count() % 1000 == 0 && seconds < 60;
  return at.count() == 0 ? "0" : whole ? fmt::format("{} s", seconds) : duration_text(at);
}

std::string axis(const Scale& scale, std::size_t rows) {
  std::string svg;
  for (milliseconds at(0); at <= scale.total; at += axis_step(scale.total)) {
    svg += fmt::format(R"(<line class="grid" x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}"/>)",
                       scale.x(at), head_height - 6, Scale::y(rows));
    svg += fmt::format(
        "<text class=\"soft num\" x=\"{:.1f}\" y=\"16\" text-anchor=\"middle\">{}</text>\n",
        scale.x(at), axis_text(at));
  }
  return svg;
}

std::string row(const Scale& scale, const StepResult& step, std::size_t number, bool on_path) {
  const double y = Scale::y(number);
  const double begin = scale.x(step.started);
  const double width = std::max(3.0, scale.x(step.started + step.duration) - begin);
  std::string svg =
      fmt::format("<g class=\"row\"><title>{}</title>", html_escaped(tooltip_of(step)));
  svg += fmt::format(R"(<rect class="hit" x="0" y="{:.1f}" width="{}" height="{}"/>)", y,
                     page_width, row_height);
  svg += fmt::format(R"(<text x="0" y="{:.1f}">{}</text>)", y + 17,
                     html_escaped(elided(step.title, label_columns)));
  svg += fmt::format(
      R"(<rect class="{}{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{}" rx="4"/>)",
      class_of(step.outcome), on_path ? " path" : "", begin, y + 5, width, row_height - 10);
  svg += fmt::format("<text class=\"soft num\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text></g>\n",
                     begin + width + 7, y + 17, duration_text(step.duration));
  return svg;
}

/// From the end of each step of the path down (or up) to the begin of the next.
std::string wires(const Scale& scale, const std::vector<const StepResult*>& steps,
                  const std::vector<std::string>& path) {
  const auto row_of = [&](const std::string& id) {
    const auto found =
        std::ranges::find(steps, id, [](const StepResult* step) { return step->id; });
    return static_cast<std::size_t>(found - steps.begin());
  };
  std::string svg;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const auto from = row_of(path[i - 1]);
    const auto to = row_of(path[i]);
    if (from < steps.size() && to < steps.size()) {
      const auto middle = row_height / 2;
      svg +=
          fmt::format("<path class=\"wire\" d=\"M{0:.1f} {1:.1f} V{3:.1f} H{2:.1f}\"/>\n",
                      scale.x(steps[from]->started + steps[from]->duration),
                      Scale::y(from) + middle, scale.x(steps[to]->started), Scale::y(to) + middle);
    }
  }
  return svg;
}

std::string chart(const Summary& summary, const std::vector<std::string>& path) {
  std::vector<const StepResult*> steps;
  milliseconds total = std::max(summary.duration, milliseconds(1));
  for (const auto& step : summary.steps) {
    steps.push_back(&step);
    total = std::max(total, step.started + step.duration);
  }
  // The steps lie in one vector: of two that started at one time, the first in it comes first.
  std::ranges::sort(steps, {},
                    [](const StepResult* step) { return std::pair(step->started, step); });
  const Scale scale{total};
  auto svg = fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"Gantt chart of the steps\">\n",
      page_width, Scale::y(steps.size()) + 6);
  svg += axis(scale, steps.size());
  svg += wires(scale, steps, path);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    svg += row(scale, *steps[i], i, std::ranges::find(path, steps[i]->id) != path.end());
  }
  return svg + "</svg>\n";
}

std::string legend(const Summary& summary, const std::vector<std::string>& path) {
  std::map<std::string_view, int> counts;
  milliseconds in_path(0);
  for (const auto& step : summary.steps) {
    ++counts[class_of(step.outcome)];
    in_path += std::ranges::find(path, step.id) != path.end() ? step.duration : milliseconds(0);
  }
  std::string html = "<ul>";
  for (const auto& [name, count] : counts) {
    html += fmt::format(R"(<li><i class="{0}"></i>{1} {0}</li>)", name, count);
  }
  if (!path.empty()) {
    html += fmt::format(
        R"(<li><i class="path"></i>the longest chain of needs: {} steps, {} of {}</li>)",
        path.size(), duration_text(in_path), duration_text(summary.duration));
  }
  return html + "</ul>\n";
}

std::string subtitle(const Summary& summary) {
  const auto busy =
      std::accumulate(summary.steps.begin(), summary.steps.end(), milliseconds(0),
                      [](milliseconds sum, const StepResult& step) { return sum + step.duration; });
  return fmt::format("{} steps in {}; one after the other they would have taken {}.",
                     summary.steps.size(), duration_text(summary.duration), duration_text(busy));
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

milliseconds axis_step(milliseconds total) {
  constexpr std::array steps = {1,      2,       5,       10,      20,       50,     100,
                                200,    500,     1000,    2000,    5000,     10'000, 30'000,
                                60'000, 120'000, 300'000, 600'000, 1'800'000};
  constexpr int lines = 10;
  const auto* const found =
      std::ranges::find_if(steps, [&](int step) { return total.count() / step <= lines; });
  return milliseconds(
      found == steps.end() ? std::max<long long>(total.count() / lines, steps.back()) : *found);
}

std::string timings_page(const Summary& summary, const std::vector<std::string>& path) {
  const auto title =
      fmt::format("dpctl {}: {}", to_string(summary.walk), html_escaped(summary.profile));
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{0}</title>\n<style>{1}</style></head>\n<body><main>\n<h1>{0}</h1>\n<p>{2}</p>\n"
      "<div class=\"card\">\n{3}{4}</div>\n</main></body></html>\n",
      title, style_sheet, subtitle(summary), chart(summary, path), legend(summary, path));
}

}  // namespace dpctl
