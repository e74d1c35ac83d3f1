// SPDX-License-Identifier: Apache-2.0
#include "ui/reporter_factory.hpp"

#include <unistd.h>

#include <chrono>
#include <ctime>
#include <memory>
#include <optional>
#include <string_view>

#include "plan/reporter.hpp"
#include "ui/json_reporter.hpp"
#include "ui/line_printer.hpp"
#include "ui/plain_reporter.hpp"
#include "ui/terminal_reporter.hpp"
#include "util/files.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

/// The two printers, as a base so that they live longer than the reporter that refers to them.
struct Printers {
  LinePrinter progress{fd_sink(STDERR_FILENO), [] { return terminal_traits(STDERR_FILENO); }};
  LinePrinter data{fd_sink(STDOUT_FILENO), [] { return terminal_traits(STDOUT_FILENO); }};
};

struct OwningTerminal : Printers, TerminalReporter {
  OwningTerminal() : TerminalReporter(progress, data, std::chrono::steady_clock::now) {}
};

struct OwningPlain : Printers, PlainReporter {
  OwningPlain()
      : PlainReporter(progress, data,
                      {std::chrono::steady_clock::now, [] { return std::time(nullptr); }},
                      ci_log_of(environment)) {}
};

}  // namespace

std::optional<Output> parse_output(std::string_view word) {
  if (word == "auto") {
    return Output::automatic;
  }
  if (word == "terminal") {
    return Output::terminal;
  }
  if (word == "plain") {
    return Output::plain;
  }
  if (word == "json") {
    return Output::json;
  }
  return std::nullopt;
}

std::unique_ptr<Reporter> make_reporter(Output output) {
  if (output == Output::automatic) {
    output = terminal_traits(STDERR_FILENO).live ? Output::terminal : Output::plain;
  }
  switch (output) {
    case Output::json:
      return std::make_unique<JsonReporter>(fd_sink(STDOUT_FILENO), utc_now);
    case Output::terminal:
      return std::make_unique<OwningTerminal>();
    default:
      return std::make_unique<OwningPlain>();
  }
}

}  // namespace dpctl
