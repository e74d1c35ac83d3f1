// SPDX-License-Identifier: Apache-2.0
// What the grammar says about single tokens: which binds how tightly, and which may stand where.
#pragma once

#include <string_view>

#include "jsone/fault.hpp"
#include "jsone/token.hpp"

namespace jsone {

// As syntax errors list them: what may stand where an expression begins, and where one might go on.
constexpr std::string_view expression_beginnings =
    "!, (, +, -, [, false, identifier, null, number, string, true, {";
constexpr std::string_view expression_continuations =
    "!=, &&, (, *, **, +, -, ., /, <, <=, ==, >, >=, [, in, ||";

/// How tightly an infix operator binds; 0 for every other token.
int binding_power(TokenKind kind);

/// The syntax fault of a token that stands where only `expected` may.
tl::unexpected<Fault> unexpected(const Token& token, std::string_view expected);

}  // namespace jsone
