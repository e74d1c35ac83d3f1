// SPDX-License-Identifier: Apache-2.0
// What `plan` and `status` print as their result: a line per step with the reason, and a count.
#pragma once

#include <vector>

#include "plan/outcome.hpp"
#include "ui/styled_line.hpp"

namespace dpctl {

/// "+ title  absent", "~ title  differs: spec.replicas 1 → 3" …, "Plan: 3 to create, 1 to change, 8
/// unchanged."
std::vector<StyledLine> plan_report(const Summary& summary);

/// "✔ title  ready", "✖ title  not ready: 0 of 1 available" …, "Status: 11 of 12 steps as desired."
std::vector<StyledLine> status_report(const Summary& summary);

}  // namespace dpctl
