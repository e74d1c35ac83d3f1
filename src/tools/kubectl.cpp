// SPDX-License-Identifier: Apache-2.0
#include "tools/kubectl.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/tool.hpp"
#include "util/json.hpp"
#include "util/process.hpp"
#include "util/result.hpp"

namespace dpctl {

namespace {

/// The server of the cluster `name` in a kubeconfig.
std::string server_of(const Json& config, const std::string& name) {
  for (const auto& cluster : array_at(config, "clusters")) {
    if (string_at(cluster, "name") == name) {
      return string_at(cluster, "cluster.server");
    }
  }
  return "";
}

KubeContext context_of(const Json& config, const Json& entry) {
  const auto cluster = string_at(entry, "context.cluster");
  return {.name = string_at(entry, "name"),
          .cluster = cluster,
          .user = string_at(entry, "context.user"),
          .ns = string_at(entry, "context.namespace", "default"),
          .server = server_of(config, cluster)};
}

}  // namespace

Result<std::vector<KubeContext>> Kubectl::contexts(const std::filesystem::path& kubeconfig,
                                                   const ToolCall& call) const {
  std::vector<std::string> arguments = {"config", "view", "--output", "json"};
  if (!kubeconfig.empty()) {
    arguments.insert(arguments.end(), {"--kubeconfig", kubeconfig.string()});
  }
  const auto config = TRY(json_answer(tool_, std::move(arguments), call));
  std::vector<KubeContext> contexts;
  for (const auto& entry : array_at(config, "contexts")) {
    contexts.push_back(context_of(config, entry));
  }
  return contexts;
}

Result<std::optional<KubeContext>> Kubectl::context(const std::filesystem::path& kubeconfig,
                                                    const std::string& name,
                                                    const ToolCall& call) const {
  const auto all = TRY(contexts(kubeconfig, call));
  const auto found = std::ranges::find(all, name, &KubeContext::name);
  return found == all.end() ? std::optional<KubeContext>() : std::optional(*found);
}

Result<std::string> Kubectl::merged(const std::vector<std::filesystem::path>& kubeconfigs,
                                    const ToolCall& call) const {
  Program tool = tool_;
  auto& list = tool.env["KUBECONFIG"];
  for (const auto& path : kubeconfigs) {
    list += (list.empty() ? "" : ":") + path.string();
  }
  return secret_answer(tool, {"config", "view", "--flatten", "--raw"}, call);
}

Result<std::string> Kubectl::extracted(const KubeTarget& target, const ToolCall& call) const {
  return secret_answer(tool_,
                       {"config", "view", "--kubeconfig", target.kubeconfig.string(), "--context",
                        target.context, "--minify", "--flatten", "--raw"},
                       call);
}

Result<> Kubectl::remove_context(const std::filesystem::path& kubeconfig,
                                 const KubeContext& context, const ToolCall& call) const {
  const std::array<std::pair<const char*, const std::string*>, 3> parts = {
      {{"delete-context", &context.name},
       {"delete-cluster", &context.cluster},
       {"delete-user", &context.user}}};
  for (const auto& [verb, name] : parts) {
    const auto command =
        command_of(tool_, {"config", verb, *name, "--kubeconfig", kubeconfig.string()}, call);
    const auto finished = TRY(tool_.exec(command, call.stop));
    // "cannot delete context x, not in FILE", and likewise for the others.
    if (!finished.ok() && finished.err.find(", not in ") == std::string::npos) {
      return fail(command_failed(command, finished));
    }
  }
  return {};
}

Command Kubectl::port_forward(const KubeTarget& target, const PortForward& what) const {
  const auto local = what.local_port == 0 ? "" : std::to_string(what.local_port);
  return command_of(tool_,
                    {"port-forward", "--kubeconfig", target.kubeconfig.string(), "--context",
                     target.context, "--namespace", what.ns, "--address", "127.0.0.1",
                     what.resource, local + ":" + std::to_string(what.remote_port)},
                    {});
}

}  // namespace dpctl
