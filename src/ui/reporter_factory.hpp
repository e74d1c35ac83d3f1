// SPDX-License-Identifier: Apache-2.0
// Picks the reporter that fits where the output goes to.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "plan/reporter.hpp"

namespace dpctl {

enum class Output {
  automatic,  // terminal where stderr is one, else plain
  terminal,
  plain,
  json,
};

/// "auto", "terminal", "plain" or "json", as `-o` takes them; nothing for any other word.
std::optional<Output> parse_output(std::string_view word);

/// A reporter on stderr (progress) and stdout (data: what plan and status found, or JSON lines).
std::unique_ptr<Reporter> make_reporter(Output output);

}  // namespace dpctl
