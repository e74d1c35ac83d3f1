// SPDX-License-Identifier: Apache-2.0
#include "util/yaml_scalar.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <system_error>

#include "util/yaml_reader.hpp"
#include "util/yaml_text.hpp"

namespace dpctl {
namespace {

bool is_infinity(std::string_view text) {
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    text.remove_prefix(1);
  }
  return text == ".inf" || text == ".Inf" || text == ".INF";
}

bool is_not_a_number(std::string_view text) {
  return text == ".nan" || text == ".NaN" || text == ".NAN";
}

template <class Number>
std::optional<Number> parsed(std::string_view digits, int base) {
  Number number{};
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  return error == std::errc() ? std::optional(number) : std::nullopt;
}

Json integer(std::string_view digits, int base) {
  if (const auto number = parsed<std::int64_t>(digits, base)) {
    return *number;
  }
  if (const auto number = parsed<std::uint64_t>(digits, base)) {
    return *number;
  }
  return Json(Json::value_t::discarded);
}

Json real(std::string_view digits) {
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  // from_chars reports an underflow as it does an overflow; neither can be told back as it was
  // written.
  return error == std::errc() && std::isfinite(number) ? Json(number)
                                                       : Json(Json::value_t::discarded);
}

// What go-yaml 2 makes of a scalar that the two versions of YAML read differently.
Json go_yaml_value(std::string_view text) {
  if (text == "yes" || text == "Yes" || text == "YES" || text == "on" || text == "On" ||
      text == "ON") {
    return true;
  }
  if (text == "no" || text == "No" || text == "NO" || text == "off" || text == "Off" ||
      text == "OFF") {
    return false;
  }
  const bool octal = text.size() > 1 && text.front() == '0' &&
                     text.find_first_not_of("01234567") == std::string_view::npos;
  if (octal) {
    return integer(text, 8);
  }
  return std::string(text);
}

ScalarReading read_plain(std::string_view text, YamlDialect dialect) {
  const std::string shown = shortened_scalar(text);
  if (dialect == YamlDialect::kubernetes && !yaml_disagreement(text).empty()) {
    return {go_yaml_value(text), "", ""};
  }
  if (const std::string reason = yaml_disagreement(text); !reason.empty()) {
    return {
        nullptr, fmt::format("{} without quotes is {}", shown, reason),
        fmt::format("write \"{}\" if a string is meant, else a form that both read alike", shown)};
  }
  Json value = core_schema_value(text);
  if (value.is_discarded()) {
    return {nullptr, fmt::format("the number {} cannot be held", shown),
            "quote it if a string is meant"};
  }
  return {std::move(value), "", ""};
}

bool fits_tag(const Json& value, std::string_view tag) {
  return (tag == "int" && value.is_number_integer()) || (tag == "float" && value.is_number()) ||
         (tag == "bool" && value.is_boolean()) || (tag == "null" && value.is_null());
}

}  // namespace

bool is_core_decimal(std::string_view text) {
  Reader reader(text);
  reader.take_any("+-");
  return reader.take_while(is_digit) > 0 && reader.at_end();
}

bool is_core_float(std::string_view text) {
  Reader reader(text);
  reader.take_any("+-");
  std::size_t digits = reader.take_while(is_digit);
  if (reader.take('.')) {
    digits += reader.take_while(is_digit);
  }
  if (digits == 0) {
    return false;
  }
  if (reader.take_any("eE")) {
    reader.take_any("+-");
    return reader.take_while(is_digit) > 0 && reader.at_end();
  }
  return reader.at_end();
}

bool is_prefixed_number(std::string_view text, char kind) {
  Reader reader(text);
  reader.take_any("+-");
  const auto digit = [kind](char c) {
    return c == '_' || (kind == 'b'   ? c == '0' || c == '1'
                        : kind == 'o' ? c >= '0' && c <= '7'
                                      : is_hex(c));
  };
  return reader.take('0') && reader.take(kind) && reader.take_while(digit) > 0 && reader.at_end();
}

Json core_schema_value(std::string_view plain) {
  if (plain.empty() || plain == "~" || plain == "null" || plain == "Null" || plain == "NULL") {
    return nullptr;
  }
  if (plain == "true" || plain == "True" || plain == "TRUE") {
    return true;
  }
  if (plain == "false" || plain == "False" || plain == "FALSE") {
    return false;
  }
  const std::string_view unsigned_part = plain.front() == '+' ? plain.substr(1) : plain;
  if (is_core_decimal(plain)) {
    return integer(unsigned_part, 10);
  }
  const bool has_underscore = plain.find('_') != std::string_view::npos;
  if (is_digit(plain.front()) && is_prefixed_number(plain, 'o') && !has_underscore) {
    return integer(plain.substr(2), 8);
  }
  if (is_digit(plain.front()) && is_prefixed_number(plain, 'x') && !has_underscore) {
    return integer(plain.substr(2), 16);
  }
  if (is_core_float(plain)) {
    return real(unsigned_part);
  }
  if (is_infinity(plain) || is_not_a_number(plain)) {
    return Json(Json::value_t::discarded);
  }
  return plain;
}

ScalarReading read_scalar(std::string_view tag, std::string_view text, YamlDialect dialect) {
  constexpr std::string_view core_prefix = "tag:yaml.org,2002:";
  if (tag == "?") {
    return read_plain(text, dialect);
  }
  const std::string_view name = tag.starts_with(core_prefix) ? tag.substr(core_prefix.size()) : tag;
  if (tag == "!" || (name == "str" && name != tag)) {
    return {text, "", ""};
  }
  Json value = core_schema_value(text);
  if (name == tag || !fits_tag(value, name)) {
    return {nullptr,
            fmt::format("the tag '{}' cannot be given to '{}'", tag, shortened_scalar(text)),
            "str, int, float, bool, null, seq and map are the tags that are known"};
  }
  return {std::move(value), "", ""};
}

std::string shortened_scalar(std::string_view text) {
  constexpr std::size_t most = 60;
  if (text.size() <= most) {
    return std::string(text);
  }
  std::size_t end = most;
  while (end > 0 && !decode_utf8(text, end)) {
    --end;
  }
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace dpctl
