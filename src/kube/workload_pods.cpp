// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "kube/object.hpp"
#include "kube/readiness.hpp"

namespace dpctl {
namespace {

constexpr const char* revision_annotation = "deployment.kubernetes.io/revision";
constexpr const char* generation_annotation = "deprecated.daemonset.template.generation";

bool is_owned_by(const Json& object, const std::string& uid) {
  return std::ranges::any_of(array_at(object, "metadata.ownerReferences"),
                             [&](const Json& owner) { return string_at(owner, "uid") == uid; });
}

std::string entry(const Json& texts, const char* name) {
  const auto found = texts.find(name);
  return found != texts.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string annotation(const Json& object, const char* name) {
  return entry(object_at(object, "metadata.annotations"), name);
}

std::string label(const Json& object, const char* name) {
  return entry(object_at(object, "metadata.labels"), name);
}

/// The uid of the ReplicaSet of a Deployment's newest revision, "" where there is none yet.
std::string newest_replica_set(const Json& deployment, const std::vector<Json>& replica_sets) {
  const std::string uid = string_at(deployment, "metadata.uid");
  for (const auto& set : replica_sets) {
    if (is_owned_by(set, uid) &&
        annotation(set, revision_annotation) == annotation(deployment, revision_annotation)) {
      return string_at(set, "metadata.uid");
    }
  }
  return "";
}

/// Whether a pod is of the newest revision of the StatefulSet or DaemonSet that owns it.
bool is_newest(const Json& workload, const Json& pod) {
  const std::string kind = string_at(workload, "kind");
  if (kind == "StatefulSet") {
    const std::string revision = string_at(workload, "status.updateRevision");
    return revision.empty() || label(pod, "controller-revision-hash") == revision;
  }
  if (kind == "DaemonSet") {
    const std::string generation = annotation(workload, generation_annotation);
    return generation.empty() || label(pod, "pod-template-generation") == generation;
  }
  return true;
}

/// How much a state says about the cause: failures first, then causes by name, then mere progress.
int weight(const Readiness& readiness) {
  if (readiness.state == ReadyState::ready) {
    return 0;
  }
  if (readiness.state == ReadyState::failed) {
    return 3;
  }
  return readiness.reason == Reason::progressing ? 1 : 2;
}

/// How a pod stands as part of its workload.
Readiness pod_of(const Json& workload, const Json& pod, const ReadinessLimits& limits) {
  Readiness found = readiness_of(pod, limits);
  if (string_at(workload, "kind") == "Job" && found.reason == Reason::pod_failed) {
    found.state = ReadyState::waiting;  // the Job itself says when its tries are used up
  }
  return found;
}

}  // namespace

std::vector<const Json*> current_pods(const Json& workload, const std::vector<Json>& replica_sets,
                                      const std::vector<Json>& pods) {
  const bool deployment = string_at(workload, "kind") == "Deployment";
  const std::string owner =
      deployment ? newest_replica_set(workload, replica_sets) : string_at(workload, "metadata.uid");
  const bool job = string_at(workload, "kind") == "Job";
  std::vector<const Json*> current;
  for (const auto& pod : pods) {
    const bool gone =
        !string_at(pod, "metadata.deletionTimestamp").empty() ||
        (!job && string_at(pod, "status.phase") == "Failed");  // evicted: it is replaced
    if (!owner.empty() && !gone && is_owned_by(pod, owner) && is_newest(workload, pod)) {
      current.push_back(&pod);
    }
  }
  return current;
}

const Json* worst_pod(const Json& workload, const std::vector<const Json*>& pods,
                      const ReadinessLimits& limits) {
  const Json* worst = nullptr;
  for (const Json* pod : pods) {
    const int found = weight(pod_of(workload, *pod, limits));
    if (found > (worst == nullptr ? 0 : weight(pod_of(workload, *worst, limits)))) {
      worst = pod;
    }
  }
  return worst;
}

Readiness readiness_with_pods(const Json& workload, const std::vector<const Json*>& pods,
                              const ReadinessLimits& limits) {
  const Readiness own = readiness_of(workload, limits);
  const bool final = own.state == ReadyState::failed && own.reason != Reason::deadline_exceeded;
  if (own.state == ReadyState::ready || final) {
    return own;
  }
  const Json* worst = worst_pod(workload, pods, limits);
  if (worst == nullptr) {
    return own;
  }
  Readiness found = pod_of(workload, *worst, limits);
  found.message =
      own.message + "; pod " + string_at(*worst, "metadata.name") + ": " + found.message;
  if (own.state == ReadyState::failed) {
    found.state = own.state;
  }
  if (found.reason == Reason::progressing) {
    found.reason = own.reason;
  }
  return found;
}

}  // namespace dpctl
