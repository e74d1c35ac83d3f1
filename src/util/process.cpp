// SPDX-License-Identifier: Apache-2.0
#include "util/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill and killpg are POSIX, not in <csignal>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "util/fd.hpp"
#include "util/files.hpp"
#include "util/line_splitter.hpp"
#include "util/spawn.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

using Clock = std::chrono::steady_clock;

// One run of a child: feeds it, reads it, and ends it when told to.
class Conversation {
 public:
  Conversation(const Command& command, std::stop_token stop, std::chrono::milliseconds grace)
      : command_(command), stop_(std::move(stop)), grace_(grace) {}

  Result<pid_t> start();
  Result<Finished> finish();

 private:
  enum class Ending { none, stopped, timed_out };

  void poll_once();
  int poll_timeout() const;
  void read_from(Fd& fd, std::string& into, LineSplitter& lines);
  void feed_stdin();
  void end_if_asked();
  void drain();
  Result<Finished> result();

  const Command& command_;
  std::stop_token stop_;
  std::chrono::milliseconds grace_;
  Clock::time_point started_ = Clock::now();
  pid_t pid_ = -1;
  Fd pidfd_, out_, err_, in_, wake_;
  std::string_view to_write_;
  Ending ending_ = Ending::none;
  Clock::time_point kill_at_ = Clock::time_point::max();
  bool exited_ = false;
  LineSplitter out_lines_, err_lines_;
  Finished finished_;
};

Result<pid_t> Conversation::start() {
  detail::Pipe out = detail::make_pipe();
  detail::Pipe err = detail::make_pipe();
  detail::Pipe in;
  wake_ = Fd(eventfd(0, EFD_CLOEXEC));
  if (command_.stdin_text) {
    in = detail::make_pipe();
    to_write_ = *command_.stdin_text;
  }
  pid_ =
      TRY(detail::spawn(command_, {in.read_end.get(), out.write_end.get(), err.write_end.get()}));
  // The pidfd, not the end of output, says that the child is done: a grandchild may keep the pipe
  // open for ever.
  pidfd_ = Fd(static_cast<int>(syscall(SYS_pidfd_open, pid_, 0)));
  if (pidfd_.get() < 0) {
    killpg(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    return fail(ExitCode::unfit, "this kernel has no pidfd_open", "dpctl needs Linux 5.3 or newer");
  }
  out_ = std::move(out.read_end);
  err_ = std::move(err.read_end);
  in_ = std::move(in.write_end);
  for (const auto* fd : {&out_, &err_, &in_}) {
    if (fd->get() >= 0) {
      fcntl(fd->get(), F_SETFL, O_NONBLOCK);
    }
  }
  return pid_;
}

void Conversation::read_from(Fd& fd, std::string& into, LineSplitter& lines) {
  std::array<char, 65536> buffer{};
  for (;;) {
    const auto n = read(fd.get(), buffer.data(), buffer.size());
    if (n < 0) {
      return;  // nothing there now
    }
    if (n == 0) {
      fd.reset();
      return;
    }
    const std::string_view data(buffer.data(), static_cast<std::size_t>(n));
    into += data;
    finished_.both += data;
    if (!command_.log.empty()) {
      // A log that cannot be written must not fail the command that it logs.
      static_cast<void>(
          append_file(command_.log, masked(std::string(data), command_.secrets), 0600).has_value());
    }
    if (command_.on_line) {
      lines.feed(data, command_.on_line);
    }
  }
}

void Conversation::feed_stdin() {
  while (!to_write_.empty()) {
    const auto n = write(in_.get(), to_write_.data(), to_write_.size());
    if (n < 0) {
      if (errno == EAGAIN || errno == EINTR) {
        return;
      }
      break;  // the child no longer reads
    }
    to_write_.remove_prefix(static_cast<std::size_t>(n));
  }
  in_.reset();
}

int Conversation::poll_timeout() const {
  auto next = kill_at_;
  if (ending_ == Ending::none && command_.timeout.count() > 0) {
    next = started_ + command_.timeout;
  }
  if (next == Clock::time_point::max()) {
    return -1;
  }
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - Clock::now()).count();
  return static_cast<int>(std::max<long long>(left, 0));
}

