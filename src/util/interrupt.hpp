// SPDX-License-Identifier: Apache-2.0
// SIGINT and SIGTERM as a stop_token: the first asks everything to stop, a second one no longer
// waits.
#pragma once

#include <atomic>
#include <functional>
#include <stop_token>
#include <thread>

namespace dpctl {

/// Construct it in main before any other thread starts: it blocks both signals in the calling
/// thread, which later threads inherit, and takes them in a thread of its own.
class Interrupt {
 public:
  /// `on_second` runs (on the signal thread) when a second signal comes.
  explicit Interrupt(std::function<void()> on_second);
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  std::stop_token token() const { return source_.get_token(); }
  /// The first signal that came, 0 while none did.
  int signal() const { return signal_; }

 private:
  void take_signals(std::stop_token stop, const std::function<void()>& on_second);

  std::stop_source source_;
  std::atomic<int> signal_ = 0;
  std::jthread thread_;
};

}  // namespace dpctl
