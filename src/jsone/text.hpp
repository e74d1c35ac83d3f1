// SPDX-License-Identifier: Apache-2.0
// Strings as the language sees them: sequences of code points in UTF-8. A byte that is no valid
// UTF-8 counts as one.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jsone {

/// Whether `text` is a name: a letter or "_", then letters, digits and "_".
bool is_identifier(std::string_view text);
bool starts_identifier(char letter);
bool continues_identifier(char letter);
bool is_digit(char letter);

/// The bytes of the code point at `at`, which must lie inside of `text`.
std::size_t code_point_size(std::string_view text, std::size_t at);
std::size_t code_point_count(std::string_view text);
/// The code points from the one numbered `first` up to, without it, the one numbered `last`.
std::string_view code_points(std::string_view text, std::size_t first, std::size_t last);
std::vector<std::string_view> each_code_point(std::string_view text);

/// The bytes of the white space character at `at`, or 0 where none is.
std::size_t space_size(std::string_view text, std::size_t at);
std::string_view without_leading_space(std::string_view text);
std::string_view without_trailing_space(std::string_view text);

}  // namespace jsone
