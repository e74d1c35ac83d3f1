// SPDX-License-Identifier: Apache-2.0
#include "tools/go_build.hpp"

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "tools/catalogue.hpp"
#include "tools/host.hpp"
#include "tools/version.hpp"
#include "util/error.hpp"
#include "util/files.hpp"
#include "util/json.hpp"
#include "util/process.hpp"
#include "util/result.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

namespace fs = std::filesystem;

constexpr const char* no_go_hint = "install Go (https://go.dev/dl), or use --from=release";

/// A tool with the recipe that it is known to have.
struct Target {
  const KnownTool* tool;
  const GoRecipe* recipe;
};

std::string linker_flags(const GoRecipe& recipe) {
  std::string flags = "-ldflags=-s -w";
  for (const auto& variable : recipe.variables) {
    flags += " -X " + variable;
  }
  return flags;
}

/// One build: the `go` program, where it works, and how it is called.
class GoBuild {
 public:
  GoBuild(fs::path go, const ToolHost& host, fs::path folder, fs::path log, std::stop_token stop)
      : go_(std::move(go)),
        host_(host),
        folder_(std::move(folder)),
        log_(std::move(log)),
        stop_(std::move(stop)) {}

  /// go install package@version.
  Result<> install(const Target& target) const {
    const KnownTool& tool = *target.tool;
    const GoRecipe& recipe = *target.recipe;
    const auto made = folder_ / recipe.package.substr(recipe.package.rfind('/') + 1);
    TRY(go({"install", "-trimpath", linker_flags(recipe),
            recipe.package + "@v" + to_string(tool.version)},
           folder_));
    return moved(made, folder_ / tool.name);
  }

  /// From a module of our own that requires the tools' module.
  Result<> require(const std::vector<Target>& targets) const {
    const Target& first = targets.front();
    const auto work = folder_ / "module";
    TRY(make_folder(work));
    TRY(write_file(work / "go.mod", "module dpctl.invalid/build\n"));
    const auto theirs = TRY(their_go_mod(first, work));
    TRY(write_file(work / "go.mod",
                   requiring_go_mod(theirs, first.recipe->module, first.tool->version)));
    TRY(write_file(work / "tools.go", imports(targets)));
    TRY(go({"mod", "tidy"}, work));
    for (const auto& [tool, recipe] : targets) {
      const auto output = (folder_ / tool->name).string();
      TRY(go({"build", "-trimpath", linker_flags(*recipe), "-o", output, recipe->package}, work));
    }
    return {};
  }

 private:
  Result<Finished> go(std::vector<std::string> arguments, const fs::path& work) const {
    arguments.insert(arguments.begin(), go_.string());
    const Command command{.argv = std::move(arguments),
                          .env = {{"CGO_ENABLED", "0"},
                                  {"GOFLAGS", "-mod=mod"},
                                  {"GOWORK", "off"},
                                  {"GOBIN", folder_.string()}},
                          .cwd = work,
                          .log = log_};
    auto finished = TRY(host_.exec(command, stop_));
    if (!finished.ok()) {
      return fail(command_failed(command, finished, ExitCode::tool));
    }
    return finished;
  }

  Result<std::string> their_go_mod(const Target& target, const fs::path& work) const {
    const auto module = target.recipe->module + "@v" + to_string(target.tool->version);
    const auto finished = TRY(go({"mod", "download", "-json", module}, work));
    const auto told = TRY(parse_json(finished.out, "go mod download -json " + module));
    return read_file(string_at(told, "GoMod"));
  }

  static std::string imports(const std::vector<Target>& targets) {
    std::string text = "//go:build tools\n\npackage tools\n\nimport (\n";
    for (const auto& target : targets) {
      text += "\t_ \"" + target.recipe->package + "\"\n";
    }
    return text + ")\n";
  }

  static Result<> moved(const fs::path& from, const fs::path& to) {
    std::error_code code;
    fs::rename(from, to, code);
    if (code) {
      return fail(ExitCode::tool, "go built no " + from.string() + ": " + code.message());
    }
    return {};
  }

  fs::path go_;
  const ToolHost& host_;
  fs::path folder_;
  fs::path log_;
  std::stop_token stop_;
};

/// "old => new" or "old => new v1.2.3" of a replace directive, "" where `line` is none of these.
std::string replacement(std::string_view line, const ToolVersion& version) {
  line = trimmed(line.substr(0, line.find("//")));
  line.remove_prefix(line.starts_with("replace ") ? 8 : 0);
  const auto arrow = line.find("=>");
  if (arrow == std::string_view::npos) {
    return "";
  }
  const auto target = trimmed(line.substr(arrow + 2));
  if (!target.starts_with('.')) {
    return std::string(trimmed(line));
  }
  const std::string module(trimmed(line.substr(0, arrow)));
  const bool staged = target.starts_with("./staging/");
  return staged ? module + " => " + module + " v0." + std::to_string(version.minor) + "." +
                      std::to_string(version.patch)
                : "";
}

}  // namespace

std::string requiring_go_mod(std::string_view theirs, const std::string& module,
                             const ToolVersion& version) {
  std::string text = "module dpctl.invalid/build\n\n";
  std::string replacements;
  for (const auto line : lines_of(theirs)) {
    if (line.starts_with("go ")) {
      text += std::string(line) + "\n\n";
    }
    if (const auto one = replacement(line, version); !one.empty()) {
      replacements += "replace " + one + "\n";
    }
  }
  return text + "require " + module + " v" + to_string(version) + "\n\n" + replacements;
}

Result<> build_with_go(std::span<const KnownTool* const> tools, const ToolHost& host,
                       const fs::path& folder, const fs::path& log, const std::stop_token& stop) {
  std::vector<Target> targets;
  for (const auto* tool : tools) {
    if (!tool->go) {
      return fail(ExitCode::tool, tool->name + " is not built from a Go module by dpctl",
                  "use --from=release");
    }
    targets.push_back({.tool = tool, .recipe = &*tool->go});
  }
  const auto go = host.on_path("go");
  if (!go) {
    return fail(ExitCode::tool, "there is no go on PATH to build " + tools.front()->name,
                no_go_hint);
  }
  const GoBuild build(*go, host, folder, log, stop);
  const Target& first = targets.front();
  return first.recipe->method == GoMethod::install ? build.install(first) : build.require(targets);
}

}  // namespace dpctl
