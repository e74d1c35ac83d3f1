// SPDX-License-Identifier: Apache-2.0
// dpctl tools list|install|path: the programs that dpctl drives, and where they come from.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/context.hpp"
#include "cli/table.hpp"
#include "cli/verbs.hpp"
#include "profile/assets.hpp"
#include "tools/catalogue.hpp"
#include "tools/host.hpp"
#include "tools/install.hpp"
#include "tools/locate.hpp"
#include "tools/tool_list.hpp"
#include "tools/version.hpp"
#include "util/error.hpp"
#include "util/json.hpp"
#include "util/result.hpp"
#include "util/text.hpp"
#include "util/yaml.hpp"

namespace dpctl {
namespace {

using std::chrono::steady_clock;

struct ToolsOptions {
  std::string assets;
  std::string output;
  std::vector<std::string> names;
  std::string provider;
  InstallFrom from = InstallFrom::automatic;
  bool allow_unverified = false;
};

Result<std::unique_ptr<ToolBox>> toolbox(CliContext& context, const ToolsOptions& options) {
  Assets assets;
  if (!options.assets.empty()) {
    TRY(assets.add_folder(options.assets));
  }
  const auto file = TRY(assets.read("templates/tools.yaml"));
  auto catalogue = TRY(parse_tool_catalogue(file.text, file.name));
  return std::make_unique<ToolBox>(std::move(catalogue),
                                   ToolHost{.exec = context.processes().exec()});
}

Result<ExitCode> list(CliContext& context, const ToolsOptions& options) {
  const auto tools = TRY(toolbox(context, options));
  const auto listing = TRY(tool_listing(*tools, context.interrupt().token()));
  if (options.output != "table") {
    fmt::print("{}", options.output == "json" ? dump(listing, 2) + "\n" : emit_yaml(listing));
    return ExitCode::done;
  }
  std::vector<Row> rows;
  for (const auto& tool : listing) {
    Row row;
    for (const auto* column : {"name", "wanted", "accepted", "version", "state", "where"}) {
      const auto cell = string_at(tool, column);
      row.push_back(cell.empty() ? "-" : cell);
    }
    rows.push_back(std::move(row));
  }
  fmt::print("{}", table({"NAME", "WANTED", "ACCEPTED", "FOUND", "STATE", "WHERE"}, rows));
  return ExitCode::done;
}

Result<ExitCode> path(CliContext& context, const ToolsOptions& options) {
  const auto tools = TRY(toolbox(context, options));
  for (const auto& name : options.names) {
    const auto found = TRY(tools->require(name, context.interrupt().token()));
    fmt::print("{}\n", found.string());
  }
  return ExitCode::done;
}

/// The tools that were named, or that the provider needs; each once.
Result<std::vector<const KnownTool*>> asked_for(const ToolBox& tools, const ToolsOptions& options) {
  std::vector<const KnownTool*> wanted;
  wanted.reserve(options.names.size());
  for (const auto& name : options.names) {
    wanted.push_back(TRY(tools.catalogue().find(name)));
  }
  if (!options.provider.empty()) {
    const auto needed = TRY(tools.catalogue().tools_for(options.provider));
    wanted.insert(wanted.end(), needed.begin(), needed.end());
  }
  if (wanted.empty()) {
    return fail(ExitCode::usage, "no tools to install",
                "name them, or say --for kind, kwok, eks or existing");
  }
  std::set<const KnownTool*> seen;
  std::erase_if(wanted, [&](const KnownTool* tool) { return !seen.insert(tool).second; });
  return wanted;
}

/// A line per tool at the start of its download and every five seconds from then on.
auto progress_lines() {
  return [next = std::map<std::string, steady_clock::time_point>()](
             std::string_view tool, unsigned long long done, unsigned long long total) mutable {
    const auto now = steady_clock::now();
    auto& due = next.try_emplace(std::string(tool), now + std::chrono::seconds(1)).first->second;
    if (now >= due) {
      due = now + std::chrono::seconds(5);
      fmt::print(stderr, "{}: {}{}\n", tool, size_text(done),
                 total > 0 ? " of " + size_text(total) : "");
    }
  };
}

Result<ExitCode> install(CliContext& context, const ToolsOptions& options) {
  const auto tools = TRY(toolbox(context, options));
  const auto stop = context.interrupt().token();
  std::vector<const KnownTool*> lacking;
  for (const auto* tool : TRY(asked_for(*tools, options))) {
    const auto found = TRY(tools->look(tool->name, stop));
    if (found.state == ToolState::ok) {
      fmt::print(stderr, "{} {} is good enough: {}\n", tool->name,
                 to_string(found.version.value_or(ToolVersion{})), found.where.string());
    } else {
      lacking.push_back(tool);
    }
  }
  const InstallOptions how{.from = options.from,
                           .allow_unverified = options.allow_unverified,
                           .note = [](std::string_view line) { fmt::print(stderr, "{}\n", line); },
                           .progress = progress_lines()};
  for (const auto& tool : TRY(install_tools(lacking, tools->host(), how, stop))) {
    fmt::print("{}\n", tool.path.string());
  }
  return ExitCode::done;
}

void add_install(CLI::App& verb, CliContext& context,
                 const std::shared_ptr<ToolsOptions>& options) {
  auto* install_verb = verb.add_subcommand(
      "install", "Install tools into dpctl's cache, where PATH has none that is good enough");
  install_verb->add_option("NAME", options->names, "Tools of 'dpctl tools list'");
  install_verb->add_option("--for", options->provider,
                           "All that a cluster of this provider needs: kind, kwok, eks, existing");
  const std::map<std::string, InstallFrom> sources{
      {"auto", InstallFrom::automatic}, {"release", InstallFrom::release}, {"go", InstallFrom::go}};
  install_verb
      ->add_option("--from", options->from,
                   "release: as published; go: built from the Go module; auto: go where the "
                   "release cannot be had")
      ->transform(CLI::CheckedTransformer(sources))
      ->default_str("auto");
  install_verb->add_flag("--allow-unverified", options->allow_unverified,
                         "Take also what no digest vouches for");
  context.on_run(*install_verb, [&context, options] { return install(context, *options); });
}

}  // namespace

void add_tools_verb(CLI::App& app, CliContext& context) {
  const auto options = std::make_shared<ToolsOptions>();
  auto* verb = app.add_subcommand("tools", "The programs that dpctl drives: list and install them");
  verb->require_subcommand(1);
  verb->add_option("--assets", options->assets, "Folder that overrides built-in files")
      ->envname("DPCTL_ASSETS");

  auto* list_verb = verb->add_subcommand("list", "What is wanted, and what this machine has");
  add_output_option(*list_verb, options->output, {"table", "json", "yaml"});
  context.on_run(*list_verb, [&context, options] { return list(context, *options); });

  add_install(*verb, context, options);

  auto* path_verb = verb->add_subcommand("path", "Where a tool is that is good enough");
  path_verb->add_option("NAME", options->names, "The tool")->required();
  context.on_run(*path_verb, [&context, options] { return path(context, *options); });
}

}  // namespace dpctl
