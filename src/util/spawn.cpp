// SPDX-License-Identifier: Apache-2.0
#include "util/spawn.hpp"

#include <fcntl.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): the sigset functions are POSIX, not in <csignal>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

extern char** environ;

namespace dpctl::detail {

namespace {

std::vector<std::string> environment_of(const Command& command) {
  std::vector<std::string> entries;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    if (!command.env.contains(std::string(text.substr(0, text.find('='))))) {
      entries.emplace_back(text);
    }
  }
  for (const auto& [name, value] : command.env) {
    entries.push_back(name + "=" + value);
  }
  return entries;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (auto& text : texts) {
    result.push_back(text.data());
  }
  result.push_back(nullptr);
  return result;
}

void redirect(posix_spawn_file_actions_t& actions, int fd, int onto) {
  if (fd >= 0) {
    posix_spawn_file_actions_adddup2(&actions, fd, onto);
  } else {
    posix_spawn_file_actions_addopen(&actions, onto, "/dev/null", O_RDWR, 0);
  }
}

}  // namespace

Result<pid_t> spawn(const Command& command, const Stdio& stdio) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  redirect(actions, stdio.in, STDIN_FILENO);
  redirect(actions, stdio.out, STDOUT_FILENO);
  redirect(actions, stdio.err, STDERR_FILENO);
  if (!command.cwd.empty()) {
    posix_spawn_file_actions_addchdir_np(&actions, command.cwd.c_str());
  }
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  sigset_t all;
  sigfillset(&all);
  posix_spawnattr_setsigdefault(&attributes, &all);

  auto argv_texts = command.argv;
  auto env_texts = environment_of(command);
  const auto argv = pointers(argv_texts);
  const auto env = pointers(env_texts);
  pid_t pid = -1;
  const int code = posix_spawnp(&pid, argv[0], &actions, &attributes, argv.data(), env.data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (code != 0) {
    return fail(ExitCode::tool,
                "cannot start " + command.argv[0] + ": " + std::generic_category().message(code));
  }
  return pid;
}

Pipe make_pipe() {
  std::array<int, 2> ends{-1, -1};
  // O_CLOEXEC: or a child that another thread starts at this moment would inherit the pipe and keep
  // it open.
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    return {};
  }
  return {Fd(ends[0]), Fd(ends[1])};
}

int exit_code_of(int wait_status) {
  return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

}  // namespace dpctl::detail
