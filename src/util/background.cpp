// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): killpg is POSIX, not in <csignal>
#include <sys/wait.h>

#include <ctime>
#include <optional>
#include <utility>

#include "util/fd.hpp"
#include "util/process.hpp"
#include "util/spawn.hpp"

namespace dpctl {

Result<BackgroundProcess> BackgroundProcess::start(const Command& command) {
  Fd log;
  if (!command.log.empty()) {
    log = Fd(open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
  }
  return BackgroundProcess(TRY(detail::spawn(command, {-1, log.get(), log.get()})));
}

BackgroundProcess::BackgroundProcess(BackgroundProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), exit_code_(other.exit_code_) {}

BackgroundProcess& BackgroundProcess::operator=(BackgroundProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  std::swap(exit_code_, other.exit_code_);
  return *this;
}

BackgroundProcess::~BackgroundProcess() {
  if (pid_ < 0 || exited()) {
    return;
  }
  killpg(pid_, SIGTERM);
  constexpr int tries = 100;  // 1 s in all, then by force
  constexpr timespec pause{.tv_sec = 0, .tv_nsec = 10'000'000};
  for (int i = 0; i < tries && !exited(); ++i) {
    nanosleep(&pause, nullptr);
  }
  if (!exited()) {
    killpg(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
}

std::optional<int> BackgroundProcess::exited() {
  int status = 0;
  if (!exit_code_ && waitpid(pid_, &status, WNOHANG) == pid_) {
    exit_code_ = detail::exit_code_of(status);
  }
  return exit_code_;
}

}  // namespace dpctl
