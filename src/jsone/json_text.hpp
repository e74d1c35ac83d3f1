// SPDX-License-Identifier: Apache-2.0
// JSON as text: compact, keys sorted by code point, nothing but control characters, quotes and
// backslashes escaped.
#pragma once

#include <string>
#include <string_view>

#include "jsone/budget.hpp"

namespace jsone {

std::string quoted(std::string_view text);

/// `json` as text; a limit fault where it nests too deep or is too large.
Outcome<std::string> json_text(const Json& json, Budget& budget);

}  // namespace jsone
