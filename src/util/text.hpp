// SPDX-License-Identifier: Apache-2.0
// Small pure functions over strings.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dpctl {

std::vector<std::string> split(std::string_view text, char separator);
/// Lines without their ends; a last line break adds no empty line.
std::vector<std::string_view> lines_of(std::string_view text);
std::string join(std::span<const std::string> parts, std::string_view separator);
std::string_view trimmed(std::string_view text);
/// The last `count` lines of `text`.
std::string last_lines(std::string_view text, std::size_t count);
/// `word` as a POSIX shell reads it back; quoted only where it must be.
std::string shell_quoted(std::string_view word);
/// The candidate nearest to `word` by edit distance, or "" where none is near enough to be a slip
/// of the hand.
std::string nearest(std::string_view word, std::span<const std::string> candidates);
/// "; did you mean 'x'?" or "".
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);
/// "12.3 s", "4 min 05 s", "35 ms".
std::string duration_text(std::chrono::milliseconds duration);
/// "1.5 MB"; decimal units, as downloads are sized.
std::string size_text(unsigned long long bytes);
/// `text` cut to `width` columns with "…" where it is longer; counts code points.
std::string elided(std::string_view text, std::size_t width);
/// The time now as RFC 3339 in UTC, with seconds.
std::string utc_now();

}  // namespace dpctl
