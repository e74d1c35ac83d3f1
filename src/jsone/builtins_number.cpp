// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "jsone/builtins.hpp"
#include "jsone/number.hpp"
#include "jsone/text.hpp"

namespace jsone {

namespace {

bool takes_one_number(const Call& call) {
  return call.arguments.size() == 1 && call[0].is_number();
}

using Order = bool (*)(const Json& left, const Json& right);

Outcome<Json> first_of(const Call& call, Order before) {
  if (call.arguments.empty()) {
    return invalid_arguments(call, "expected at least 1 arguments");
  }
  for (const Value& argument : call.arguments) {
    if (!argument->is_number()) {
      return invalid_arguments(call);
    }
  }
  const Value* first = call.arguments.data();
  for (const Value& argument : call.arguments) {
    if (before(*argument, **first)) {
      first = &argument;
    }
  }
  return **first;
}

using Rounding = double (*)(double value);

Outcome<Json> rounded(const Call& call, Rounding round) {
  if (!takes_one_number(call)) {
    return invalid_arguments(call);
  }
  return call[0].is_number_float() ? number_from(round(double_of(call[0]))) : call[0];
}

std::uint64_t range_size(std::int64_t first, std::int64_t end, std::int64_t step) {
  // In unsigned arithmetic the distance of any two 64-bit integers fits.
  const auto magnitude = [](std::int64_t from, std::int64_t to) {
    return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
  };
  if ((step > 0 && first >= end) || (step < 0 && first <= end)) {
    return 0;
  }
  const std::uint64_t distance = step > 0 ? magnitude(first, end) : magnitude(end, first);
  const std::uint64_t stride = step > 0 ? magnitude(0, step) : magnitude(step, 0);
  return (distance - 1) / stride + 1;
}

}  // namespace

Outcome<Json> builtin_min(const Call& call) { return first_of(call, less); }

Outcome<Json> builtin_max(const Call& call) {
  return first_of(call, [](const Json& left, const Json& right) { return less(right, left); });
}

Outcome<Json> builtin_sqrt(const Call& call) {
  if (!takes_one_number(call) || less(call[0], Json(0))) {
    return invalid_arguments(call);
  }
  return number_from(std::sqrt(double_of(call[0])));
}

Outcome<Json> builtin_ceil(const Call& call) {
  return rounded(call, [](double value) { return std::ceil(value); });
}

Outcome<Json> builtin_floor(const Call& call) {
  return rounded(call, [](double value) { return std::floor(value); });
}

Outcome<Json> builtin_abs(const Call& call) {
  if (!takes_one_number(call)) {
    return invalid_arguments(call);
  }
  return absolute(call[0]);
}

Outcome<Json> builtin_range(const Call& call) {
  const std::size_t count = call.arguments.size();
  if (count != 2 && count != 3) {
    return invalid_arguments(call);
  }
  const auto first = integer_of(call[0]);
  const auto end = integer_of(call[1]);
  const auto step = count == 3 ? integer_of(call[2]) : std::optional<std::int64_t>(1);
  if (!first || !end || !step || *step == 0) {
    return invalid_arguments(call);
  }
  const std::uint64_t size = range_size(*first, *end, *step);
  JSONE_TRY(call.budget.step(size));
  JSONE_TRY(call.budget.bytes(size * sizeof(Json)));
  Json::array_t numbers;
  numbers.reserve(size);
  for (std::uint64_t at = 0; at < size; ++at) {
    numbers.emplace_back(*first + static_cast<std::int64_t>(at) * *step);
  }
  return Json(std::move(numbers));
}

Outcome<Json> builtin_number(const Call& call) {
  if (call.arguments.empty()) {
    return invalid_arguments(call, "expected at least 1 arguments");
  }
  if (call.arguments.size() != 1 || !call[0].is_string()) {
    return invalid_arguments(call);
  }
  auto number = parse_number(without_leading_space(without_trailing_space(call.text(0))));
  if (!number) {
    return invalid_arguments(call, "not a number");
  }
  return *std::move(number);
}

}  // namespace jsone
