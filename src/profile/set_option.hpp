// SPDX-License-Identifier: Apache-2.0
// What stands behind --set: paths and values, as helm reads them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// One step of a path: a key, or a place in a list.
using PathStep = std::variant<std::string, std::size_t>;

/// "a.b[0]=x": where, and what.
struct Assignment {
  std::vector<PathStep> path;
  Json value;
};

enum class SetTypes {
  guessed,  // true, false, null and integers are what they look like
  strings,  // --set-string
};

/// Parses "a.b=1,c={x,y},d[0].e=z": commas part assignments, `\` takes the next character as it is,
/// {…} is a list. Fails with ExitCode::usage.
Result<std::vector<Assignment>> parse_set_option(std::string_view text, SetTypes types);

/// A scalar as --set takes it: true, false, null and integers without a leading zero are typed, all
/// else is a string.
Json typed_scalar(std::string_view text);

}  // namespace dpctl
