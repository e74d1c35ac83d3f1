// SPDX-License-Identifier: Apache-2.0
// A machine for tests of the tool code: a PATH and a cache of its own, programs that only tell a
// version, no network.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "tools/catalogue.hpp"
#include "tools/host.hpp"
#include "util/files.hpp"
#include "util/process.hpp"
#include "util/result.hpp"

namespace dpctl::test {

class ToolMachine {
 public:
  ToolMachine() { std::filesystem::create_directories(bin()); }

  std::filesystem::path bin() const { return folder_.path() / "bin"; }
  std::filesystem::path cache() const { return folder_.path() / "cache"; }

  /// Puts a file there; not a script, so that its version may be kept.
  std::filesystem::path program(const std::filesystem::path& path,
                                const std::string& text = "ELF") {
    std::filesystem::create_directories(path.parent_path());
    const auto written = write_file(path, text, 0755);
    return written ? path : "";
  }

  /// What a program answers to any arguments, by its file name.
  std::map<std::string, Finished> answers;
  /// What fetching an URL gives; others cannot be reached.
  std::map<std::string, std::string> files;
  /// Runs for each command before its answer is looked for; an answer given here counts.
  std::function<std::optional<Result<Finished>>(const Command&)> on_command;

  std::vector<Command> commands;
  std::vector<std::string> fetched;

  /// Valid as long as this object.
  ToolHost host() {
    ToolHost host{
        .exec = [this](const Command& command, const std::stop_token&) { return run(command); }};
    host.folder = cache();
    host.platform = "linux-amd64";
    host.on_path = [this](std::string_view name) -> std::optional<std::filesystem::path> {
      const auto path = bin() / name;
      return std::filesystem::exists(path) ? std::optional(path) : std::nullopt;
    };
    host.fetch = [this](const Download& what, const std::stop_token&) { return fetch(what); };
    return host;
  }

 private:
  Result<Finished> run(const Command& command) {
    const std::scoped_lock lock(mutex_);
    commands.push_back(command);
    if (on_command) {
      if (auto result = on_command(command)) {
        return *std::move(result);
      }
    }
    const auto found = answers.find(std::filesystem::path(command.argv.front()).filename());
    if (found == answers.end()) {
      return fail(ExitCode::tool, "no such program: " + command.argv.front());
    }
    return found->second;
  }

  Result<> fetch(const Download& what) {
    const std::scoped_lock lock(mutex_);
    fetched.push_back(what.url);
    const auto found = files.find(what.url);
    if (found == files.end()) {
      return fail(ExitCode::tool, "cannot download " + what.url + ": its host is not reached");
    }
    return write_file(what.to, found->second);
  }

  TempFolder folder_ = TempFolder::create().value();
  std::mutex mutex_;
};

/// Says `text` on stdout.
inline Finished says(const std::string& text, int exit_code = 0) {
  return {.exit_code = exit_code, .out = text, .both = text};
}

}  // namespace dpctl::test
