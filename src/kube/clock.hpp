// SPDX-License-Identifier: Apache-2.0
// The time as the cluster's side sees it: a seam, so that tests of retries and deadlines need no
// sleeps.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>

namespace dpctl {

struct Clock {
  std::function<std::chrono::steady_clock::time_point()> now;
  /// Returns after the time or, sooner, when asked to stop.
  std::function<void(std::chrono::milliseconds, const std::stop_token&)> pause;
};

/// The machine's clock.
Clock system_clock();

}  // namespace dpctl
