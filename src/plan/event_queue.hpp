// SPDX-License-Identifier: Apache-2.0
// How the threads of running steps tell the scheduler what happens. Only the runner includes it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <utility>
#include <variant>

#include "plan/outcome.hpp"

namespace dpctl {

// What a step's thread tells the scheduler.
struct Event {
  std::size_t step = 0;
  std::variant<std::string, Outcome> what;  // a note, or how it ended
};

class EventQueue {
 public:
  void push(Event event) {
    {
      const std::lock_guard lock(mutex_);
      events_.push_back(std::move(event));
    }
    ready_.notify_one();
  }

  // All that came, after at most `patience`.
  std::deque<Event> take(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    ready_.wait_for(lock, patience, [this] { return !events_.empty(); });
    return std::exchange(events_, {});
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Event> events_;
};

}  // namespace dpctl
