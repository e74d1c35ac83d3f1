// SPDX-License-Identifier: Apache-2.0
#include "ui/line_printer.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "ui/styled_line.hpp"
#include "util/files.hpp"

namespace dpctl {

namespace {

std::size_t size_or(std::size_t known, const std::optional<std::string>& told,
                    std::size_t otherwise) {
  if (known > 0) {
    return known;
  }
  std::size_t value = 0;
  if (told) {
    const auto* const end = told->data() + told->size();
    const auto [at, error] = std::from_chars(told->data(), end, value);
    if (error != std::errc() || at != end) {
      value = 0;
    }
  }
  return value > 0 ? value : otherwise;
}

std::string_view escape_of(Style style) {
  switch (style) {
    case Style::good:
      return "\x1b[32m";
    case Style::bad:
      return "\x1b[1;31m";
    case Style::attention:
      return "\x1b[33m";
    case Style::faint:
      return "\x1b[2m";
    case Style::strong:
      return "\x1b[1m";
    case Style::plain:
      break;
  }
  return "";
}

constexpr std::string_view hide_cursor = "\x1b[?25l";
constexpr std::string_view show_cursor = "\x1b[?25h";
constexpr std::string_view clear_rest_of_line = "\x1b[K";
constexpr std::string_view clear_below = "\x1b[J";

std::string up(std::size_t rows) { return rows == 0 ? "" : "\x1b[" + std::to_string(rows) + "A"; }

}  // namespace

TerminalTraits decide_traits(const TerminalFacts& facts, const EnvironmentLookup& environment) {
  const auto term = environment("TERM");
  const auto force = environment("CLICOLOR_FORCE");
  TerminalTraits traits;
  traits.live = facts.terminal && term && *term != "dumb";
  traits.colour = (traits.live || (force && *force != "0")) && !environment("NO_COLOR");
  traits.width = size_or(facts.width, environment("COLUMNS"), traits.width);
  traits.height = size_or(facts.height, environment("LINES"), traits.height);
  return traits;
}

TerminalTraits terminal_traits(int fd) {
  TerminalFacts facts{.terminal = isatty(fd) == 1};
  winsize size{};
  // NOLINTNEXTLINE(misc-include-cleaner): sys/ioctl.h is where it is documented to be
  if (facts.terminal && ioctl(fd, TIOCGWINSZ, &size) == 0) {
    facts.width = size.ws_col;
    facts.height = size.ws_row;
  }
  return decide_traits(facts, environment);
}

Sink fd_sink(int fd) {
  return [fd](std::string_view bytes) {
    while (!bytes.empty()) {
      const auto written = write(fd, bytes.data(), bytes.size());
      if (written > 0) {
        bytes.remove_prefix(static_cast<std::size_t>(written));
      } else if (errno == EAGAIN) {
        // Somebody made the terminal non-blocking (it is shared by all who hold it).
        pollfd ready{.fd = fd, .events = POLLOUT, .revents = 0};
        poll(&ready, 1, -1);
      } else if (errno != EINTR) {
        return;
      }
    }
  };
}

LinePrinter::LinePrinter(Sink sink, std::function<TerminalTraits()> traits)
    : sink_(std::move(sink)), traits_(std::move(traits)) {}

LinePrinter::~LinePrinter() { show({}); }

LinePrinter LinePrinter::on(int fd) {
  return {fd_sink(fd), [fd] { return terminal_traits(fd); }};
}

std::string LinePrinter::painted(const StyledLine& line, bool colour) const {
  std::string text;
  for (const auto& span : line) {
    const auto escape = colour ? escape_of(span.style) : std::string_view();
    text.append(escape).append(span.text).append(escape.empty() ? "" : "\x1b[0m");
  }
  return text;
}

std::size_t LinePrinter::live_rows(std::size_t width) const {
  // A window that became narrower since has wrapped what was drawn for the wider one.
  std::size_t rows = 0;
  for (const auto& line : live_) {
    rows += std::max<std::size_t>(1, (columns(line) + width - 1) / width);
  }
  return rows;
}

void LinePrinter::show(const std::vector<StyledLine>& lines, const std::vector<StyledLine>& live) {
  const auto traits = traits_();
  std::string frame;
  const bool nothing_live = live.empty() && live_.empty();
  if (!traits.live || nothing_live) {
    for (const auto& line : lines) {
      frame += painted(line, traits.colour) + "\n";
    }
    if (!frame.empty()) {
      sink_(frame);
    }
    return;
  }
  frame.append(hide_cursor).append(up(live_rows(traits.width))).append("\r");
  if (!lines.empty()) {
    frame += clear_below;
  }
  for (const auto& line : lines) {
    frame += painted(line, traits.colour) + "\n";
  }
  live_.clear();
  for (const auto& line : live) {
    // One column less than there is: a terminal wraps late, and differently, at the last one.
    live_.push_back(elided(line, traits.width - 1));
    frame.append(painted(live_.back(), traits.colour)).append(clear_rest_of_line).append("\n");
  }
  frame.append(clear_below).append(show_cursor);
  sink_(frame);
}

}  // namespace dpctl
