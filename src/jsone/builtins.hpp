// SPDX-License-Identifier: Apache-2.0
// The functions that every expression can call.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "jsone/scope.hpp"
#include "jsone/value.hpp"

namespace jsone {

/// What a builtin is called with.
struct Call {
  std::string_view name;
  std::span<const Value> arguments;
  const Scope& scope;
  Budget& budget;

  /// Argument `at`, which must be there.
  const Json& operator[](std::size_t at) const { return *arguments[at]; }
  /// The same as a string, which it must be.
  const std::string& text(std::size_t at) const;
};

using Builtin = Outcome<Json> (*)(const Call& call);

/// All builtins by name, as the values that stand for them: the lowest layer of every scope.
const Json& builtin_names();
std::size_t builtin_count();

/// Calls the builtin with that number (see function_number), which must be less than
/// builtin_count().
Outcome<Json> call_builtin(std::size_t number, std::span<const Value> arguments, const Scope& scope,
                           Budget& budget);

/// The fault of arguments that the builtin does not take; `detail` may say more.
tl::unexpected<Fault> invalid_arguments(const Call& call, std::string_view detail = {});

// Numbers
Outcome<Json> builtin_min(const Call& call);
Outcome<Json> builtin_max(const Call& call);
Outcome<Json> builtin_sqrt(const Call& call);
Outcome<Json> builtin_ceil(const Call& call);
Outcome<Json> builtin_floor(const Call& call);
Outcome<Json> builtin_abs(const Call& call);
Outcome<Json> builtin_range(const Call& call);
Outcome<Json> builtin_number(const Call& call);
// Strings
Outcome<Json> builtin_lowercase(const Call& call);
Outcome<Json> builtin_uppercase(const Call& call);
Outcome<Json> builtin_strip(const Call& call);
Outcome<Json> builtin_lstrip(const Call& call);
Outcome<Json> builtin_rstrip(const Call& call);
Outcome<Json> builtin_join(const Call& call);
Outcome<Json> builtin_split(const Call& call);
// Values of any type
Outcome<Json> builtin_str(const Call& call);
Outcome<Json> builtin_len(const Call& call);
Outcome<Json> builtin_typeof(const Call& call);
Outcome<Json> builtin_defined(const Call& call);
Outcome<Json> builtin_from_now(const Call& call);

}  // namespace jsone
