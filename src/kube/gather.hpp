// SPDX-License-Identifier: Apache-2.0
// Reading what belongs to an object: its pods, its events, and many objects at once.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kube/client.hpp"
#include "kube/object.hpp"
#include "kube/readiness.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Whether pods belong to objects of that kind: Deployment, ReplicaSet, StatefulSet, DaemonSet,
/// Job.
bool is_workload(const ObjectRef& ref);

/// The pods of a workload and, of a Deployment, its ReplicaSets.
struct WorkloadPods {
  std::vector<Json> replica_sets;
  std::vector<Json> pods;
};
Result<WorkloadPods> pods_of(KubeClient& client, const Json& workload, const Call& call);

/// The newest event about an object, warnings before others; null where there is none.
Result<Json> last_event(KubeClient& client, const Json& object, const Call& call);

/// "Warning FailedScheduling: 0/3 nodes are available".
std::string event_text(const Json& event);

/// Storage classes that bind a claim only when a pod wants it.
Result<std::set<std::string>> late_binding_classes(KubeClient& client, const Call& call);

/// The live objects, in the order of `refs`; kinds named often are listed instead of fetched one by
/// one.
Result<std::vector<std::optional<Json>>> get_all(KubeClient& client,
                                                 const std::vector<ObjectRef>& refs,
                                                 std::size_t connections, const Call& call);

}  // namespace dpctl
