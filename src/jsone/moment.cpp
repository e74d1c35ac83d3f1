// SPDX-License-Identifier: Apache-2.0
#include "jsone/moment.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <optional>

#include "jsone/text.hpp"

namespace jsone {

namespace {

using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;

struct Unit {
  std::initializer_list<std::string_view> names;  // a name stands before those it begins with
  std::int64_t seconds;
};

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;

/// Takes the integer at the beginning of `text`, or returns nullopt.
std::optional<std::int64_t> take_integer(std::string_view& text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || text.front() == '-') {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return number;
}

bool take_name(std::string_view& text, const Unit& unit) {
  for (const std::string_view name : unit.names) {
    if (text.substr(0, name.size()) == name) {
      text.remove_prefix(name.size());
      return true;
    }
  }
  return false;
}

bool take_sign(std::string_view& text, char sign) {
  if (text.empty() || text.front() != sign) {
    return false;
  }
  text = without_leading_space(text.substr(1));
  return true;
}

/// Adds the numbered units in `text`, which must stand from the largest to the smallest, each at
/// most once.
std::optional<std::int64_t> sum_of_units(std::string_view text) {
  static const std::array<Unit, 7> units = {{
      {{"years", "year", "yr", "y"}, 365 * day},
      {{"months", "month", "mo"}, 30 * day},
      {{"weeks", "week", "wk", "w"}, 7 * day},
      {{"days", "day", "d"}, day},
      {{"hours", "hour", "hr", "h"}, hour},
      {{"minutes", "minute", "min", "m"}, minute},
      {{"seconds", "second", "sec", "s"}, 1},
  }};
  std::int64_t sum = 0;
  const auto* unit = units.begin();
  text = without_leading_space(text);
  while (!text.empty()) {
    const auto number = take_integer(text);
    text = without_leading_space(text);
    while (unit != units.end() && !take_name(text, *unit)) {
      ++unit;
    }
    std::int64_t part = 0;
    if (!number || unit == units.end() || __builtin_mul_overflow(*number, unit->seconds, &part) ||
        __builtin_add_overflow(sum, part, &sum)) {
      return std::nullopt;
    }
    ++unit;
    text = without_leading_space(text);
  }
  return sum;
}

std::optional<std::int64_t> parse_distance(std::string_view text) {
  text = without_leading_space(text);
  const bool past = take_sign(text, '-');
  take_sign(text, '+');
  const auto sum = sum_of_units(text);
  if (!sum) {
    return std::nullopt;
  }
  return past ? -*sum : *sum;
}

/// Takes `digits` digits and then `end` (if any) from `text`.
std::optional<int> take_field(std::string_view& text, std::size_t digits, std::string_view end) {
  int number = 0;
  const std::string_view field = text.substr(0, digits);
  const bool numeric = field.find_first_not_of("0123456789") == std::string_view::npos;
  if (field.size() < digits || !numeric || text.substr(digits, end.size()) != end) {
    return std::nullopt;
  }
  std::from_chars(field.data(), field.data() + field.size(), number);
  text.remove_prefix(digits + end.size());
  return number;
}

/// ".974Z" or "Z": up to nine digits of which three count.
std::optional<milliseconds> parse_fraction(std::string_view text) {
  if (text == "Z") {
    return milliseconds(0);
  }
  if (text.size() < 3 || text.size() > 11 || text.front() != '.' || text.back() != 'Z') {
    return std::nullopt;
  }
  std::string digits(text.substr(1, text.size() - 2));
  const bool numeric = digits.find_first_not_of("0123456789") == std::string::npos;
  digits.resize(3, '0');
  return numeric ? std::optional(milliseconds(std::stoi(digits))) : std::nullopt;
}

std::optional<sys_time<milliseconds>> parse_time(std::string_view text) {
  const auto years = take_field(text, 4, "-");
  const auto months = take_field(text, 2, "-");
  const auto days = take_field(text, 2, "T");
  const auto hours = take_field(text, 2, ":");
  const auto minutes = take_field(text, 2, ":");
  const auto seconds = take_field(text, 2, "");
  const auto fraction = parse_fraction(text);
  if (!years || !months || !days || !hours || !minutes || !seconds || !fraction) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year(*years),
                                         std::chrono::month(static_cast<unsigned>(*months)),
                                         std::chrono::day(static_cast<unsigned>(*days))};
  if (!date.ok() || *hours > 23 || *minutes > 59 || *seconds > 59) {
    return std::nullopt;
  }
  return sys_days(date) + std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
         std::chrono::seconds(*seconds) + *fraction;
}

std::string time_text(sys_time<milliseconds> time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(days);
  const std::chrono::hh_mm_ss clock(time - days);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()),
                static_cast<int>(clock.subseconds().count()));
  return text.data();
}

}  // namespace

tl::expected<std::string, std::string> from_now(std::string_view distance, const Json* reference) {
  if (reference == nullptr) {
    return tl::unexpected<std::string>("there is no `now` in the context");
  }
  const auto offset = parse_distance(distance);
  if (!offset) {
    return tl::unexpected<std::string>("offset string: '" + std::string(distance.substr(0, 200)) +
                                       "' does not parse");
  }
  const auto start =
      reference->is_string() ? parse_time(reference->get_ref<const std::string&>()) : std::nullopt;
  if (!start) {
    return tl::unexpected<std::string>("the reference is no time such as 2017-01-19T16:27:20.974Z");
  }
  constexpr std::int64_t ten_thousand_years = 10'000 * 366 * day;
  const bool near = *offset < ten_thousand_years && *offset > -ten_thousand_years;
  const auto result = *start + std::chrono::seconds(near ? *offset : ten_thousand_years);
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(result));
  if (date.year() < std::chrono::year(1) || date.year() > std::chrono::year(9999)) {
    return tl::unexpected<std::string>("the time lies outside of the years 1 to 9999");
  }
  return time_text(result);
}

}  // namespace jsone
