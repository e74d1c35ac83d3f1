// SPDX-License-Identifier: Apache-2.0
// The clock as a value, so that tests decide what time it is.
#pragma once

#include <chrono>
#include <functional>

namespace dpctl {

using SteadyClock = std::function<std::chrono::steady_clock::time_point()>;

/// Milliseconds from `from` to `to`.
inline std::chrono::milliseconds passed(std::chrono::steady_clock::time_point from,
                                        std::chrono::steady_clock::time_point to) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(to - from);
}

}  // namespace dpctl
