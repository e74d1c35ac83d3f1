// SPDX-License-Identifier: Apache-2.0
// Steps in an order that honours their needs.
#pragma once

#include <cstddef>
#include <vector>

#include "plan/step.hpp"
#include "util/result.hpp"

namespace dpctl {

struct Plan {
  std::vector<Step> steps;  // a stable topological order: needs first, else as given
  std::vector<std::vector<std::size_t>> needs;       // per step: the indices that it needs
  std::vector<std::vector<std::size_t>> dependents;  // per step: the indices that need it
};

/// Orders `steps`. Fails (invalid_input) on two steps of one id, on a need that no step has (naming
/// the nearest), and on a cycle, which is named as a path: "a → b → a".
Result<Plan> make_plan(std::vector<Step> steps);

}  // namespace dpctl
