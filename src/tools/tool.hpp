// SPDX-License-Identifier: Apache-2.0
// What the drivers of tools share: a program with its environment, and what one call of it needs.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "util/json.hpp"
#include "util/process.hpp"
#include "util/result.hpp"

namespace dpctl {

/// A program that a driver calls.
struct Program {
  Exec exec;
  std::filesystem::path program;
  std::map<std::string, std::string> env = {};
};

/// What one call needs besides its arguments.
struct ToolCall {
  std::stop_token stop = {};
  std::filesystem::path log = {};         // output is appended here; empty: nowhere
  std::chrono::milliseconds timeout{0};   // 0: none
  std::vector<std::string> secrets = {};  // masked wherever argv or output is shown
  std::function<void(std::string_view line)> on_line = {};
};

/// The cluster that a tool shall talk to. Always both: the current context is never taken.
struct KubeTarget {
  std::filesystem::path kubeconfig;
  std::string context;
};

/// `arguments` behind the program's path; its environment, and what `call` says.
Command command_of(const Program& tool, std::vector<std::string> arguments, const ToolCall& call);

/// Runs it and gives its answer, whatever the exit code.
Result<Finished> run_tool(const Program& tool, std::vector<std::string> arguments,
                          const ToolCall& call);

/// Runs it; an exit code other than 0 is an Error (command_failed).
Result<Finished> run_tool_ok(const Program& tool, std::vector<std::string> arguments,
                             const ToolCall& call);

/// The same for answers that hold credentials: they are not logged.
Result<std::string> secret_answer(const Program& tool, std::vector<std::string> arguments,
                                  ToolCall call);

/// stdout as JSON; an Error (tool) that names the program where it is none.
Result<Json> json_answer(const Program& tool, std::vector<std::string> arguments,
                         const ToolCall& call);

/// The lines of stdout that are not empty.
std::vector<std::string> answer_lines(const Finished& finished);

/// "300s": a duration as Go's tools read it.
std::string go_duration(std::chrono::seconds duration);

}  // namespace dpctl
