// SPDX-License-Identifier: Apache-2.0
// What only kubectl can do: kubeconfig files with all that they may refer to, and port-forward. The
// rest goes over kube/.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/tool.hpp"
#include "util/process.hpp"
#include "util/result.hpp"

namespace dpctl {

/// A context of a kubeconfig, without its credentials.
struct KubeContext {
  std::string name;
  std::string cluster;
  std::string user;
  std::string ns;      // "default" where it names none
  std::string server;  // https://…
};

/// What is forwarded: `resource` as kubectl takes it ("service/spark-history").
struct PortForward {
  std::string ns;
  std::string resource;
  std::uint16_t local_port = 0;  // 0: kubectl picks one and prints it
  std::uint16_t remote_port = 0;
};

class Kubectl {
 public:
  explicit Kubectl(Program tool) : tool_(std::move(tool)) {}

  /// All contexts of a file; `kubeconfig` empty: of what $KUBECONFIG or ~/.kube/config says.
  Result<std::vector<KubeContext>> contexts(const std::filesystem::path& kubeconfig,
                                            const ToolCall& call) const;

  /// A context by its name, or nothing where the file has none of it.
  Result<std::optional<KubeContext>> context(const std::filesystem::path& kubeconfig,
                                             const std::string& name, const ToolCall& call) const;

  /// The text of one kubeconfig out of several files, certificates put in; of two entries with one
  /// name the earlier file's wins, and so does its current context. Holds credentials: write it
  /// with mode 0600.
  Result<std::string> merged(const std::vector<std::filesystem::path>& kubeconfigs,
                             const ToolCall& call) const;

  /// The text of a kubeconfig with one context alone, certificates put in. Holds credentials.
  Result<std::string> extracted(const KubeTarget& target, const ToolCall& call) const;

  /// Takes a context with its cluster and user out of a file; what is not there is fine.
  Result<> remove_context(const std::filesystem::path& kubeconfig, const KubeContext& context,
                          const ToolCall& call) const;

  /// The command that forwards a port from 127.0.0.1, for a BackgroundProcess.
  Command port_forward(const KubeTarget& target, const PortForward& what) const;

 private:
  Program tool_;
};

}  // namespace dpctl
