// SPDX-License-Identifier: Apache-2.0
// Plans written as text: "a; b: a; c: a b" means that b needs a, and c needs both.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plan/step.hpp"
#include "util/text.hpp"

namespace dpctl::test {

inline std::vector<Step> steps_from(std::string_view text) {
  std::vector<Step> steps;
  for (const auto& entry : split(text, ';')) {
    const auto parts = split(entry, ':');
    Step step;
    step.id = std::string(trimmed(parts[0]));
    step.title = step.id;
    if (parts.size() > 1) {
      for (const auto& need : split(trimmed(parts[1]), ' ')) {
        step.needs.push_back(need);
      }
    }
    steps.push_back(step);
  }
  return steps;
}

}  // namespace dpctl::test
