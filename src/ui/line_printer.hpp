// SPDX-License-Identifier: Apache-2.0
// Lines on a terminal: some stay and scroll, below them a block of live ones is redrawn in place.
// The only file of dpctl that knows what a terminal is.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/styled_line.hpp"

namespace dpctl {

/// What the place where lines go to can do.
struct TerminalTraits {
  bool live = false;  // lines can be redrawn
  bool colour = false;
  std::size_t width = 80;
  std::size_t height = 24;
};

/// What is known of a file descriptor before the environment has its say; sizes are 0 if unknown.
struct TerminalFacts {
  bool terminal = false;
  std::size_t width = 0;
  std::size_t height = 0;
};

using EnvironmentLookup = std::function<std::optional<std::string>(const char* name)>;

/// Applies NO_COLOR, CLICOLOR_FORCE, TERM, COLUMNS and LINES to the facts. Pure.
TerminalTraits decide_traits(const TerminalFacts& facts, const EnvironmentLookup& environment);

/// The traits of a file descriptor as it is now: a window may have been resized since the last
/// call.
TerminalTraits terminal_traits(int fd);

/// Where bytes go to. One call is one write, so that nothing comes in between.
using Sink = std::function<void(std::string_view bytes)>;

/// Writes to a file descriptor; what cannot be written (a closed pipe) is dropped.
Sink fd_sink(int fd);

/// Not thread-safe: one thread reports. The cursor is hidden only within a single write, so that a
/// killed dpctl never leaves a terminal without one.
class LinePrinter {
 public:
  LinePrinter(Sink sink, std::function<TerminalTraits()> traits);
  /// Takes the live lines away.
  ~LinePrinter();
  LinePrinter(const LinePrinter&) = delete;
  LinePrinter& operator=(const LinePrinter&) = delete;

  /// A printer on a file descriptor.
  static LinePrinter on(int fd);

  /// Prints `lines` to stay, in full, and replaces the live block by `live`, each line of it cut to
  /// the width. Where nothing can be redrawn, `live` is dropped.
  void show(const std::vector<StyledLine>& lines, const std::vector<StyledLine>& live = {});

  TerminalTraits traits() const { return traits_(); }

 private:
  std::string painted(const StyledLine& line, bool colour) const;
  std::size_t live_rows(std::size_t width) const;

  Sink sink_;
  std::function<TerminalTraits()> traits_;
  std::vector<StyledLine> live_;  // as they stand on the screen
};

}  // namespace dpctl
