// SPDX-License-Identifier: Apache-2.0
// Child processes: the only door through which dpctl starts another program.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.hpp"

namespace dpctl {

struct Command {
  std::vector<std::string> argv;
  std::optional<std::string> stdin_text = std::nullopt;  // /dev/null where absent
  std::map<std::string, std::string> env = {};           // on top of dpctl's own environment
  std::filesystem::path cwd = {};
  std::chrono::milliseconds timeout{0};   // 0: none
  std::vector<std::string> secrets = {};  // masked wherever argv or output is shown
  std::filesystem::path log = {};         // output is appended here as it comes; empty: nowhere
  std::function<void(std::string_view line)> on_line =
      {};  // each line of stdout and stderr as it comes
};

struct Finished {
  int exit_code = 0;  // 128 + n where signal n ended it, as a shell says
  std::string out;
  std::string err;
  std::string both;  // stdout and stderr in the order they came
  std::chrono::milliseconds duration{0};
  bool ok() const { return exit_code == 0; }
};

/// Runs a command to its end. Fails where it could not be started (ExitCode::tool), ran past its
/// timeout (timed_out), or was stopped (interrupted); an exit code other than 0 is an answer, not a
/// failure. The one seam where tests put a fake.
using Exec = std::function<Result<Finished>(const Command&, std::stop_token)>;

/// Starts every child in a process group of its own, so that a terminal's Ctrl-C reaches dpctl
/// alone. A stop or a timeout sends SIGINT to the group, waits `grace`, then SIGKILL. Thread-safe.
class Processes {
 public:
  /// Makes the process ignore SIGPIPE.
  explicit Processes(std::chrono::milliseconds grace = std::chrono::seconds(10));
  ~Processes();
  Processes(const Processes&) = delete;
  Processes& operator=(const Processes&) = delete;

  Result<Finished> run(const Command& command, std::stop_token stop);

  /// SIGKILL to every group that runs now: what a second Ctrl-C does.
  void kill_all();

  /// `run` as a value; valid as long as this object.
  Exec exec();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A child that outlives the call that started it (kubectl proxy, port-forward). Ended with its
/// group by the destructor.
class BackgroundProcess {
 public:
  /// Starts `command` (timeout, on_line and stdin_text are not used; output goes to `log` or
  /// nowhere).
  static Result<BackgroundProcess> start(const Command& command);
  BackgroundProcess(BackgroundProcess&& other) noexcept;
  BackgroundProcess& operator=(BackgroundProcess&& other) noexcept;
  ~BackgroundProcess();

  /// Its exit code once it ended by itself, nothing while it runs.
  std::optional<int> exited();
  pid_t pid() const { return pid_; }

 private:
  explicit BackgroundProcess(pid_t pid) : pid_(pid) {}
  pid_t pid_ = -1;
  std::optional<int> exit_code_;
};

/// The failure of a command that ended with something else than 0: "helm upgrade failed (exit 1)",
/// the command, its last 20 lines and its log.
Error command_failed(const Command& command, const Finished& finished,
                     ExitCode code = ExitCode::step_failed);

/// Runs through `exec` and makes an exit code other than 0 an Error (command_failed).
Result<Finished> run_ok(const Exec& exec, const Command& command, std::stop_token stop);

/// argv as one could paste it into a shell, secrets masked.
std::string pasteable(const Command& command);

/// `text` with each of `secrets` replaced by "***".
std::string masked(std::string text, const std::vector<std::string>& secrets);

/// Path of an executable file on $PATH, or nothing. A name with a slash is only checked.
std::optional<std::filesystem::path> find_on_path(std::string_view program);

}  // namespace dpctl
