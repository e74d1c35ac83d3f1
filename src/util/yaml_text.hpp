// SPDX-License-Identifier: Apache-2.0
// The characters of a YAML text: UTF-8 that is checked, line ends that are alike, and places as
// lines and columns.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "util/result.hpp"

namespace dpctl {

/// One character of UTF-8 and the bytes it takes.
struct Utf8Char {
  char32_t code = 0;
  std::size_t bytes = 1;
};

/// The character at `at`, or nothing where the bytes there are not UTF-8 (overlong forms and
/// surrogates are not).
std::optional<Utf8Char> decode_utf8(std::string_view text, std::size_t at);

/// True for what YAML lets stand in a text as it is; tab and line feed count as printable.
bool is_yaml_printable(char32_t code);

/// `text` without a byte order mark and with LF as its only line end. Fails with file:line:column
/// at NUL and other control characters and at bytes that are not UTF-8.
Result<std::string> normalised_yaml(std::string_view text, std::string_view file);

/// True where a document that begins at `begin` is parted from what was read up to `last` by a line
/// '---' or '...'. yaml-cpp ends a document where it no longer understands the text, and takes the
/// rest for another one.
bool is_parted(std::string_view text, std::size_t last, std::size_t begin);

/// True where a quoted scalar has no closing quote: yaml-cpp takes the end of the text for one.
/// `at` is where the scalar, or its anchor or tag, begins.
bool is_unended_quote(std::string_view text, std::size_t at);

/// Turns byte offsets into places. Offsets that come in rising order cost no more than one walk
/// over the text.
class PlaceFinder {
 public:
  /// `text` must outlive the finder.
  PlaceFinder(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  /// Columns count characters; an offset past the end is the end.
  SourcePos at(std::size_t offset);

 private:
  std::string_view text_;
  std::string file_;
  std::size_t offset_ = 0;
  int line_ = 1;
  int column_ = 1;
};

}  // namespace dpctl
