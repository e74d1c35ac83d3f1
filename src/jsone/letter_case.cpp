// SPDX-License-Identifier: Apache-2.0
#include "jsone/letter_case.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "jsone/letter_case_table.hpp"
#include "jsone/text.hpp"

namespace jsone {

namespace {

constexpr char32_t capital_sigma = 0x3A3;
constexpr std::string_view final_sigma = "\u03C2";
constexpr std::string_view dotted_capital_i = "\u0130";

char32_t decode(std::string_view letter) {
  const auto lead = static_cast<unsigned char>(letter.front());
  if (letter.size() == 1) {
    return lead;
  }
  char32_t code = lead & (0xFFU >> (letter.size() + 1));
  for (const char byte : letter.substr(1)) {
    code = (code << 6U) | (static_cast<unsigned char>(byte) & 0x3FU);
  }
  return code;
}

std::string encode(char32_t code) {
  std::string text;
  const auto tail = [&text, code](unsigned shift) {
    text += static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
  };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | (code >> 6U));
    tail(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0U | (code >> 12U));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (code >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
  return text;
}

std::optional<char32_t> mapped(const std::vector<CaseRange>& ranges, char32_t code) {
  for (const CaseRange& range : ranges) {
    if (code >= range.first && code <= range.last && (code - range.first) % range.stride == 0) {
      return static_cast<char32_t>(static_cast<int>(code) + range.distance);
    }
  }
  return std::nullopt;
}

bool is_cased(std::string_view letter) {
  if (letter.size() == 1) {
    return starts_identifier(letter.front()) && letter != "_";
  }
  const char32_t code = decode(letter);
  return mapped(uppercase_ranges(), code) || mapped(lowercase_ranges(), code);
}

std::string upper_letter(std::string_view letter) {
  const auto& several = long_uppercase();
  const char32_t code = decode(letter);
  if (const auto found = several.find(code); found != several.end()) {
    return std::string(found->second);
  }
  const auto single = mapped(uppercase_ranges(), code);
  return single ? encode(*single) : std::string(letter);
}

std::string lower_letter(std::string_view letter) {
  if (letter == dotted_capital_i) {
    return "i\u0307";  // the one letter whose small form is two code points
  }
  const auto single = mapped(lowercase_ranges(), decode(letter));
  return single ? encode(*single) : std::string(letter);
}

bool ends_word(const std::vector<std::string_view>& letters, std::size_t at) {
  return at > 0 && is_cased(letters[at - 1]) &&
         (at + 1 == letters.size() || !is_cased(letters[at + 1]));
}

}  // namespace

std::string uppercase(std::string_view text) {
  std::string result;
  for (const std::string_view letter : each_code_point(text)) {
    const char first = letter.front();
    if (letter.size() == 1) {
      result += first >= 'a' && first <= 'z' ? static_cast<char>(first - 'a' + 'A') : first;
    } else {
      result += upper_letter(letter);
    }
  }
  return result;
}

std::string lowercase(std::string_view text) {
  const auto letters = each_code_point(text);
  std::string result;
  for (std::size_t at = 0; at < letters.size(); ++at) {
    const std::string_view letter = letters[at];
    const char first = letter.front();
    if (letter.size() == 1) {
      result += first >= 'A' && first <= 'Z' ? static_cast<char>(first - 'A' + 'a') : first;
    } else if (decode(letter) == capital_sigma && ends_word(letters, at)) {
      result += final_sigma;
    } else {
      result += lower_letter(letter);
    }
  }
  return result;
}

}  // namespace jsone
