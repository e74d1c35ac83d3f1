// SPDX-License-Identifier: Apache-2.0
// Helm's releases as helm 3 and 4 keep them: Secrets, read through the API so that nothing to do
// starts no helm.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kube/client.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

inline constexpr std::string_view fingerprint_label = "dpctl.dev/fingerprint";

/// One revision of a release, from the labels of its Secret.
struct ReleaseRevision {
  std::string ns;
  std::string name;
  int revision = 0;
  std::string status;  // "deployed", "failed", "superseded", "pending-install", "pending-upgrade",
                       // "uninstalling"…
  std::string fingerprint;  // dpctl's label; empty where the release is not dpctl's
  std::string secret;       // the Secret's name
  std::string uid;
};

struct Release {
  ReleaseRevision latest;
  std::optional<ReleaseRevision> deployed;  // the newest one that is deployed
  bool pending() const { return latest.status.starts_with("pending-"); }
};

using ReleaseKey = std::pair<std::string, std::string>;  // namespace, name
using Releases = std::map<ReleaseKey, Release>;

/// All releases of the cluster, from one list of metadata.
Result<Releases> list_releases(KubeClient& client, const Call& call);

/// The same from the Secrets' metadata; pure.
Releases releases_of(const std::vector<Json>& secrets);

/// What a release consists of, from its Secret's payload.
struct ReleaseContent {
  std::string chart;  // "spark-operator"
  std::string chart_version;
  std::string manifest;            // YAML, several documents
  std::vector<std::string> hooks;  // YAML, one each
};

/// Decodes data.release of a Secret (base64 of base64 of gzipped JSON), bounded to 64 MB.
Result<ReleaseContent> decode_release(const Json& secret);

/// Fetches and decodes one revision.
Result<ReleaseContent> release_content(KubeClient& client, const ReleaseRevision& revision,
                                       const Call& call);

/// Removes that revision alone (what a dead run left pending); only if it is still the same Secret.
Result<> remove_revision(KubeClient& client, const ReleaseRevision& revision, const Call& call);

}  // namespace dpctl
