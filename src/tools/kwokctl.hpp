// SPDX-License-Identifier: Apache-2.0
// Drives kwokctl with its binary runtime: a real API server, etcd and controllers as processes of
// this user.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/tool.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Paths of what kwokctl starts. It would download each that is missing, so all must be set.
struct KwokBinaries {
  std::filesystem::path etcd;
  std::filesystem::path kube_apiserver;
  std::filesystem::path kube_controller_manager;
  std::filesystem::path kube_scheduler;
  std::filesystem::path kwok;
  std::filesystem::path kubectl;  // named "kubectl": kwokctl has no flag for it and looks on PATH
};

struct KwokSpec {
  std::string name;
  KwokBinaries binaries;
  std::filesystem::path kubeconfig;  // gets a context "kwok-NAME"
  std::filesystem::path config;      // a KwokctlConfiguration: what has no flag
  std::chrono::seconds wait{60};
};

class Kwokctl {
 public:
  /// `workdir` holds all of kwok's clusters; the user's own (~/.kwok) and its kwok.yaml are left
  /// alone.
  Kwokctl(Program tool, const std::filesystem::path& workdir);

  /// Makes the cluster, or starts again the one of that name. Stages come from the API server
  /// alone: none is built in
  /// (--enable-crds=Stage), so pods and nodes stay as they are until some are applied. kwokctl
  /// exits 0 where the wait runs out, and leaves `kubeconfig` alone where the cluster runs already:
  /// ask the API server, and `kubeconfig` below.
  Result<> create(const KwokSpec& spec, const ToolCall& call) const;

  /// Stops and removes the cluster, and its context from `kubeconfig`; one that does not exist is
  /// fine.
  Result<> remove(const KwokSpec& spec, const ToolCall& call) const;

  Result<std::vector<std::string>> clusters(const ToolCall& call) const;

  /// Brings the pretend nodes NAME-000000, NAME-000001… to `replicas`. Each of `params` is
  /// "PATH=VALUE" of kwok's node template.
  Result<> scale_nodes(const std::string& cluster, const std::string& name, int replicas,
                       const std::vector<std::string>& params, const ToolCall& call) const;

  /// A kubeconfig of the cluster alone, with its credentials; nothing where there is no such
  /// cluster.
  Result<std::optional<std::string>> kubeconfig(const std::string& cluster,
                                                const ToolCall& call) const;

 private:
  Program tool_;
};

}  // namespace dpctl
