// SPDX-License-Identifier: Apache-2.0
// Drives helm 4: argv out, typed answers in.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/chart_source.hpp"
#include "tools/tool.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// A release by its place in the cluster.
struct ReleaseName {
  std::string name;
  std::string ns;
};

enum class ChartCrds { install, skip };

struct HelmUpgrade {
  ReleaseName release;
  ChartSource chart;
  Json values = Json::object();
  std::map<std::string, std::string> labels =
      {};                             // on the release's Secret; values of 63 characters at most
  std::chrono::seconds timeout{300};  // for hooks: nothing else is waited for
  ChartCrds crds = ChartCrds::install;
  bool force_conflicts = false;  // mends fields that somebody edited by hand
  bool take_ownership = false;   // takes objects over that are not of this release
};

struct HelmTemplate {
  ReleaseName release;
  ChartSource chart;
  Json values = Json::object();
  std::string kube_version = {};  // empty: helm's own idea
  std::vector<std::string> api_versions =
      {};  // what the cluster offers beyond that: "cert-manager.io/v1"
  ChartCrds crds = ChartCrds::install;
};

/// A row of `helm list` and `helm history`.
struct ReleaseInfo {
  std::string name;
  std::string ns;
  long long revision = 0;
  std::string status;  // "deployed", "failed", "pending-install", …
  std::string chart;   // "spark-operator-2.5.2"
  std::string app_version;
};

struct ChartInfo {
  std::string name;
  std::string version;
  std::string app_version;
};

struct PulledChart {
  std::filesystem::path archive;
  std::string sha256;  // lower-case hex, of the archive
};

class Helm {
 public:
  /// Variables that would lead helm to another cluster or another store of releases than the flags
  /// say are emptied.
  Helm(Program tool, KubeTarget target);

  /// `helm upgrade --install`. Values go by a file (0600) that is gone when this returns.
  Result<> upgrade_install(const HelmUpgrade& what, const ToolCall& call) const;

  /// Waits until the release's objects are gone; a release that is not there is fine.
  Result<> uninstall(const ReleaseName& release, std::chrono::seconds timeout,
                     const ToolCall& call) const;

  /// The manifests that helm would install, hooks and tests included; asks no cluster.
  Result<std::string> render(const HelmTemplate& what, const ToolCall& call) const;

  /// The latest revision of every release in every namespace, whatever its status.
  Result<std::vector<ReleaseInfo>> list(const ToolCall& call) const;

  /// All revisions that are kept, oldest first; empty where there is no such release.
  Result<std::vector<ReleaseInfo>> history(const ReleaseName& release, const ToolCall& call) const;

  /// The manifests of the latest revision as YAML; nothing where there is no such release.
  Result<std::optional<std::string>> manifest(const ReleaseName& release,
                                              const ToolCall& call) const;

  /// What the chart's Chart.yaml says.
  Result<ChartInfo> show_chart(const ChartSource& chart, const ToolCall& call) const;

  /// The documents of the chart's crds/ folder, as YAML.
  Result<std::string> show_crds(const ChartSource& chart, const ToolCall& call) const;

  /// Fetches the chart's archive into `folder`, which must be empty.
  Result<PulledChart> pull(const ChartSource& chart, const std::filesystem::path& folder,
                           const ToolCall& call) const;

 private:
  std::vector<std::string> at_cluster(std::vector<std::string> arguments) const;

  Program tool_;
  KubeTarget target_;
};

}  // namespace dpctl
