// SPDX-License-Identifier: Apache-2.0
#include "ui/styled_line.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "util/text.hpp"

namespace dpctl {

std::string plain_text(const StyledLine& line) {
  std::string text;
  for (const auto& span : line) {
    text += span.text;
  }
  return text;
}

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::size_t columns(const StyledLine& line) {
  return std::accumulate(
      line.begin(), line.end(), std::size_t{0},
      [](std::size_t sum, const Span& span) { return sum + columns(span.text); });
}

StyledLine elided(StyledLine line, std::size_t width) {
  if (columns(line) <= width) {
    return line;
  }
  std::size_t left = width;
  for (auto span = line.begin(); span != line.end(); ++span) {
    const auto takes = columns(span->text);
    // A span that fits to the last column is cut too: something follows it, and that must show.
    if (takes >= left) {
      span->text = elided(takes == left ? span->text + " " : span->text, left);
      line.erase(span + 1, line.end());
      break;
    }
    left -= takes;
  }
  return line;
}

namespace {

/// The index behind the escape sequence that begins at `at`.
std::size_t after_escape(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) {
    return at + 1;
  }
  if (text[at + 1] == '[') {  // CSI: parameters up to a final byte @ … ~
    const auto* const end = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at) + 2,
                                         text.end(), [](char c) { return c >= '@' && c <= '~'; });
    return end == text.end() ? text.size() : static_cast<std::size_t>(end - text.begin()) + 1;
  }
  if (text[at + 1] == ']') {  // OSC: a string up to BEL or ESC
    const auto end = text.find_first_of("\a\x1b", at + 2);
    return end == std::string_view::npos ? text.size() : end + 1;
  }
  return at + 2;
}

}  // namespace

std::string without_controls(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c == 0x1B) {
      at = after_escape(text, at);
      continue;
    }
    clean += c < 0x20 || c == 0x7F ? ' ' : text[at];
    ++at;
  }
  return clean;
}

std::vector<StyledLine> lines_in(Style style, std::string_view text) {
  std::vector<StyledLine> lines;
  for (const auto line : lines_of(text)) {
    lines.push_back({{style, without_controls(line)}});
  }
  return lines;
}

}  // namespace dpctl
