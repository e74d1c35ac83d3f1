// SPDX-License-Identifier: Apache-2.0
#include "kube/readiness.hpp"

#include <array>
#include <map>
#include <utility>

#include "kube/object.hpp"
#include "kube/readiness_rules.hpp"

namespace dpctl {
namespace {

using detail::failed;
using detail::waiting;

/// By a condition that must be True.
Readiness by_condition(const Json& object, std::string_view type, Reason reason) {
  const Json* condition = condition_of(object, type);
  if (condition == nullptr) {
    return waiting(reason, std::string(type) + " is not known yet");
  }
  if (string_at(*condition, "status") == "True") {
    return {};
  }
  const std::string message = string_at(*condition, "message", string_at(*condition, "reason"));
  return waiting(reason, message.empty() ? std::string(type) + " is not True" : message);
}

Readiness crd_readiness(const Json& object) {
  const Json* names = condition_of(object, "NamesAccepted");
  if (names != nullptr && string_at(*names, "status") == "False") {
    return failed(Reason::not_established, string_at(*names, "message", "its names are taken"));
  }
  return by_condition(object, "Established", Reason::not_established);
}

Readiness claim_readiness(const Json& object, const ReadinessLimits& limits) {
  const std::string phase = string_at(object, "status.phase", "Pending");
  if (phase == "Bound") {
    return {};
  }
  if (phase == "Lost") {
    return failed(Reason::pvc_pending, "its volume is lost");
  }
  const bool selected =
      object_at(object, "metadata.annotations").contains("volume.kubernetes.io/selected-node");
  if (!selected && limits.late_binding.contains(string_at(object, "spec.storageClassName"))) {
    return {};  // bound when a pod wants it
  }
  return waiting(Reason::pvc_pending, "no volume is bound to it yet");
}

Readiness namespace_readiness(const Json& object) {
  return string_at(object, "status.phase", "Active") == "Active"
             ? Readiness{}
             : waiting(Reason::terminating, "it is being removed");
}

Readiness service_readiness(const Json& object) {
  const bool balanced = string_at(object, "spec.type") == "LoadBalancer";
  return balanced && array_at(object, "status.loadBalancer.ingress").empty()
             ? waiting(Reason::no_load_balancer, "it has no address from a load balancer yet")
             : Readiness{};
}

Readiness budget_readiness(const Json& object) {
  const long long healthy = int_at(object, "status.currentHealthy");
  const long long desired = int_at(object, "status.desiredHealthy");
  return healthy < desired ? waiting(Reason::progressing, std::to_string(healthy) + " of " +
                                                              std::to_string(desired) + " healthy")
                           : Readiness{};
}

Readiness volume_readiness(const Json& object) {
  return string_at(object, "status.phase") == "Failed"
             ? failed(Reason::pvc_pending, string_at(object, "status.message", "it failed"))
             : Readiness{};
}

/// Kinds without a rule: what most controllers say by convention.
Readiness common_readiness(const Json& object) {
  const Json* observed = find_path(object, "status.observedGeneration");
  if (observed != nullptr && !detail::is_observed(object)) {
    return waiting(Reason::progressing, "its controller has not seen the change yet");
  }
  const Json* stalled = condition_of(object, "Stalled");
  if (stalled != nullptr && string_at(*stalled, "status") == "True") {
    return failed(Reason::condition, string_at(*stalled, "message", "it is stalled"));
  }
  for (const char* type : {"Ready", "Available"}) {
    if (condition_of(object, type) != nullptr) {
      return by_condition(object, type, Reason::condition);
    }
  }
  return {};
}

using Rule = Readiness (*)(const Json&);

Readiness exists(const Json& /*object*/) { return {}; }

Rule rule_for(std::string_view api_version, const std::string& kind) {
  static const std::map<std::string, Rule, std::less<>> rules = {
      {"apps/Deployment", detail::deployment_readiness},
      {"apps/ReplicaSet", detail::replica_set_readiness},
      {"/ReplicationController", detail::replica_set_readiness},
      {"apps/StatefulSet", detail::stateful_set_readiness},
      {"apps/DaemonSet", detail::daemon_set_readiness},
      {"batch/Job", detail::job_readiness},
      {"apiextensions.k8s.io/CustomResourceDefinition", crd_readiness},
      {"apiregistration.k8s.io/APIService",
       [](const Json& object) {
         return by_condition(object, "Available", Reason::not_established);
       }},
      {"/Namespace", namespace_readiness},
      {"/Node",
       [](const Json& object) { return by_condition(object, "Ready", Reason::node_not_ready); }},
      {"/Service", service_readiness},
      {"/PersistentVolume", volume_readiness},
      {"policy/PodDisruptionBudget", budget_readiness},
  };
  const std::string group = group_of(api_version);
  if (const auto found = rules.find(group + "/" + kind); found != rules.end()) {
    return found->second;
  }
  return is_builtin_group(group) ? exists : common_readiness;
}

}  // namespace

std::string_view to_string(Reason reason) {
  static const std::map<Reason, std::string_view> names = {
      {Reason::none, "None"},
      {Reason::progressing, "Progressing"},
      {Reason::missing, "Missing"},
      {Reason::image_pull, "ImagePull"},
      {Reason::crash_loop, "CrashLoop"},
      {Reason::config_missing, "ConfigMissing"},
      {Reason::not_passing_probe, "NotPassingProbe"},
      {Reason::unschedulable, "Unschedulable"},
      {Reason::pvc_pending, "PvcPending"},
      {Reason::webhook_down, "WebhookDown"},
      {Reason::quota_exceeded, "QuotaExceeded"},
      {Reason::forbidden, "Forbidden"},
      {Reason::job_failed, "JobFailed"},
      {Reason::pod_failed, "PodFailed"},
      {Reason::deadline_exceeded, "DeadlineExceeded"},
      {Reason::not_established, "NotEstablished"},
      {Reason::node_not_ready, "NodeNotReady"},
      {Reason::no_load_balancer, "NoLoadBalancer"},
      {Reason::suspended, "Suspended"},
      {Reason::terminating, "Terminating"},
      {Reason::condition, "Condition"},
      {Reason::timeout, "Timeout"},
  };
  return names.at(reason);
}

Readiness readiness_of(const Json& object, const ReadinessLimits& limits) {
  if (!string_at(object, "metadata.deletionTimestamp").empty()) {
    return waiting(Reason::terminating, "it is being removed");
  }
  const std::string api_version = string_at(object, "apiVersion");
  const std::string kind = string_at(object, "kind");
  if (api_version == "v1" && kind == "Pod") {
    return detail::pod_readiness(object, limits);
  }
  if (api_version == "v1" && kind == "PersistentVolumeClaim") {
    return claim_readiness(object, limits);
  }
  return rule_for(api_version, kind)(object);
}

const Json* condition_of(const Json& object, std::string_view type) {
  for (const auto& condition : array_at(object, "status.conditions")) {
    if (string_at(condition, "type") == type) {
      return &condition;
    }
  }
  return nullptr;
}

}  // namespace dpctl
