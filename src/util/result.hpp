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
// expression (gcc and clang) because nothing in C++20 can do this as an expression.
#define TRY(...)                                                            \
  __extension__({                                                           \
    auto try_result_ = ::dpctl::detail::as_result(__VA_ARGS__);             \
    if (!try_result_) return ::dpctl::fail(std::move(try_result_).error()); \
    ::dpctl::detail::take(std::move(try_result_));                          \
  })

}  // namespace dpctl
