// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <utility>

#include "kube/readiness_rules.hpp"
#include "kube/status.hpp"

namespace dpctl::detail {
namespace {

std::string of(long long part, long long whole, std::string_view what) {
  return std::to_string(part) + " of " + std::to_string(whole) + " " + std::string(what);
}

bool is_true(const Json* condition) {
  return condition != nullptr && string_at(*condition, "status") == "True";
}

Readiness not_observed() {
  return waiting(Reason::progressing, "its controller has not seen the change yet");
}

Readiness progressing(std::string message) {
  return waiting(Reason::progressing, std::move(message));
}

}  // namespace

bool is_observed(const Json& object) {
  return int_at(object, "status.observedGeneration") >= int_at(object, "metadata.generation");
}

Reason refusal_reason(std::string_view message) {
  if (message.find("exceeded quota") != std::string_view::npos ||
      message.find("failed quota") != std::string_view::npos) {
    return Reason::quota_exceeded;
  }
  return is_webhook_transport_error(message) ? Reason::webhook_down : Reason::forbidden;
}

Readiness deployment_readiness(const Json& object) {
  if (!is_observed(object)) {
    return not_observed();
  }
  const Json* progress = condition_of(object, "Progressing");
  if (progress != nullptr && string_at(*progress, "reason") == "ProgressDeadlineExceeded") {
    return failed(Reason::deadline_exceeded,
                  string_at(*progress, "message", "its progress deadline passed"));
  }
  const long long wanted = int_at(object, "spec.replicas", 1);
  const long long all = int_at(object, "status.replicas");
  const long long updated = int_at(object, "status.updatedReplicas");
  const long long available = int_at(object, "status.availableReplicas");
  if (const Json* failure = condition_of(object, "ReplicaFailure");
      is_true(failure) && available < wanted) {
    const std::string message = string_at(*failure, "message");
    return waiting(refusal_reason(message), message);
  }
  if (updated < wanted) {
    return progressing(of(updated, wanted, "updated"));
  }
  if (all > updated) {
    return progressing(std::to_string(all - updated) + " old replicas still run");
  }
  return available < updated ? progressing(of(available, updated, "available")) : Readiness{};
}

Readiness replica_set_readiness(const Json& object) {
  if (!is_observed(object)) {
    return not_observed();
  }
  const long long wanted = int_at(object, "spec.replicas", 1);
  const long long available = int_at(object, "status.availableReplicas");
  if (const Json* failure = condition_of(object, "ReplicaFailure");
      is_true(failure) && available < wanted) {
    const std::string message = string_at(*failure, "message");
    return waiting(refusal_reason(message), message);
  }
  return available < wanted ? progressing(of(available, wanted, "available")) : Readiness{};
}

Readiness stateful_set_readiness(const Json& object) {
  if (!is_observed(object)) {
    return not_observed();
  }
  const long long wanted = int_at(object, "spec.replicas", 1);
  const long long ready = int_at(object, "status.readyReplicas");
  if (ready < wanted) {
    return progressing(of(ready, wanted, "ready"));
  }
  if (string_at(object, "spec.updateStrategy.type") == "OnDelete") {
    return {};  // its pods change when somebody deletes them: nothing to wait for
  }
  const long long partition = int_at(object, "spec.updateStrategy.rollingUpdate.partition");
  const long long updated = int_at(object, "status.updatedReplicas");
  if (partition > 0) {
    const long long moving = std::max(0LL, wanted - partition);
    return updated < moving ? progressing(of(updated, moving, "updated")) : Readiness{};
  }
  if (string_at(object, "status.updateRevision") != string_at(object, "status.currentRevision")) {
    return progressing(of(updated, wanted, "updated"));
  }
  return {};
}

Readiness daemon_set_readiness(const Json& object) {
  if (!is_observed(object)) {
    return not_observed();
  }
  const long long wanted = int_at(object, "status.desiredNumberScheduled");
  const long long updated = int_at(object, "status.updatedNumberScheduled");
  const long long available = int_at(object, "status.numberAvailable");
  const bool on_delete = string_at(object, "spec.updateStrategy.type") == "OnDelete";
  if (!on_delete && updated < wanted) {
    return progressing(of(updated, wanted, "updated"));
  }
  return available < wanted ? progressing(of(available, wanted, "available")) : Readiness{};
}

Readiness job_readiness(const Json& object) {
  if (is_true(condition_of(object, "Complete"))) {
    return {};
  }
  if (const Json* failure = condition_of(object, "Failed"); is_true(failure)) {
    return failed(Reason::job_failed,
                  string_at(*failure, "message", string_at(*failure, "reason")));
  }
  if (bool_at(object, "spec.suspend")) {
    return waiting(Reason::suspended, "it is suspended");
  }
  return progressing(
      of(int_at(object, "status.succeeded"), int_at(object, "spec.completions", 1), "succeeded"));
}

}  // namespace dpctl::detail
