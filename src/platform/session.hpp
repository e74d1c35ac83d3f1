// SPDX-License-Identifier: Apache-2.0
// What one run works with: the profile, the tools, and the connection to its cluster once there is
// one.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "kube/apply.hpp"
#include "kube/client.hpp"
#include "kube/inventory.hpp"
#include "kube/lease.hpp"
#include "kube/proxy.hpp"
#include "kube/release.hpp"
#include "plan/step.hpp"
#include "profile/assets.hpp"
#include "profile/profile.hpp"
#include "tools/locate.hpp"
#include "tools/tool.hpp"
#include "util/process.hpp"
#include "util/result.hpp"

namespace dpctl {

/// What a user allowed on the command line.
struct Consent {
  bool yes = false;                             // --yes: no question is asked
  OnConflict on_conflict = OnConflict::refuse;  // --take-over
  bool keep_data = false;                       // --keep-data: clean leaves volumes and buckets
};

class Session {
 public:
  /// Takes all it needs for one run; starts nothing. Fails where the state folder or the tool
  /// catalogue cannot be used.
  static Result<std::unique_ptr<Session>> create(Profile profile, Assets assets, Exec exec,
                                                 Consent consent);

  const Profile& profile() const { return profile_; }
  const Assets& assets() const { return assets_; }
  const Exec& exec() const { return exec_; }
  const Consent& consent() const { return consent_; }

  /// Path of a tool that is good enough; fails with ExitCode::tool and how to get it.
  Result<std::filesystem::path> tool(std::string_view name, std::stop_token stop);

  /// The tool as a driver calls it; fails with ExitCode::tool.
  Result<Program> program(std::string_view name, std::stop_token stop);

  /// Where this cluster's kubeconfig, logs, lock and journal lie.
  const std::filesystem::path& folder() const { return folder_; }
  /// dpctl's own kubeconfig for the cluster; for an existing cluster the user's (empty: as kubectl
  /// finds it).
  std::filesystem::path kubeconfig() const;
  /// The context in it that names the cluster; empty before an EKS cluster's kubeconfig is written.
  std::string context() const;

  /// What the step that looks after the cluster found. Until it said so, the cluster counts as
  /// absent.
  void cluster_found(bool there) { cluster_there_ = there; }
  bool cluster_there() const { return cluster_there_; }

  /// The client of the cluster; the first call starts the proxy. Thread-safe; lives as long as the
  /// session, or until disconnect().
  Result<KubeClient*> cluster(std::stop_token stop);
  /// The inventory of the profile, read at the first call.
  Result<Inventory*> inventory(const Call& call);
  /// Helm's releases as they stood at the first call.
  Result<const Releases*> releases(const Call& call);
  /// Takes the lock of this profile in the cluster, held until disconnect() or the end of the
  /// session.
  Result<> lock_cluster(const Call& call);
  /// Gives the lock back.
  void unlock_cluster();
  /// Ends the proxy and gives the lock back: before the cluster itself goes.
  void disconnect();

 private:
  Session(Profile profile, Assets assets, Exec exec, Consent consent,
          std::unique_ptr<ToolBox> tools);

  Profile profile_;
  Assets assets_;
  Exec exec_;
  Consent consent_;
  std::unique_ptr<ToolBox> tools_;
  std::filesystem::path folder_;
  std::atomic<bool> cluster_there_ = false;

  std::mutex mutex_;  // of all below; each is built at its first use
  std::unique_ptr<KubectlProxy> proxy_;
  std::unique_ptr<KubeClient> client_;
  std::optional<Inventory> inventory_;
  std::optional<Releases> releases_;
  std::optional<RunLease> lease_;
};

/// How a step calls the cluster: stop, notes and all.
Call call_of(const StepContext& context);

/// How a step calls a tool: stop and log.
ToolCall tool_call_of(const StepContext& context);

/// What a check says where there is no cluster yet.
State no_cluster_yet();

}  // namespace dpctl
