// SPDX-License-Identifier: Apache-2.0
#include "kube/clock.hpp"

#include <condition_variable>
#include <mutex>

namespace dpctl {

Clock system_clock() {
  return {
      .now = [] { return std::chrono::steady_clock::now(); },
      .pause =
          [](std::chrono::milliseconds time, const std::stop_token& stop) {
            std::mutex mutex;
            std::condition_variable_any never;
            std::unique_lock lock(mutex);
            never.wait_for(lock, stop, time, [] { return false; });
          },
  };
}

}  // namespace dpctl
