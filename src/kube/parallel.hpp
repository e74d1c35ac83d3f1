// SPDX-License-Identifier: Apache-2.0
// The same work on many things, a few at a time.
#pragma once

#include <cstddef>
#include <functional>

#include "util/result.hpp"

namespace dpctl {

/// Calls `work(0)` to `work(count - 1)` on at most `threads` threads. After a failure nothing new
/// starts; the failure of the smallest index is given back.
Result<> for_each_parallel(std::size_t count, std::size_t threads,
                           const std::function<Result<>(std::size_t)>& work);

}  // namespace dpctl
