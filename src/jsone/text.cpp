// SPDX-License-Identifier: Apache-2.0
#include "jsone/text.hpp"

#include <algorithm>
#include <array>

namespace jsone {

namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::size_t announced_size(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte >= 0xC2U && byte <= 0xDFU) {
    return 2;
  }
  if (byte >= 0xE0U && byte <= 0xEFU) {
    return 3;
  }
  return byte >= 0xF0U && byte <= 0xF4U ? 4 : 1;
}

std::size_t byte_of_code_point(std::string_view text, std::size_t number) {
  std::size_t at = 0;
  while (number > 0 && at < text.size()) {
    at += code_point_size(text, at);
    --number;
  }
  return at;
}

}  // namespace

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool starts_identifier(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}

bool continues_identifier(char letter) { return starts_identifier(letter) || is_digit(letter); }

bool is_identifier(std::string_view text) {
  return !text.empty() && starts_identifier(text.front()) &&
         std::all_of(text.begin(), text.end(), continues_identifier);
}

std::size_t code_point_size(std::string_view text, std::size_t at) {
  const std::size_t size = announced_size(text[at]);
  if (size > text.size() - at) {
    return 1;
  }
  const std::string_view rest = text.substr(at + 1, size - 1);
  return std::all_of(rest.begin(), rest.end(), is_continuation) ? size : 1;
}

std::size_t code_point_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += code_point_size(text, at)) {
    ++count;
  }
  return count;
}

std::string_view code_points(std::string_view text, std::size_t first, std::size_t last) {
  const std::size_t begin = byte_of_code_point(text, first);
  const std::string_view rest = text.substr(begin);
  return rest.substr(0, byte_of_code_point(rest, last - first));
}

std::vector<std::string_view> each_code_point(std::string_view text) {
  std::vector<std::string_view> all;
  for (std::size_t at = 0; at < text.size(); at += all.back().size()) {
    all.push_back(text.substr(at, code_point_size(text, at)));
  }
  return all;
}

std::size_t space_size(std::string_view text, std::size_t at) {
  // U+00A0, U+1680, U+2000 to U+200A, U+2028, U+2029, U+202F, U+205F, U+3000: white space to every
  // implementation.
  static constexpr std::array<std::string_view, 18> wide = {
      "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
      "\u2007", "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};
  const char letter = text[at];
  if (letter == ' ' || (letter >= '\t' && letter <= '\r')) {
    return 1;
  }
  const std::string_view here = text.substr(at, code_point_size(text, at));
  const bool found = here.size() > 1 && std::find(wide.begin(), wide.end(), here) != wide.end();
  return found ? here.size() : 0;
}

std::string_view without_leading_space(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t size = space_size(text, at);
    if (size == 0) {
      break;
    }
    at += size;
  }
  return text.substr(at);
}

std::string_view without_trailing_space(std::string_view text) {
  while (!text.empty()) {
    std::size_t at = text.size() - 1;
    while (at > 0 && text.size() - at < 4 && is_continuation(text[at])) {
      --at;
    }
    const std::size_t size = space_size(text, at);
    if (size == 0 || at + size != text.size()) {
      break;
    }
    text = text.substr(0, at);
  }
  return text;
}

}  // namespace jsone
