// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "util/files.hpp"
#include "util/process.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {
constexpr std::size_t tail_lines = 20;
}

std::string masked(std::string text, const std::vector<std::string>& secrets) {
  for (const auto& secret : secrets) {
    for (auto at = secret.empty() ? std::string::npos : text.find(secret); at != std::string::npos;
         at = text.find(secret, at)) {
      text.replace(at, secret.size(), "***");
    }
  }
  return text;
}

std::string pasteable(const Command& command) {
  std::string text;
  for (const auto& [name, value] : command.env) {
    text += name + "=" + shell_quoted(value) + " ";
  }
  for (const auto& word : command.argv) {
    text += (&word == &command.argv.front() ? "" : " ") + shell_quoted(word);
  }
  return masked(std::move(text), command.secrets);
}

Error command_failed(const Command& command, const Finished& finished, ExitCode code) {
  const auto name = std::filesystem::path(command.argv[0]).filename().string();
  // The verb of a tool ("helm upgrade") tells more than its name; flags do not.
  const bool has_verb = command.argv.size() > 1 && !command.argv[1].starts_with('-');
  Error error = make_error(code, name + (has_verb ? " " + command.argv[1] : "") + " failed (exit " +
                                     std::to_string(finished.exit_code) + ")");
  error.command = pasteable(command);
  error.output_tail = masked(last_lines(finished.both, tail_lines), command.secrets);
  error.log = command.log;
  return error;
}

Result<Finished> run_ok(const Exec& exec, const Command& command, std::stop_token stop) {
  auto finished = TRY(exec(command, std::move(stop)));
  if (!finished.ok()) {
    return fail(command_failed(command, finished));
  }
  return finished;
}

std::optional<std::filesystem::path> find_on_path(std::string_view program) {
  const auto executable = [](const std::filesystem::path& path) {
    std::error_code ignored;
    return std::filesystem::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0;
  };
  if (program.find('/') != std::string_view::npos) {
    return executable(program) ? std::optional<std::filesystem::path>(program) : std::nullopt;
  }
  for (const auto& folder :
       split(environment("PATH").value_or("/usr/local/bin:/usr/bin:/bin"), ':')) {
    const auto path = std::filesystem::path(folder.empty() ? "." : folder) / program;
    if (executable(path)) {
      return path;
    }
  }
  return std::nullopt;
}

}  // namespace dpctl
