// SPDX-License-Identifier: Apache-2.0
#include "tools/kind.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tools/tool.hpp"
#include "util/json.hpp"
#include "util/process.hpp"
#include "util/result.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

Json render_node(const KindSpec& spec, const char* role) {
  Json node = {{"role", role}};
  for (const auto& mount : spec.mounts) {
    node["extraMounts"].push_back({{"hostPath", mount.host_path},
                                   {"containerPath", mount.container_path},
                                   {"readOnly", mount.read_only}});
  }
  return node;
}

Json render_nodes(const KindSpec& spec) {
  Json nodes = Json::array();
  for (int i = 0; i < spec.control_planes; ++i) {
    nodes.push_back(render_node(spec, "control-plane"));
  }
  for (int i = 0; i < spec.workers; ++i) {
    nodes.push_back(render_node(spec, "worker"));
  }
  for (const auto& port : spec.ports) {
    nodes.at(0)["extraPortMappings"].push_back({{"containerPort", port.container_port},
                                                {"hostPort", port.host_port},
                                                {"listenAddress", port.listen_address},
                                                {"protocol", "TCP"}});
  }
  return nodes;
}

void complete_node(Json& node, const KindSpec& spec) {
  if (!spec.node_image.empty() && !node.contains("image")) {
    node["image"] = spec.node_image;
  }
  if (!spec.labels.empty()) {
    Json labels = spec.labels;
    merge_into(labels, object_at(node, "labels"));
    node["labels"] = std::move(labels);
  }
}

}  // namespace

Json render_kind_config(const KindSpec& spec) {
  Json config = {{"kind", "Cluster"},
                 {"apiVersion", "kind.x-k8s.io/v1alpha4"},
                 {"name", spec.name},
                 {"nodes", render_nodes(spec)}};
  merge_into(config, spec.overrides);
  for (auto& node : config["nodes"]) {
    complete_node(node, spec);
  }
  return config;
}

Result<> Kind::run(std::vector<std::string> arguments, const ToolCall& call) const {
  TRY(run_tool_ok(tool_, std::move(arguments), call));
  return {};
}

Result<> Kind::create(const KindSpec& spec, const std::filesystem::path& kubeconfig,
                      const ToolCall& call) const {
  auto command = command_of(tool_,
                            {"create", "cluster", "--name", spec.name, "--config", "-",
                             "--kubeconfig", kubeconfig.string(), "--retain", "--wait", "0s"},
                            call);
  command.stdin_text = dump(render_kind_config(spec), 2);
  TRY(run_ok(tool_.exec, command, call.stop));
  return {};
}

Result<> Kind::remove(const std::string& name, const std::filesystem::path& kubeconfig,
                      const ToolCall& call) const {
  return run({"delete", "cluster", "--name", name, "--kubeconfig", kubeconfig.string()}, call);
}

Result<std::vector<std::string>> Kind::clusters(const ToolCall& call) const {
  return answer_lines(TRY(run_tool_ok(tool_, {"get", "clusters"}, call)));
}

Result<std::vector<std::string>> Kind::nodes(const std::string& name, const ToolCall& call) const {
  return answer_lines(TRY(run_tool_ok(tool_, {"get", "nodes", "--name", name}, call)));
}

Result<> Kind::export_logs(const std::string& name, const std::filesystem::path& folder,
                           const ToolCall& call) const {
  return run({"export", "logs", folder.string(), "--name", name}, call);
}

Result<> Kind::export_kubeconfig(const std::string& name, const std::filesystem::path& kubeconfig,
                                 const ToolCall& call) const {
  return run({"export", "kubeconfig", "--name", name, "--kubeconfig", kubeconfig.string()}, call);
}

Result<> Kind::load_images(const std::string& name, const std::vector<std::string>& images,
                           const std::vector<std::string>& nodes, const ToolCall& call) const {
  if (images.empty()) {
    return {};
  }
  std::vector<std::string> arguments = {"load", "docker-image"};
  arguments.insert(arguments.end(), images.begin(), images.end());
  arguments.insert(arguments.end(), {"--name", name});
  if (!nodes.empty()) {
    arguments.insert(arguments.end(), {"--nodes", join(nodes, ",")});
  }
  return run(std::move(arguments), call);
}

}  // namespace dpctl
