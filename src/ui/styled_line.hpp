// SPDX-License-Identifier: Apache-2.0
// A line of output as text with meaning ("good", "faint"); what that looks like is the line
// printer's affair.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dpctl {

enum class Style { plain, good, bad, attention, faint, strong };

struct Span {
  Style style = Style::plain;
  std::string text;
};

using StyledLine = std::vector<Span>;

/// The text alone.
std::string plain_text(const StyledLine& line);

/// Columns that `text` takes: code points, since nothing here prints wide characters.
std::size_t columns(std::string_view text);
std::size_t columns(const StyledLine& line);

/// The line cut to `width` columns, with "…" where something was cut.
StyledLine elided(StyledLine line, std::size_t width);

/// `text` without escape sequences, with every other control character as a space, so that what a
/// child wrote can neither move the cursor nor break a line.
std::string without_controls(std::string_view text);

/// One styled line per line of `text`, controls taken out.
std::vector<StyledLine> lines_in(Style style, std::string_view text);

}  // namespace dpctl
