// SPDX-License-Identifier: Apache-2.0
#include "util/interrupt.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <utility>

namespace dpctl {

namespace {

sigset_t interrupt_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

Interrupt::Interrupt(std::function<void()> on_second) {
  const auto set = interrupt_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  thread_ = std::jthread([this, second = std::move(on_second)](std::stop_token stop) {
    take_signals(std::move(stop), second);
  });
}

Interrupt::~Interrupt() = default;

void Interrupt::take_signals(std::stop_token stop, const std::function<void()>& on_second) {
  const auto set = interrupt_signals();
  const int signals = signalfd(-1, &set, SFD_CLOEXEC);
  const int wake = eventfd(0, EFD_CLOEXEC);
  const std::stop_callback wake_up(stop, [wake] { eventfd_write(wake, 1); });
  while (!stop.stop_requested()) {
    std::array<pollfd, 2> waited{{{signals, POLLIN, 0}, {wake, POLLIN, 0}}};
    if (poll(waited.data(), waited.size(), -1) <= 0 || (waited[0].revents & POLLIN) == 0) {
      continue;
    }
    signalfd_siginfo info{};
    if (read(signals, &info, sizeof info) != sizeof info) {
      continue;
    }
    if (signal_ != 0) {
      on_second();
      continue;
    }
    signal_ = static_cast<int>(info.ssi_signo);
    source_.request_stop();
  }
  close(signals);
  close(wake);
}

}  // namespace dpctl
