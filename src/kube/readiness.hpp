// SPDX-License-Identifier: Apache-2.0
// Whether an object works, judged by what it says of itself. Pure; the rules of `kubectl rollout
// status` and kstatus.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "util/json.hpp"

namespace dpctl {

enum class ReadyState {
  ready,
  waiting,
  failed,  // it will not become ready by waiting
};

/// The closed list of causes (design §6). To_string gives the name that users see: "ImagePull".
enum class Reason {
  none,
  progressing,
  missing,
  image_pull,
  crash_loop,
  config_missing,  // a ConfigMap, Secret or key that a container asks for
  not_passing_probe,
  unschedulable,
  pvc_pending,
  webhook_down,
  quota_exceeded,
  forbidden,  // admission refuses its pods
  job_failed,
  pod_failed,
  deadline_exceeded,  // a Deployment's progress deadline
  not_established,    // a CRD or APIService that is not served
  node_not_ready,
  no_load_balancer,
  suspended,
  terminating,
  condition,  // a component's own condition
  timeout,
};

std::string_view to_string(Reason reason);

struct Readiness {
  ReadyState state = ReadyState::ready;
  Reason reason = Reason::none;
  std::string message = {};  // "0 of 1 available"
};

struct ReadinessLimits {
  int restarts = 5;  // restarts of one container, then CrashLoopBackOff is final
  std::set<std::string> late_binding =
      {};  // storage classes whose claims may stay Pending until a pod wants them
};

/// By the rules of its kind; a custom resource is ready if it exists and, where it has them, its
/// generation is observed and no condition Ready, Available or Stalled speaks against it; built-in
/// kinds without a rule are ready if they exist.
Readiness readiness_of(const Json& object, const ReadinessLimits& limits = {});

/// Pods that belong to the newest revision of a workload (Deployment, StatefulSet, DaemonSet,
/// ReplicaSet, Job), out of the pods and ReplicaSets of its namespace.
std::vector<const Json*> current_pods(const Json& workload, const std::vector<Json>& replica_sets,
                                      const std::vector<Json>& pods);

/// The pod that says most about why its workload is not ready; nullptr where all are ready.
const Json* worst_pod(const Json& workload, const std::vector<const Json*>& pods,
                      const ReadinessLimits& limits = {});

/// What a workload says of itself, and where it is not ready, what the worst of its pods says of
/// the reason.
Readiness readiness_with_pods(const Json& workload, const std::vector<const Json*>& pods,
                              const ReadinessLimits& limits = {});

/// The condition of that type in status.conditions, or nullptr.
const Json* condition_of(const Json& object, std::string_view type);

}  // namespace dpctl
