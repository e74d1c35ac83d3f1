// SPDX-License-Identifier: Apache-2.0
#include "tools/tool.hpp"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "util/error.hpp"
#include "util/json.hpp"
#include "util/process.hpp"
#include "util/result.hpp"
#include "util/text.hpp"

namespace dpctl {

Command command_of(const Program& tool, std::vector<std::string> arguments, const ToolCall& call) {
  Command command;
  command.argv = std::move(arguments);
  command.argv.insert(command.argv.begin(), tool.program.string());
  command.env = tool.env;
  command.timeout = call.timeout;
  command.secrets = call.secrets;
  command.log = call.log;
  command.on_line = call.on_line;
  return command;
}

Result<Finished> run_tool(const Program& tool, std::vector<std::string> arguments,
                          const ToolCall& call) {
  return tool.exec(command_of(tool, std::move(arguments), call), call.stop);
}

Result<Finished> run_tool_ok(const Program& tool, std::vector<std::string> arguments,
                             const ToolCall& call) {
  return run_ok(tool.exec, command_of(tool, std::move(arguments), call), call.stop);
}

Result<std::string> secret_answer(const Program& tool, std::vector<std::string> arguments,
                                  ToolCall call) {
  call.log.clear();
  call.on_line = nullptr;
  return TRY(run_tool_ok(tool, std::move(arguments), call)).out;
}

Result<Json> json_answer(const Program& tool, std::vector<std::string> arguments,
                         const ToolCall& call) {
  const auto command = command_of(tool, std::move(arguments), call);
  const auto finished = TRY(run_ok(tool.exec, command, call.stop));
  auto answer = parse_json(finished.out, tool.program.filename().string());
  if (!answer) {
    auto error = std::move(answer).error();
    error.code = ExitCode::tool;
    error.command = pasteable(command);
    return fail(std::move(error));
  }
  return answer;
}

std::vector<std::string> answer_lines(const Finished& finished) {
  std::vector<std::string> lines;
  for (const auto line : lines_of(finished.out)) {
    if (!trimmed(line).empty()) {
      lines.emplace_back(trimmed(line));
    }
  }
  return lines;
}

std::string go_duration(std::chrono::seconds duration) {
  return std::to_string(duration.count()) + "s";
}

}  // namespace dpctl
