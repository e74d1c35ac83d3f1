// SPDX-License-Identifier: Apache-2.0
// Drives kind: argv out, typed answers in.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tools/tool.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

struct PortMapping {
  int container_port = 0;
  int host_port = 0;
  std::string listen_address = "127.0.0.1";
};

struct HostMount {
  std::string host_path;
  std::string container_path;
  bool read_only = false;
};

struct KindSpec {
  std::string name;
  int control_planes = 1;  // more than one get a load balancer in front, which kind makes
  int workers = 0;
  std::string node_image = {};                     // empty: kind's default
  std::map<std::string, std::string> labels = {};  // on every node
  std::vector<PortMapping> ports = {};             // into the first control plane
  std::vector<HostMount> mounts = {};              // into every node
  Json overrides = Json::object();                 // fields of kind's Cluster, merged over all that
};

/// kind's Cluster. `overrides` win; a list in them ("nodes") replaces the list, but nodes without
/// an image or labels still get those of the spec.
Json render_kind_config(const KindSpec& spec);

class Kind {
 public:
  explicit Kind(Program tool) : tool_(std::move(tool)) {}

  /// Makes the cluster and writes `kubeconfig`. It does not wait for nodes, and leaves a half-made
  /// cluster standing where it fails, so that its logs can be exported.
  Result<> create(const KindSpec& spec, const std::filesystem::path& kubeconfig,
                  const ToolCall& call) const;

  /// Removes the cluster, and its context from `kubeconfig`; one that does not exist is fine.
  Result<> remove(const std::string& name, const std::filesystem::path& kubeconfig,
                  const ToolCall& call) const;

  Result<std::vector<std::string>> clusters(const ToolCall& call) const;

  /// Names of the nodes' containers, the load balancer left out; empty where there is no such
  /// cluster.
  Result<std::vector<std::string>> nodes(const std::string& name, const ToolCall& call) const;

  /// Writes what the nodes logged into `folder`.
  Result<> export_logs(const std::string& name, const std::filesystem::path& folder,
                       const ToolCall& call) const;

  /// Writes (merges) the cluster's context into `kubeconfig`.
  Result<> export_kubeconfig(const std::string& name, const std::filesystem::path& kubeconfig,
                             const ToolCall& call) const;

  /// Copies images that docker has into `nodes`; no nodes named: all of them.
  Result<> load_images(const std::string& name, const std::vector<std::string>& images,
                       const std::vector<std::string>& nodes, const ToolCall& call) const;

 private:
  Result<> run(std::vector<std::string> arguments, const ToolCall& call) const;

  Program tool_;
};

}  // namespace dpctl
