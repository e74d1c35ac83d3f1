// SPDX-License-Identifier: Apache-2.0
// How failure travels inside the engine: an Error behind a pointer, so that success stays small and
// fast.
#pragma once

#include <memory>
#include <tl/expected.hpp>
#include <utility>

#include "jsone/jsone.hpp"

namespace jsone {

using Json = nlohmann::json;
using Fault = std::unique_ptr<Error>;

template <class T = void>
using Outcome = tl::expected<T, Fault>;

inline tl::unexpected<Fault> failed(Fault fault) { return tl::unexpected<Fault>(std::move(fault)); }

/// A fault of the template around the expressions: an operator used against its rules.
tl::unexpected<Fault> template_fault(std::string message);

/// A fault at byte `offset` of an expression.
tl::unexpected<Fault> expression_fault(ErrorKind kind, std::string message, std::size_t offset);

/// Says on the way up that the fault lies below the entry `key` (as the template has it), which
/// reads `rendered_key`.
Fault below_key(Fault fault, std::string_view key, std::string_view rendered_key);
/// Says on the way up that the fault lies below the operator's property `key`, which the language's
/// location leaves out.
Fault below_operand(Fault fault, std::string_view key);
/// Says on the way up that the fault lies below the item `index` of a list.
Fault below_index(Fault fault, std::size_t index);

template <class T>
T take(Outcome<T>&& outcome) {
  return std::move(*outcome);
}
inline void take(Outcome<void>&&) {}

// `auto value = JSONE_TRY(expression);` hands the fault to the caller, or gives the value. A
// statement expression (gcc and clang) because nothing in C++20 can do this as an expression.
#define JSONE_TRY(...)                                                              \
  __extension__({                                                                   \
    auto jsone_outcome_ = (__VA_ARGS__);                                            \
    if (!jsone_outcome_) return ::jsone::failed(std::move(jsone_outcome_).error()); \
    ::jsone::take(std::move(jsone_outcome_));                                       \
  })

}  // namespace jsone
