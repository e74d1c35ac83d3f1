// SPDX-License-Identifier: Apache-2.0
#include "platform/strays.hpp"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX, not in <csignal>

#include <charconv>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace dpctl {

namespace fs = std::filesystem;

std::vector<pid_t> processes_below(const fs::path& folder) {
  std::vector<pid_t> found;
  const std::string prefix = fs::path(folder / "").lexically_normal().string();
  std::error_code code;
  for (const auto& entry : fs::directory_iterator("/proc", code)) {
    const auto name = entry.path().filename().string();
    pid_t pid = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), pid).ec != std::errc()) {
      continue;
    }
    // The link of a program that was deleted reads "PATH (deleted)"; another user's cannot be read.
    const auto program = fs::read_symlink(entry.path() / "exe", code);
    if (!code && program.string().starts_with(prefix)) {
      found.push_back(pid);
    }
  }
  return found;
}

void end_processes_below(const fs::path& folder) {
  for (const pid_t pid : processes_below(folder)) {
    kill(pid, SIGKILL);
  }
}

}  // namespace dpctl
