// SPDX-License-Identifier: Apache-2.0
// The rules behind readiness_of, one per kind. Pure.
#pragma once

#include "kube/readiness.hpp"
#include "util/json.hpp"

namespace dpctl::detail {

inline Readiness waiting(Reason reason, std::string message) {
  return {.state = ReadyState::waiting, .reason = reason, .message = std::move(message)};
}

inline Readiness failed(Reason reason, std::string message) {
  return {.state = ReadyState::failed, .reason = reason, .message = std::move(message)};
}

/// Whether the controller has seen the newest spec.
bool is_observed(const Json& object);

/// What admission says of pods that it refused: quota, webhook, or a plain no.
Reason refusal_reason(std::string_view message);

Readiness deployment_readiness(const Json& object);
Readiness replica_set_readiness(const Json& object);
Readiness stateful_set_readiness(const Json& object);
Readiness daemon_set_readiness(const Json& object);
Readiness job_readiness(const Json& object);
Readiness pod_readiness(const Json& pod, const ReadinessLimits& limits);

}  // namespace dpctl::detail
