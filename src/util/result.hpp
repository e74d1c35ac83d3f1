// SPDX-License-Identifier: Apache-2.0
// The one channel for failure: a value or an Error. Exceptions of libraries end in the file that
// wraps the library.
#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "util/error.hpp"

namespace dpctl {

/// tl::expected<T, Error> that may not be dropped: tl's own class is not [[nodiscard]].
template <class T = void>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using Base = tl::expected<T, Error>;
  using Base::Base;
  Result() = default;
  Result(Base base)
      : Base(std::move(base)) {
  }  // NOLINT(google-explicit-constructor): map_error gives the base back
};

/// What a function returns to report `error`.
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

inline tl::unexpected<Error> fail(ExitCode code, std::string message, std::string hint = {}) {
  return fail(make_error(code, std::move(message), std::move(hint)));
}

namespace detail {
template <class T>
T take(Result<T>&& result) {
  return std::move(*result);
}
inline void take(Result<void>&&) {}
template <class T>
Result<T> as_result(tl::expected<T, Error> value) {
  return Result<T>(std::move(value));
}
}  // namespace detail

// `auto value = TRY(expression);` returns the error to the caller, or gives the value. A statement
// expression (gcc and clang) because nothing in C++20 can do this as an expression; the counter
// lets one TRY stand inside another.
#define TRY(...) TRY_COUNTED(__COUNTER__, __VA_ARGS__)
#define TRY_COUNTED(number, ...) TRY_NAMED(number, __VA_ARGS__)
#define TRY_NAMED(number, ...) TRY_AS(try_result_##number, __VA_ARGS__)
#define TRY_AS(result, ...)                                       \
  __extension__({                                                 \
    auto result = ::dpctl::detail::as_result(__VA_ARGS__);        \
    if (!result) return ::dpctl::fail(std::move(result).error()); \
    ::dpctl::detail::take(std::move(result));                     \
  })

}  // namespace dpctl