void Conversation::poll_once() {
  std::array<pollfd, 5> fds{{{pidfd_.get(), POLLIN, 0},
                             {out_.get(), POLLIN, 0},
                             {err_.get(), POLLIN, 0},
                             {in_.get(), POLLOUT, 0},
                             {ending_ == Ending::none ? wake_.get() : -1, POLLIN, 0}}};
  if (poll(fds.data(), fds.size(), poll_timeout()) > 0) {
    if (fds[1].revents != 0) {
      read_from(out_, finished_.out, out_lines_);
    }
    if (fds[2].revents != 0) {
      read_from(err_, finished_.err, err_lines_);
    }
    if (fds[3].revents != 0) {
      feed_stdin();
    }
    exited_ = fds[0].revents != 0;
  }
}

void Conversation::end_if_asked() {
  const auto now = Clock::now();
  if (ending_ == Ending::none) {
    if (stop_.stop_requested()) {
      ending_ = Ending::stopped;
    } else if (command_.timeout.count() > 0 && now >= started_ + command_.timeout) {
      ending_ = Ending::timed_out;
    }
    if (ending_ != Ending::none) {
      killpg(pid_, SIGINT);
      kill_at_ = now + grace_;
    }
  } else if (now >= kill_at_) {
    killpg(pid_, SIGKILL);
    kill_at_ = Clock::time_point::max();
  }
}

void Conversation::drain() {
  if (out_.get() >= 0) {
    read_from(out_, finished_.out, out_lines_);
  }
  if (err_.get() >= 0) {
    read_from(err_, finished_.err, err_lines_);
  }
  if (command_.on_line) {
    out_lines_.finish(command_.on_line);
    err_lines_.finish(command_.on_line);
  }
}

Result<Finished> Conversation::finish() {
  const std::stop_callback wake_up(stop_, [this] { eventfd_write(wake_.get(), 1); });
  while (!exited_) {
    poll_once();
    if (!exited_) {
      end_if_asked();
    }
  }
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  drain();
  finished_.exit_code = detail::exit_code_of(status);
  finished_.duration =
      std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started_);
  return result();
}

Result<Finished> Conversation::result() {
  if (ending_ == Ending::none) {
    return std::move(finished_);
  }
  // What the child started and left behind in its group ends with it.
  killpg(pid_, SIGKILL);
  Error error = command_failed(command_, finished_);
  const bool timed_out = ending_ == Ending::timed_out;
  error.code = timed_out ? ExitCode::timed_out : ExitCode::interrupted;
  error.message = timed_out ? "no end after " + duration_text(command_.timeout) : "interrupted";
  return fail(std::move(error));
}

}  // namespace

struct Processes::State {
  std::chrono::milliseconds grace;
  std::mutex mutex;
  std::set<pid_t> groups;
};

Processes::Processes(std::chrono::milliseconds grace) : state_(std::make_unique<State>()) {
  state_->grace = grace;
  // A child that no longer reads its stdin, or a reader of our own output that went away, is an
  // error of write(), not the end of the process.
  signal(SIGPIPE,
         SIG_IGN);  // NOLINT(bugprone-unused-return-value): what it was before does not matter
}

Processes::~Processes() = default;

Result<Finished> Processes::run(const Command& command, std::stop_token stop) {
  if (stop.stop_requested()) {
    return fail(ExitCode::interrupted, "interrupted");
  }
  if (!command.log.empty()) {
    TRY(append_file(command.log, "$ " + pasteable(command) + "\n", 0600));
  }
  Conversation conversation(command, std::move(stop), state_->grace);
  const pid_t pid = TRY(conversation.start());
  {
    const std::lock_guard lock(state_->mutex);
    state_->groups.insert(pid);
  }
  auto result = conversation.finish();
  const std::lock_guard lock(state_->mutex);
  state_->groups.erase(pid);
  return result;
}

void Processes::kill_all() {
  const std::lock_guard lock(state_->mutex);
  for (const pid_t group : state_->groups) {
    killpg(group, SIGKILL);
  }
}

Exec Processes::exec() {
  return [this](const Command& command, std::stop_token stop) {
    return run(command, std::move(stop));
  };
}

}  // namespace dpctl
