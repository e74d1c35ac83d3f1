// SPDX-License-Identifier: Apache-2.0
#include <pwd.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX, not in <csignal>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <string>
#include <system_error>
#include <vector>

#include "kube/lease.hpp"
#include "util/files.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

std::string user_name() {
  std::array<char, 4096> space{};
  passwd entry{};
  passwd* found = nullptr;
  getpwuid_r(geteuid(), &entry, space.data(), space.size(), &found);
  return found != nullptr ? found->pw_name : std::to_string(geteuid());
}

/// When a process started, in the kernel's ticks since boot; "" where the system does not tell.
std::string start_time(pid_t pid) {
  const auto stat = read_file("/proc/" + std::to_string(pid) + "/stat");
  if (!stat) {
    return "";
  }
  // The program's name, in parentheses, may hold anything; what follows is split by blanks: field
  // 3, 4, …
  const auto fields = split(stat->substr(std::min(stat->rfind(')') + 2, stat->size())), ' ');
  constexpr std::size_t start_field = 22 - 3;
  return fields.size() > start_field ? fields[start_field] : "";
}

/// Boot and pid namespace: where a pid means the same process as here.
std::string pid_space() {
  const auto boot = read_file("/proc/sys/kernel/random/boot_id");
  std::error_code error;
  const auto space = std::filesystem::read_symlink("/proc/self/ns/pid", error);
  return boot && !error ? std::string(trimmed(*boot)) + "/" + space.string() : "";
}

}  // namespace

std::string lease_holder() {
  return user_name() + "@" + host_name() + ", pid " + std::to_string(getpid()) + ", since " +
         utc_now();
}

std::string process_mark() {
  const std::string space = pid_space();
  return space.empty() ? "" : space + "/" + std::to_string(getpid()) + "/" + start_time(getpid());
}

bool process_is_gone(std::string_view mark) {
  const std::string space = pid_space();
  if (space.empty() || !mark.starts_with(space + "/")) {
    return false;
  }
  const auto parts = split(mark.substr(space.size() + 1), '/');
  pid_t pid = 0;
  if (parts.size() != 2) {
    return false;
  }
  const auto read = std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), pid);
  if (read.ec != std::errc() || pid <= 0) {
    return false;
  }
  const bool none = kill(pid, 0) != 0 && errno == ESRCH;
  return none || start_time(pid) != parts[1];
}

}  // namespace dpctl
