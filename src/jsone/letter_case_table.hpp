// SPDX-License-Identifier: Apache-2.0
// Which letters beyond ASCII have another case.
#pragma once

#include <map>
#include <string_view>
#include <vector>

namespace jsone {

/// Every `stride`th code point from `first` to `last` maps to itself plus `distance`.
struct CaseRange {
  char32_t first;
  char32_t last;
  char32_t stride;
  int distance;
};

/// Sorted; the ranges do not overlap in what they map.
const std::vector<CaseRange>& uppercase_ranges();
const std::vector<CaseRange>& lowercase_ranges();
/// Letters whose capital form is more than one letter ("ß", "ﬁ").
const std::map<char32_t, std::string_view>& long_uppercase();

}  // namespace jsone
