// SPDX-License-Identifier: Apache-2.0
// When a component counts as ready: the rules that it states, else every workload of it rolled out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kube/readiness.hpp"
#include "kube/wait.hpp"
#include "plan/step.hpp"
#include "platform/render.hpp"
#include "platform/session.hpp"
#include "util/result.hpp"

namespace dpctl {

/// What a component says of the readiness of its objects.
struct ReadyRules {
  std::string ns;  // of the component
  std::vector<ReadyRule> ready;
  std::vector<FailedRule> failed;
  SourcePos where;  // of its component.yaml
};

ReadyRules rules_of(const Rendered& rendered);

/// How an object of that kind (and name) is judged: by the component's expressions where it has
/// any, else empty.
std::function<Readiness(const Json&)> rule_for(const ReadyRules& rules, const ObjectRef& ref);

/// The custom resources among `objects` that the component has a rule for: what applying them waits
/// for.
std::vector<WaitTarget> custom_targets(const ReadyRules& rules, const std::vector<Json>& objects);

/// The workloads, PVCs and jobs among `objects`, and what `rules` name expressly.
std::vector<WaitTarget> workload_targets(const ReadyRules& rules, const std::vector<Json>& objects);

/// Waits until all targets are ready, telling the step's notes what it waits for.
Result<> wait_for(Session& session, const std::vector<WaitTarget>& targets, StepContext& context);

}  // namespace dpctl
