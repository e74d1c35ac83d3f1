// SPDX-License-Identifier: Apache-2.0
// A window as small as tests need it: reads what a LinePrinter writes and tells which rows stand
// there.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ui/line_printer.hpp"

namespace dpctl::test {

struct Screen {
  explicit Screen(TerminalTraits with) : traits(with) {}

  TerminalTraits traits;
  std::string bytes;
  LinePrinter printer{[this](std::string_view more) { bytes += more; }, [this] { return traits; }};

  /// The rows as a person sees them; colours are passed over, long lines do not wrap.
  std::vector<std::string> rows() const {
    std::vector<std::string> rows(1);
    std::size_t row = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      if (bytes[at] == '\n') {
        rows.resize(std::max(rows.size(), ++row + 1));
        text_begins_ = true;
      } else if (bytes[at] == '\x1b') {
        at = escape(at, rows, row);
      } else if (bytes[at] != '\r') {
        rows[row] = text_begins_ ? std::string(1, bytes[at]) : rows[row] + bytes[at];
        text_begins_ = false;
      } else {
        text_begins_ = true;
      }
    }
    rows.pop_back();
    text_begins_ = true;
    return rows;
  }

 private:
  std::size_t escape(std::size_t at, std::vector<std::string>& rows, std::size_t& row) const {
    const auto end = bytes.find_first_of("AKJhlm", at);
    if (bytes[end] == 'A') {
      row -= std::stoul(bytes.substr(at + 2));
    } else if (bytes[end] == 'J') {
      rows.resize(row + 1);
      rows[row].clear();
    }
    return end;
  }

  mutable bool text_begins_ = true;
};

}  // namespace dpctl::test
