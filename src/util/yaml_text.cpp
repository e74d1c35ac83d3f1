// SPDX-License-Identifier: Apache-2.0
#include "util/yaml_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace dpctl {
namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::size_t utf8_length(unsigned char first) {
  if (first < 0x80) {
    return 1;
  }
  if (first >= 0xC2 && first <= 0xDF) {
    return 2;
  }
  if (first >= 0xE0 && first <= 0xEF) {
    return 3;
  }
  return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

bool is_scalar_value(char32_t code, std::size_t bytes) {
  const bool overlong = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return !overlong && !surrogate && code <= 0x10FFFF;
}

Error bad_character(std::string_view text, std::size_t at, std::string_view file,
                    std::string message, std::string hint) {
  Error error = make_error(ExitCode::invalid_input, std::move(message), std::move(hint));
  error.where = PlaceFinder(text, file).at(at);
  return error;
}

}  // namespace

std::optional<Utf8Char> decode_utf8(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t bytes = utf8_length(first);
  if (bytes == 0 || at + bytes > text.size()) {
    return std::nullopt;
  }
  char32_t code = bytes == 1 ? first : first & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if (!is_continuation(text[at + i])) {
      return std::nullopt;
    }
    code = (code << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  }
  if (!is_scalar_value(code, bytes)) {
    return std::nullopt;
  }
  return Utf8Char{code, bytes};
}

bool is_yaml_printable(char32_t code) {
  if (code < 0x20) {
    return code == '\t' || code == '\n';
  }
  return code < 0x7F || code == 0x85 || (code >= 0xA0 && code != 0xFFFE && code != 0xFFFF);
}

Result<std::string> normalised_yaml(std::string_view text, std::string_view file) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::optional<Utf8Char> one = decode_utf8(text, at);
    if (!one) {
      return fail(bad_character(text, at, file, "this is not UTF-8", "save the file as UTF-8"));
    }
    if (one->code == '\r') {
      out += '\n';
      at += at + 1 < text.size() && text[at + 1] == '\n' ? 2 : 1;
      continue;
    }
    // yaml-cpp takes U+0004 for the end of its input and would drop the rest without a word.
    if (!is_yaml_printable(one->code)) {
      return fail(bad_character(text, at, file,
                                fmt::format("the control character U+{:04X} cannot stand in YAML",
                                            static_cast<unsigned>(one->code)),
                                "write it as an escape in a double-quoted string"));
    }
    out.append(text.substr(at, one->bytes));
    at += one->bytes;
  }
  return out;
}

/// yaml-cpp ends a document where it no longer understands the text, and takes the rest for another
/// one.
bool is_parted(std::string_view text, std::size_t last, std::size_t begin) {
  return text.substr(begin, 3) == "---" ||
         text.substr(last, begin - last).find("\n...") != std::string_view::npos;
}

bool is_unended_quote(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
    at = std::min(text.find_first_not_of(" \t\n", text.find_first_of(" \t\n", at)), text.size());
  }
  if (at >= text.size() || (text[at] != '"' && text[at] != '\'')) {
    return false;
  }
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote && quote == '\'' && text.substr(i + 1, 1) == "'") {
      ++i;
    } else if (text[i] == quote) {
      return false;
    }
  }
  return true;
}

SourcePos PlaceFinder::at(std::size_t offset) {
  offset = std::min(offset, text_.size());
  if (offset < offset_) {
    offset_ = 0;
    line_ = 1;
    column_ = 1;
  }
  for (; offset_ < offset; ++offset_) {
    if (text_[offset_] == '\n') {
      ++line_;
      column_ = 1;
    } else if (!is_continuation(text_[offset_])) {
      ++column_;
    }
  }
  return SourcePos{file_, line_, column_};
}

}  // namespace dpctl
