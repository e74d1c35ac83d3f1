// SPDX-License-Identifier: Apache-2.0
#include "util/process.hpp"

#include <signal.h>  // NOLINT(modernize-deprecated-headers): kill is POSIX

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <string>
#include <thread>

#include "util/files.hpp"

using namespace dpctl;
using namespace std::chrono_literals;

namespace {

Command shell(std::string script) { return {.argv = {"sh", "-c", std::move(script)}}; }

// Where nobody reaps orphans, one that has ended stays in the table as a zombie.
bool is_running(pid_t pid) {
  const auto stat = read_file("/proc/" + std::to_string(pid) + "/stat");
  return stat && stat->find(") Z ") == std::string::npos;
}

Finished finished(const Command& command) {
  Processes processes;
  auto result = processes.run(command, {});
  REQUIRE(result.has_value());
  return *result;
}

}  // namespace

TEST_CASE("a command's streams and exit code come back") {
  const auto done = finished(shell("echo out; echo err >&2; exit 3"));
  CHECK(done.out == "out\n");
  CHECK(done.err == "err\n");
  CHECK(done.exit_code == 3);
}

TEST_CASE("a child ended by a signal has a shell's exit code") {
  CHECK(finished(shell("kill -9 $$")).exit_code == 137);
}

TEST_CASE("a megabyte of output on both streams arrives whole") {
  const auto done = finished(shell("head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2"));
  CHECK(done.out.size() == 1'000'000);
  CHECK(done.err.size() == 1'000'000);
}

TEST_CASE("stdin is given, and is empty where none is given") {
  Command command{.argv = {"cat"}};
  CHECK(finished(command).out.empty());
  command.stdin_text = std::string(300'000, 'x');
  CHECK(finished(command).out.size() == 300'000);
}

TEST_CASE("a child that does not read its stdin does not hang the run") {
  Command command = shell("exit 0");
  command.stdin_text = std::string(1'000'000, 'x');
  CHECK(finished(command).ok());
}

TEST_CASE("a missing program is an error of the tool, not an exit code") {
  Processes processes;
  const auto result = processes.run({.argv = {"dpctl-no-such-program"}}, {});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == ExitCode::tool);
  CHECK(result.error().message == "cannot start dpctl-no-such-program: No such file or directory");
}

TEST_CASE("environment and folder are the command's own") {
  Command command = shell("echo $DPCTL_TEST_WORD; pwd");
  command.env = {{"DPCTL_TEST_WORD", "hello"}};
  command.cwd = "/usr";
  CHECK(finished(command).out == "hello\n/usr\n");
}

TEST_CASE("a timeout ends a child that ignores SIGINT, and its group") {
  Processes processes(100ms);
  Command command = shell("trap '' INT; sleep 30 & echo $!; wait");
  command.timeout = 100ms;
  const auto result = processes.run(command, {});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == ExitCode::timed_out);
  CHECK(result.error().message == "no end after 100 ms");
  const auto grandchild = static_cast<pid_t>(std::stoi(result.error().output_tail));
  // The kernel has sent the signal already; a moment may pass until the process is gone.
  for (int i = 0; i < 100 && is_running(grandchild); ++i) {
    std::this_thread::sleep_for(10ms);
  }
  CHECK_FALSE(is_running(grandchild));
}

TEST_CASE("a stop sends SIGINT first, so that a tool can clean up") {
  Processes processes;
  std::stop_source source;
  Command command =
      shell("trap 'echo cleaned; exit 0' INT; echo ready; while :; do sleep 0.05; done");
  command.on_line = [&](std::string_view line) {
    if (line == "ready") {
      source.request_stop();
    }
  };
  const auto result = processes.run(command, source.get_token());
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == ExitCode::interrupted);
  CHECK(result.error().output_tail == "ready\ncleaned\n");
}

TEST_CASE("a grandchild that keeps the pipe open does not hold up the run") {
  const auto start = std::chrono::steady_clock::now();
  const auto done = finished(shell("sleep 5 & echo $!"));
  CHECK(std::chrono::steady_clock::now() - start < 4s);
  kill(static_cast<pid_t>(std::stoi(done.out)), SIGKILL);
}

TEST_CASE("lines arrive whole, the last one without its end too") {
  std::vector<std::string> lines;
  Command command = shell("printf 'a\\nb\\nc'");
  command.on_line = [&](std::string_view line) { lines.emplace_back(line); };
  finished(command);
  CHECK(lines == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("a log gets the command and its output with secrets masked") {
  const auto folder = TempFolder::create();
  REQUIRE(folder.has_value());
  Command command = shell("echo the word is swordfish");
  command.secrets = {"swordfish"};
  command.log = folder->path() / "step.log";
  finished(command);
  CHECK(read_file(command.log).value_or("") == "$ sh -c 'echo the word is ***'\nthe word is ***\n");
}

TEST_CASE("the failure of a command tells the command and the end of its output") {
  Processes processes;
  const auto result =
      run_ok(processes.exec(), shell("echo something; echo went wrong >&2; exit 1"), {});
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().message == "sh failed (exit 1)");
  CHECK(result.error().output_tail == "something\nwent wrong\n");
}

TEST_CASE("a background process ends with its owner") {
  pid_t pid = -1;
  {
    auto child = BackgroundProcess::start({.argv = {"sleep", "60"}});
    REQUIRE(child.has_value());
    pid = child->pid();
    CHECK_FALSE(child->exited().has_value());
  }
  CHECK(kill(pid, 0) != 0);
}

TEST_CASE("what is pasted into a shell gives the same words back") {
  CHECK(pasteable({.argv = {"helm", "install", "a b", "it's", ""}}) ==
        "helm install 'a b' 'it'\\''s' ''");
}
