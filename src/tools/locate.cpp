// SPDX-License-Identifier: Apache-2.0
#include "tools/locate.hpp"

#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>
#include <regex>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "tools/catalogue.hpp"
#include "tools/host.hpp"
#include "tools/version.hpp"
#include "util/error.hpp"
#include "util/process.hpp"
#include "util/result.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

namespace fs = std::filesystem;

constexpr auto answer_within = std::chrono::seconds(20);  // a cold start from a slow disk included

bool is_file(const fs::path& path) {
  std::error_code code;
  return fs::is_regular_file(path, code);
}

FoundTool judged(const KnownTool& tool, const fs::path& path, const ToolVersion& version) {
  FoundTool found{.tool = &tool, .state = ToolState::ok, .where = path, .version = version};
  if (const auto* broken = tool.broken_as(version)) {
    found.state = ToolState::broken;
    found.reason = broken->reason;
  } else if (tool.accepted.too_old(version)) {
    found.state = ToolState::too_old;
  } else if (tool.accepted.too_new(version)) {
    found.state = ToolState::too_new;
  }
  return found;
}

}  // namespace

fs::path installed_path(const ToolHost& host, const KnownTool& tool) {
  return host.folder / tool.name / to_string(tool.version) / tool.name;
}

std::string_view to_string(ToolState state) {
  switch (state) {
    case ToolState::ok:
      return "ok";
    case ToolState::missing:
      return "missing";
    case ToolState::too_old:
      return "too old";
    case ToolState::too_new:
      return "too new";
    case ToolState::broken:
      return "known to be broken";
    case ToolState::silent:
      return "does not tell its version";
  }
  return "";
}

Result<ToolVersion> ask_version(const KnownTool& tool, const fs::path& path, const Exec& exec,
                                std::stop_token stop) {
  Command command{.argv = {path.string()}, .timeout = answer_within};
  const auto& arguments = tool.question.arguments;
  command.argv.insert(command.argv.end(), arguments.begin(), arguments.end());
  const auto finished = TRY(exec(command, std::move(stop)));
  std::smatch match;
  const auto version = std::regex_search(finished.both, match, tool.question.pattern)
                           ? parse_version(match[1].str())
                           : std::nullopt;
  if (!version) {
    auto error = make_error(ExitCode::tool, "'" + pasteable(command) + "' tells no version (exit " +
                                                std::to_string(finished.exit_code) + ")");
    error.output_tail = last_lines(finished.both, 20);
    return fail(std::move(error));
  }
  return *version;
}

Error not_usable(const FoundTool& found) {
  const KnownTool& tool = *found.tool;
  const std::string version = found.version ? " " + to_string(*found.version) : "";
  const std::string install = "run 'dpctl tools install " + tool.name + "'";
  const std::string range = "dpctl works with " + tool.name + " " + to_string(tool.accepted);
  if (found.state == ToolState::missing) {
    return make_error(ExitCode::tool, tool.name + " is not on PATH and not installed by dpctl",
                      install + ", or put one on PATH; " + range);
  }
  std::string message = tool.name + version + " (" + found.where.string() + ") " +
                        (found.state == ToolState::silent ? "" : "is ") +
                        std::string(to_string(found.state));
  message += found.reason.empty() ? "" : ": " + found.reason;
  return make_error(ExitCode::tool, std::move(message),
                    install + ", which leaves that one alone; " + range);
}

ToolBox::ToolBox(ToolCatalogue catalogue, ToolHost host)
    : catalogue_(std::move(catalogue)),
      host_(std::move(host)),
      versions_(host_.folder / "versions.json") {}

Result<FoundTool> ToolBox::judge(const KnownTool& tool, const fs::path& path,
                                 const std::stop_token& stop) {
  if (const auto known = versions_.known(tool.name, path)) {
    if (const auto version = parse_version(*known)) {
      return judged(tool, path, *version);
    }
  }
  const auto version = ask_version(tool, path, host_.exec, stop);
  if (!version && stop.stop_requested()) {
    return fail(version.error());
  }
  if (!version) {
    return FoundTool{.tool = &tool,
                     .state = ToolState::silent,
                     .where = path,
                     .reason = version.error().message};
  }
  versions_.keep(tool.name, path, to_string(*version));
  return judged(tool, path, *version);
}

Result<FoundTool> ToolBox::search(const KnownTool& tool, const std::stop_token& stop) {
  FoundTool best{.tool = &tool};
  if (const auto path = host_.on_path(tool.name)) {
    best = TRY(judge(tool, *path, stop));
  }
  const auto own = installed_path(host_, tool);
  if (best.state == ToolState::ok || !is_file(own)) {
    return best;
  }
  const auto installed = TRY(judge(tool, own, stop));
  const bool better = installed.state == ToolState::ok || best.state == ToolState::missing;
  return better ? installed : best;
}

Result<FoundTool> ToolBox::look(std::string_view name, std::stop_token stop) {
  const auto* tool = TRY(catalogue_.find(name));
  const std::scoped_lock lock(mutex_);
  if (const auto known = found_.find(name); known != found_.end()) {
    return known->second;
  }
  auto found = TRY(search(*tool, stop));
  found_.emplace(tool->name, found);
  return found;
}

Result<fs::path> ToolBox::require(std::string_view name, std::stop_token stop) {
  const auto found = TRY(look(name, std::move(stop)));
  if (found.state != ToolState::ok) {
    return fail(not_usable(found));
  }
  return found.where;
}

void ToolBox::forget() {
  const std::scoped_lock lock(mutex_);
  found_.clear();
}

}  // namespace dpctl
