// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>

#include "util/yaml_reader.hpp"
#include "util/yaml_scalar.hpp"

namespace dpctl {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

bool is_boolean_of_1_1_only(std::string_view text) {
  constexpr std::array words = {"y", "n", "yes", "no", "on", "off"};
  return text.size() <= 3 && std::find(words.begin(), words.end(), lower(text)) != words.end();
}

/// YAML 1.1's float: it has a dot, may have underscores, and its exponent has a sign.
bool is_float_of_1_1(std::string_view text) {
  Reader reader(text);
  reader.take_any("+-");
  std::size_t digits = is_digit(reader.peek()) ? reader.take_while(is_digit_or_underscore) : 0;
  if (!reader.take('.')) {
    return false;
  }
  digits += reader.take_while(is_digit_or_underscore);
  if (digits == 0) {
    return false;
  }
  if (reader.take_any("eE")) {
    return reader.take_any("+-") && reader.take_while(is_digit) > 0 && reader.at_end();
  }
  return reader.at_end();
}

bool has_leading_zero(std::string_view text) {
  Reader reader(text);
  reader.take_any("+-");
  return reader.take('0') && reader.take_while(is_digit_or_underscore) > 0 && reader.at_end();
}

bool is_decimal_of_1_1(std::string_view text) {
  Reader reader(text);
  reader.take_any("+-");
  return is_digit(reader.peek()) && reader.take_while(is_digit_or_underscore) > 0 &&
         reader.at_end();
}

bool is_sexagesimal(std::string_view text) {
  Reader reader(text);
  reader.take_any("+-");
  if (!is_digit(reader.peek())) {
    return false;
  }
  reader.take_while(is_digit_or_underscore);
  std::size_t groups = 0;
  for (; reader.take(':'); ++groups) {
    const bool can_be_two = reader.peek() <= '5';
    const std::size_t digits = reader.take_while(is_digit, 2);
    if (digits == 0 || (digits == 2 && !can_be_two)) {
      return false;
    }
  }
  if (reader.take('.')) {
    reader.take_while(is_digit_or_underscore);
  }
  return groups > 0 && reader.at_end();
}

bool take_digits(Reader& reader, std::size_t least, std::size_t most) {
  const std::size_t count = reader.take_while(is_digit, most);
  return count >= least;
}

bool is_date(std::string_view text) {
  Reader reader(text);
  if (!take_digits(reader, 4, 4) || !reader.take('-') || !take_digits(reader, 1, 2) ||
      !reader.take('-') || !take_digits(reader, 1, 2)) {
    return false;
  }
  if (reader.at_end()) {
    return true;
  }
  // What follows is a time; a string that goes on in any other way is a string to everybody.
  return reader.take_any("Tt \t") &&
         reader.take_while([](char c) { return c == ' ' || c == '\t'; }) < 80 &&
         take_digits(reader, 1, 2) && reader.take(':') && take_digits(reader, 2, 2) &&
         reader.take(':');
}

std::string number_disagreement(std::string_view text) {
  if (is_prefixed_number(text, 'o')) {
    return "an octal number to YAML 1.2, a string to YAML 1.1";
  }
  if (is_prefixed_number(text, 'b')) {
    return "a binary number to YAML 1.1, a string to YAML 1.2";
  }
  if (is_prefixed_number(text, 'x') &&
      (!is_digit(text.front()) || text.find('_') != std::string_view::npos)) {
    return "a hexadecimal number to YAML 1.1, a string to YAML 1.2";
  }
  if (has_leading_zero(text)) {
    return "an octal number to YAML 1.1, a decimal one or a string to YAML 1.2";
  }
  const bool number_of_1_1 = is_float_of_1_1(text) || is_decimal_of_1_1(text);
  if (number_of_1_1 && text.find('_') != std::string_view::npos) {
    return "a number to YAML 1.1, a string to YAML 1.2";
  }
  if (!number_of_1_1 && is_core_float(text)) {
    return "a number to YAML 1.2, a string to YAML 1.1";
  }
  return is_sexagesimal(text) ? "a number to base 60 to YAML 1.1, a string to YAML 1.2" : "";
}

}  // namespace

std::string yaml_disagreement(std::string_view plain) {
  if (is_boolean_of_1_1_only(plain)) {
    return "a boolean to YAML 1.1, a string to YAML 1.2";
  }
  if (plain == "=") {
    return "a special key to YAML 1.1, a string to YAML 1.2";
  }
  const bool may_be_number = !plain.empty() && (is_digit(plain.front()) || plain.front() == '+' ||
                                                plain.front() == '-' || plain.front() == '.');
  if (!may_be_number) {
    return "";
  }
  if (is_date(plain)) {
    return "a date to YAML 1.1, a string to YAML 1.2";
  }
  return number_disagreement(plain);
}

}  // namespace dpctl
