// SPDX-License-Identifier: Apache-2.0
// Turns the text of an expression into a Program.
#pragma once

#include <string_view>

#include "jsone/ast.hpp"
#include "jsone/budget.hpp"

namespace jsone {

/// The whole of `source` as one expression.
Outcome<Program> parse_expression(std::string_view source, Budget& budget);

/// The expression at the beginning of `source` up to a "}" that is no part of it, as in "${…}". The
/// brace stands at the size of the program's text.
Outcome<Program> parse_until_brace(std::string_view source, Budget& budget);

}  // namespace jsone
