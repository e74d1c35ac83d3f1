// SPDX-License-Identifier: Apache-2.0
// Waiting for objects to become ready, or to be gone: by watches, with a deadline, telling what it
// waits for.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "kube/client.hpp"
#include "kube/object.hpp"
#include "kube/readiness.hpp"
#include "util/result.hpp"

namespace dpctl {

struct WaitTarget {
  ObjectRef ref;  // with the namespace that it really has: see KubeClient::locate
  std::function<Readiness(const Json& object)> rule = {};  // empty: readiness_of and its pods
};

struct WaitOptions {
  std::chrono::steady_clock::time_point deadline;
  std::stop_token stop = {};
  std::function<void(const std::string&)> note =
      {};  // "waiting for Deployment a/b: 0 of 1 available"; the calling thread
  ReadinessLimits limits = {};
  std::chrono::seconds unschedulable_grace{
      120};  // a pod that fits nowhere for so long will not fit (autoscalers need time)
  std::string kubectl = "kubectl";  // for the command that an error suggests
};

/// Returns when all are ready. Fails as soon as one can no longer become so (step_failed), at the
/// deadline (timed_out), both explained; or when asked to stop (interrupted). A target that does
/// not exist yet is waited for.
Result<> wait_until_ready(KubeClient& client, const std::vector<WaitTarget>& targets,
                          const WaitOptions& options);

struct TargetReadiness {
  ObjectRef ref;
  Readiness readiness;  // Reason::missing where it does not exist
};

/// How they stand now, in the order of `targets`: one look, no waiting.
Result<std::vector<TargetReadiness>> readiness_now(KubeClient& client,
                                                   const std::vector<WaitTarget>& targets,
                                                   const ReadinessLimits& limits, const Call& call);

/// Returns when none exists any more. At the deadline an Error (timed_out) that names each object
/// left and what holds it: its finalizers, or for a namespace what is left in it.
Result<> wait_until_gone(KubeClient& client, const std::vector<ObjectRef>& refs,
                         const WaitOptions& options);

}  // namespace dpctl
