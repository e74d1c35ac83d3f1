// SPDX-License-Identifier: Apache-2.0
// A run as a picture: a self-contained HTML page with a Gantt chart, one bar per step.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "plan/outcome.hpp"
#include "plan/plan.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Step id → ids that it needs.
using StepNeeds = std::map<std::string, std::vector<std::string>>;

StepNeeds needs_of(const Plan& plan);

/// Ids of the chain of needs that decided how long the run took, first step first: from the step
/// that ended last back through the need of each that ended last. Empty where `needs` is.
std::vector<std::string> critical_path(const Summary& summary, const StepNeeds& needs);

/// The page. No script, nothing fetched; light and dark by what the browser asks for. With `needs`,
/// the critical path is drawn and summed up.
std::string timings_html(const Summary& summary, const StepNeeds& needs = {});

/// Writes that page; fails where `path` cannot be written.
Result<> write_timings_html(const Summary& summary, const std::filesystem::path& path,
                            const StepNeeds& needs = {});

}  // namespace dpctl
