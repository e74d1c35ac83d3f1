// SPDX-License-Identifier: Apache-2.0
// Drives eksctl: argv out, typed answers in. Credentials come from the environment, as AWS's tools
// read them.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/tool.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

struct EksName {
  std::string name;
  std::string region;
};

struct EksCluster {
  std::string name;
  std::string status;    // "CREATING", "ACTIVE", "DELETING", "FAILED", "UPDATING"
  std::string version;   // "1.35"
  std::string endpoint;  // empty while it is created
  std::map<std::string, std::string> tags;
};

struct EksNodeGroup {
  std::string name;
  std::string
      status;  // managed: "ACTIVE", "CREATING"…; unmanaged: of its stack, "CREATE_COMPLETE"…
  long long desired = 0;
  long long min = 0;
  long long max = 0;
  std::string instance_type;
  std::string version;
};

class Eksctl {
 public:
  explicit Eksctl(Program tool) : tool_(std::move(tool)) {}

  /// Creates the cluster of a ClusterConfig file; its context goes into `kubeconfig`, which does
  /// not become the current one. `timeout` is for each operation of eksctl, not for all of it.
  Result<> create_cluster(const std::filesystem::path& config,
                          const std::filesystem::path& kubeconfig, std::chrono::seconds timeout,
                          const ToolCall& call) const;

  /// Creates the node groups of the file that the cluster does not have.
  Result<> create_node_groups(const std::filesystem::path& config, std::chrono::seconds timeout,
                              const ToolCall& call) const;

  /// The whole ClusterConfig as eksctl completes it; creates nothing, but asks AWS.
  Result<std::string> dry_run(const std::filesystem::path& config, const ToolCall& call) const;

  /// Nothing where there is no such cluster.
  Result<std::optional<EksCluster>> cluster(const EksName& name, const ToolCall& call) const;

  /// Nothing where there is no such cluster.
  Result<std::optional<std::vector<EksNodeGroup>>> node_groups(const EksName& name,
                                                               const ToolCall& call) const;

  /// Writes the cluster's context into `kubeconfig`.
  Result<> write_kubeconfig(const EksName& name, const std::filesystem::path& kubeconfig,
                            const ToolCall& call) const;

  /// Deletes the cluster with its node groups and waits for it; PodDisruptionBudgets do not hold it
  /// up. One that does not exist is fine. eksctl knows no time limit here: ToolCall::timeout is the
  /// only one.
  Result<> remove_cluster(const EksName& name, const ToolCall& call) const;

 private:
  Result<std::optional<Json>> get(std::vector<std::string> arguments, const ToolCall& call) const;

  Program tool_;
};

}  // namespace dpctl
