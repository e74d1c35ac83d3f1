// SPDX-License-Identifier: Apache-2.0
#include "platform/access_kubeconfig.hpp"

#include <utility>

namespace dpctl {

Result<ClusterEntry> read_cluster_entry(const Exec& exec, const KubeconfigSource& source,
                                        std::stop_token stop) {
  Command command{.argv = {source.kubectl.string(), "config", "view", "--raw", "--minify",
                           "--flatten", "-o", "json", "--context", source.context}};
  if (!source.kubeconfig.empty()) {
    command.argv.insert(command.argv.end(), {"--kubeconfig", source.kubeconfig.string()});
  }
  auto finished = TRY(exec(command, std::move(stop)));
  if (!finished.ok()) {
    finished.both = finished.err;  // what it wrote to stdout may hold the administrator's key
    return fail(command_failed(command, finished, ExitCode::unfit));
  }
  const auto config = TRY(parse_json(finished.out, "kubectl config view"));
  const auto& clusters = array_at(config, "clusters");
  if (clusters.empty() || string_at(clusters.front(), "cluster.server").empty()) {
    return fail(ExitCode::unfit, "the kubeconfig names no cluster for context " + source.context);
  }
  ClusterEntry entry{.name = string_at(clusters.front(), "name"),
                     .cluster = clusters.front()["cluster"]};
  entry.cluster.erase("extensions");
  return entry;
}

Json user_kubeconfig(const ClusterEntry& cluster, const std::string& user, const std::string& ns,
                     const Json& credentials) {
  const std::string name = user + "@" + cluster.name;
  Json context = {{"cluster", cluster.name}, {"user", name}};
  if (!ns.empty()) {
    context["namespace"] = ns;
  }
  return {{"apiVersion", "v1"},
          {"kind", "Config"},
          {"clusters", Json::array({{{"name", cluster.name}, {"cluster", cluster.cluster}}})},
          {"users", Json::array({{{"name", name}, {"user", credentials}}})},
          {"contexts", Json::array({{{"name", name}, {"context", std::move(context)}}})},
          {"current-context", name}};
}

}  // namespace dpctl
