// SPDX-License-Identifier: Apache-2.0
#include "jsone/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace jsone {

namespace {

constexpr double largest_exact = 9007199254740992.0;  // 2^53: beyond it a double skips integers

std::optional<Json> finite(double value) {
  return std::isfinite(value) ? std::optional(number_from(value)) : std::nullopt;
}

std::optional<std::int64_t> exact_power(std::int64_t base, std::int64_t exponent) {
  if (exponent < 0) {
    return std::nullopt;
  }
  std::int64_t result = 1;
  while (exponent > 0) {
    if ((exponent & 1) != 0 && __builtin_mul_overflow(result, base, &result)) {
      return std::nullopt;
    }
    exponent >>= 1;
    if (exponent > 0 && __builtin_mul_overflow(base, base, &base)) {
      return std::nullopt;
    }
  }
  return result;
}

std::optional<std::int64_t> exact_quotient(std::int64_t left, std::int64_t right) {
  const bool overflows = left == std::numeric_limits<std::int64_t>::min() && right == -1;
  if (right == 0 || overflows || left % right != 0) {
    return std::nullopt;
  }
  return left / right;
}

std::optional<std::int64_t> exact_result(TokenKind op, std::int64_t left, std::int64_t right) {
  std::int64_t result = 0;
  bool overflow = false;
  switch (op) {
    case TokenKind::plus:
      overflow = __builtin_add_overflow(left, right, &result);
      break;
    case TokenKind::minus:
      overflow = __builtin_sub_overflow(left, right, &result);
      break;
    case TokenKind::times:
      overflow = __builtin_mul_overflow(left, right, &result);
      break;
    case TokenKind::divide:
      return exact_quotient(left, right);
    default:
      return exact_power(left, right);
  }
  return overflow ? std::nullopt : std::optional(result);
}

double inexact_result(TokenKind op, double left, double right) {
  switch (op) {
    case TokenKind::plus:
      return left + right;
    case TokenKind::minus:
      return left - right;
    case TokenKind::times:
      return left * right;
    case TokenKind::divide:
      return right == 0 ? std::numeric_limits<double>::quiet_NaN() : left / right;
    default:
      return std::pow(left, right);
  }
}

/// `digits` stand for 0.digits times ten to the power of `point`.
std::string with_decimal_point(const std::string& digits, int point) {
  const int count = static_cast<int>(digits.size());
  if (point > 21 || point <= -6) {
    const std::string fraction = count > 1 ? "." + digits.substr(1) : "";
    return digits.substr(0, 1) + fraction + (point > 0 ? "e+" : "e-") +
           std::to_string(std::abs(point - 1));
  }
  if (point <= 0) {
    return "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
  }
  if (count <= point) {
    return digits + std::string(static_cast<std::size_t>(point - count), '0');
  }
  return digits.substr(0, static_cast<std::size_t>(point)) + "." +
         digits.substr(static_cast<std::size_t>(point));
}

std::string double_text(double value) {
  if (value == 0) {
    return "0";
  }
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                                 std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  const std::size_t mark = text.find('e');
  std::string digits(text.substr(0, mark));
  digits.erase(std::remove(digits.begin(), digits.end(), '.'), digits.end());
  int exponent = 0;
  const std::string_view power = text.substr(mark + (text[mark + 1] == '+' ? 2 : 1));
  std::from_chars(power.data(), power.data() + power.size(), exponent);
  return (value < 0 ? "-" : "") + with_decimal_point(digits, exponent + 1);
}

}  // namespace

Json number_from(double value) {
  if (std::abs(value) <= largest_exact && std::trunc(value) == value) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

std::optional<std::int64_t> integer_of(const Json& value) {
  if (value.is_number_unsigned()) {
    const auto large = value.get<std::uint64_t>();
    return large <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())
               ? std::optional(static_cast<std::int64_t>(large))
               : std::nullopt;
  }
  if (value.is_number_integer()) {
    return value.get<std::int64_t>();
  }
  if (value.is_number_float()) {
    const Json exact = number_from(value.get<double>());
    return exact.is_number_integer() ? std::optional(exact.get<std::int64_t>()) : std::nullopt;
  }
  return std::nullopt;
}

double double_of(const Json& number) { return number.get<double>(); }

std::optional<Json> arithmetic(TokenKind op, const Json& left, const Json& right) {
  const auto exact_left = integer_of(left);
  const auto exact_right = integer_of(right);
  if (exact_left && exact_right) {
    if (const auto result = exact_result(op, *exact_left, *exact_right)) {
      return Json(*result);
    }
  }
  return finite(inexact_result(op, double_of(left), double_of(right)));
}

std::optional<Json> negated(const Json& number) {
  return arithmetic(TokenKind::minus, Json(0), number);
}

Json absolute(const Json& number) {
  return less(number, Json(0)) ? negated(number).value_or(number) : number;
}

bool less(const Json& left, const Json& right) {
  const auto exact_left = integer_of(left);
  const auto exact_right = integer_of(right);
  if (exact_left && exact_right) {
    return *exact_left < *exact_right;
  }
  return double_of(left) < double_of(right);
}

std::string number_text(const Json& number) {
  if (number.is_number_unsigned()) {
    return std::to_string(number.get<std::uint64_t>());
  }
  if (number.is_number_integer()) {
    return std::to_string(number.get<std::int64_t>());
  }
  return double_text(number.get<double>());
}

std::optional<Json> parse_number(std::string_view text) {
  if (!text.empty() && text.front() == '+') {
    text.remove_prefix(1);
    if (!text.empty() && text.front() == '-') {
      return std::nullopt;
    }
  }
  const bool plain = text.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
  if (text.empty() || !plain) {  // from_chars alone would take "inf" and "nan"
    return std::nullopt;
  }
  const char* const end = text.data() + text.size();
  std::int64_t integer = 0;
  if (const auto read = std::from_chars(text.data(), end, integer);
      read.ec == std::errc() && read.ptr == end) {
    return Json(integer);
  }
  double value = 0;
  const auto read = std::from_chars(text.data(), end, value);
  return read.ec == std::errc() && read.ptr == end ? finite(value) : std::nullopt;
}

}  // namespace jsone
