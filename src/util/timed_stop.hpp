// SPDX-License-Identifier: Apache-2.0
// A stop token that is also requested at a point in time, or by whoever holds the object: for calls
// that know no deadline.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

namespace dpctl {

class TimedStop {
 public:
  TimedStop(std::stop_token stop, std::chrono::steady_clock::time_point deadline)
      : forward_(std::move(stop), [this] { source_.request_stop(); }),
        timer_([this, deadline](std::stop_token ended) {
          std::mutex mutex;
          std::unique_lock lock(mutex);
          std::condition_variable_any().wait_until(lock, ended, deadline, [] { return false; });
          passed_ = !ended.stop_requested();
          source_.request_stop();
        }) {}

  std::stop_token token() const { return source_.get_token(); }
  void request_stop() { source_.request_stop(); }
  /// Whether the deadline ended it.
  bool passed() const { return passed_; }

 private:
  std::stop_source source_;
  std::atomic<bool> passed_ = false;
  std::stop_callback<std::function<void()>> forward_;
  std::jthread timer_;
};

}  // namespace dpctl
