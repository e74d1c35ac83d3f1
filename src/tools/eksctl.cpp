// SPDX-License-Identifier: Apache-2.0
#include "tools/eksctl.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/tool.hpp"
#include "util/json.hpp"
#include "util/process.hpp"
#include "util/result.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

bool says_no_cluster(const Finished& finished) {
  for (const std::string_view sign : {"ResourceNotFoundException", "No cluster found for name"}) {
    if (finished.both.find(sign) != std::string::npos) {
      return true;
    }
  }
  return false;
}

/// Some versions log a line or two to stdout before the answer, which begins with a bracket alone
/// on its line.
std::string_view json_part(std::string_view out) {
  std::size_t at = 0;
  for (const auto line : lines_of(out)) {
    if (line == "[" || line == "{" || line == "[]" || line == "null") {
      return out.substr(at);
    }
    at = out.find('\n', at) + 1;
  }
  return out;
}

std::map<std::string, std::string> tags_of(const Json& cluster) {
  std::map<std::string, std::string> tags;
  for (const auto& [name, value] : object_at(cluster, "Tags").items()) {
    tags[name] = value.is_string() ? value.get<std::string>() : "";
  }
  return tags;
}

}  // namespace

Result<> Eksctl::create_cluster(const std::filesystem::path& config,
                                const std::filesystem::path& kubeconfig,
                                std::chrono::seconds timeout, const ToolCall& call) const {
  TRY(run_tool_ok(
      tool_,
      {"create", "cluster", "--config-file", config.string(), "--kubeconfig", kubeconfig.string(),
       "--set-kubeconfig-context=false", "--timeout", go_duration(timeout)},
      call));
  return {};
}

Result<> Eksctl::create_node_groups(const std::filesystem::path& config,
                                    std::chrono::seconds timeout, const ToolCall& call) const {
  TRY(run_tool_ok(
      tool_,
      {"create", "nodegroup", "--config-file", config.string(), "--timeout", go_duration(timeout)},
      call));
  return {};
}

Result<std::string> Eksctl::dry_run(const std::filesystem::path& config,
                                    const ToolCall& call) const {
  return TRY(run_tool_ok(
                 tool_, {"create", "cluster", "--config-file", config.string(), "--dry-run"}, call))
      .out;
}

Result<std::optional<Json>> Eksctl::get(std::vector<std::string> arguments,
                                        const ToolCall& call) const {
  arguments.insert(arguments.begin(), "get");
  arguments.insert(arguments.end(), {"--output", "json"});
  const auto command = command_of(tool_, std::move(arguments), call);
  const auto finished = TRY(tool_.exec(command, call.stop));
  if (finished.ok()) {
    return std::optional(TRY(parse_json(json_part(finished.out), "eksctl get")));
  }
  if (says_no_cluster(finished)) {
    return std::optional<Json>();
  }
  return fail(command_failed(command, finished));
}

Result<std::optional<EksCluster>> Eksctl::cluster(const EksName& name, const ToolCall& call) const {
  const auto answer = TRY(get({"cluster", "--name", name.name, "--region", name.region}, call));
  if (!answer || !answer->is_array() || answer->empty()) {
    return std::optional<EksCluster>();
  }
  const auto& row = answer->at(0);
  return std::optional(EksCluster{.name = string_at(row, "Name"),
                                  .status = string_at(row, "Status"),
                                  .version = string_at(row, "Version"),
                                  .endpoint = string_at(row, "Endpoint"),
                                  .tags = tags_of(row)});
}

Result<std::optional<std::vector<EksNodeGroup>>> Eksctl::node_groups(const EksName& name,
                                                                     const ToolCall& call) const {
  const auto answer =
      TRY(get({"nodegroup", "--cluster", name.name, "--region", name.region}, call));
  if (!answer) {
    return std::optional<std::vector<EksNodeGroup>>();
  }
  std::vector<EksNodeGroup> groups;
  for (const auto& row : answer->is_array() ? *answer : Json::array()) {
    groups.push_back({.name = string_at(row, "Name"),
                      .status = string_at(row, "Status"),
                      .desired = int_at(row, "DesiredCapacity"),
                      .min = int_at(row, "MinSize"),
                      .max = int_at(row, "MaxSize"),
                      .instance_type = string_at(row, "InstanceType"),
                      .version = string_at(row, "Version")});
  }
  return std::optional(std::move(groups));
}

Result<> Eksctl::write_kubeconfig(const EksName& name, const std::filesystem::path& kubeconfig,
                                  const ToolCall& call) const {
  TRY(run_tool_ok(tool_,
                  {"utils", "write-kubeconfig", "--cluster", name.name, "--region", name.region,
                   "--kubeconfig", kubeconfig.string(), "--set-kubeconfig-context=false"},
                  call));
  return {};
}

Result<> Eksctl::remove_cluster(const EksName& name, const ToolCall& call) const {
  const auto command = command_of(tool_,
                                  {"delete", "cluster", "--name", name.name, "--region",
                                   name.region, "--wait", "--disable-nodegroup-eviction"},
                                  call);
  const auto finished = TRY(tool_.exec(command, call.stop));
  if (!finished.ok() && !says_no_cluster(finished)) {
    return fail(command_failed(command, finished));
  }
  return {};
}

}  // namespace dpctl
