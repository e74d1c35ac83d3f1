// SPDX-License-Identifier: Apache-2.0
// Why an object is not ready: the object at the root of it, its last event, the end of its log, and
// a command to try.
#pragma once

#include <string>

#include "kube/client.hpp"
#include "kube/object.hpp"
#include "kube/readiness.hpp"
#include "util/result.hpp"

namespace dpctl {

struct Explanation {
  ObjectRef root;  // a pod, a PVC, or the object itself
  Reason reason = Reason::none;
  std::string message;
  std::string last_event;  // "Warning FailedScheduling 0/3 nodes are available…"; may be empty
  std::string log_tail;    // of the container at fault; may be empty
  std::string command;     // "kubectl -n spark describe pod x"
};

struct ExplainOptions {
  std::string kubectl = "kubectl";  // how a user must call it: "kubectl --context kind-dpctl"
  int log_lines = 20;
  ReadinessLimits limits = {};
  Call call = {};
};

/// Looks for the cause. What cannot be read is left out: it never fails. An object that does not
/// exist says so.
Explanation explain(KubeClient& client, const ObjectRef& ref, const ExplainOptions& options);

/// The explanation as a failure of waiting for `waited_for`.
Error explained_error(ExitCode code, const ObjectRef& waited_for, const Explanation& explanation);

}  // namespace dpctl
