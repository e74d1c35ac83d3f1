// SPDX-License-Identifier: Apache-2.0
#include "plan/timings.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "plan/outcome.hpp"
#include "plan/plan.hpp"
#include "plan/timings_page.hpp"
#include "util/files.hpp"
#include "util/result.hpp"

namespace dpctl {

namespace {

std::chrono::milliseconds end_of(const StepResult& step) { return step.started + step.duration; }

const StepResult* find_step(const Summary& summary, const std::string& id) {
  const auto found = std::ranges::find(summary.steps, id, &StepResult::id);
  return found == summary.steps.end() ? nullptr : &*found;
}

const StepResult* last_need(const Summary& summary, const StepNeeds& needs,
                            const StepResult& step) {
  const auto ids = needs.find(step.id);
  const StepResult* last = nullptr;
  for (const auto& id : ids == needs.end() ? std::vector<std::string>() : ids->second) {
    const auto* const need = find_step(summary, id);
    if (need != nullptr && (last == nullptr || end_of(*need) > end_of(*last))) {
      last = need;
    }
  }
  return last;
}

}  // namespace

StepNeeds needs_of(const Plan& plan) {
  StepNeeds needs;
  for (const auto& step : plan.steps) {
    needs[step.id] = step.needs;
  }
  return needs;
}

std::vector<std::string> critical_path(const Summary& summary, const StepNeeds& needs) {
  std::vector<std::string> path;
  if (needs.empty() || summary.steps.empty()) {
    return path;
  }
  const StepResult* step = &*std::ranges::max_element(summary.steps, {}, end_of);
  // A cycle cannot come from a Plan; from anywhere else it must not hang us.
  while (step != nullptr && path.size() < summary.steps.size()) {
    path.push_back(step->id);
    step = last_need(summary, needs, *step);
  }
  std::ranges::reverse(path);
  return path;
}

std::string timings_html(const Summary& summary, const StepNeeds& needs) {
  return timings_page(summary, critical_path(summary, needs));
}

Result<> write_timings_html(const Summary& summary, const std::filesystem::path& path,
                            const StepNeeds& needs) {
  return write_file(path, timings_html(summary, needs));
}

}  // namespace dpctl
