// SPDX-License-Identifier: Apache-2.0
// The language's numbers: exact where 64 bits hold them as integers, doubles otherwise.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "jsone/fault.hpp"
#include "jsone/token.hpp"

namespace jsone {

/// An integer where the value is one that a double holds exactly, else a floating-point number.
Json number_from(double value);

/// The result of + - * / **, or nullopt where there is no finite one.
std::optional<Json> arithmetic(TokenKind op, const Json& left, const Json& right);
std::optional<Json> negated(const Json& number);
Json absolute(const Json& number);

bool less(const Json& left, const Json& right);

/// The integer that the number is, or nullopt where it has a fraction or does not fit.
std::optional<std::int64_t> integer_of(const Json& value);
double double_of(const Json& number);

/// The shortest decimal text that reads back as the same number, as JavaScript writes it: "1",
/// "0.5", "1e+21".
std::string number_text(const Json& number);

/// Reads an optional sign, digits, a fraction and an exponent; nullopt for anything else.
std::optional<Json> parse_number(std::string_view text);

}  // namespace jsone
