// SPDX-License-Identifier: Apache-2.0
// How a call to the cluster is made: when to give up, and whom to tell.
#pragma once

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>

namespace dpctl {

/// The same value may serve many calls and threads.
struct Call {
  std::stop_token stop = {};
  std::chrono::milliseconds retry_for{20'000};        // the budget for tries after the first
  std::function<void(const std::string&)> note = {};  // told why it waits; any thread
};

}  // namespace dpctl
