// SPDX-License-Identifier: Apache-2.0
// The step of a component that waits until its workloads are ready, and that tells status why they
// are not.
#include <string>
#include <utility>
#include <vector>

#include "kube/explain.hpp"
#include "platform/component_steps.hpp"
#include "platform/ready_rules.hpp"
#include "platform/release_objects.hpp"

namespace dpctl {

namespace {

// The component's workloads: those of its manifests, and those that its chart made.
Result<std::vector<WaitTarget>> targets_now(Session& session, const Component& component,
                                            const ReadyRules& rules, std::vector<Json> objects,
                                            const Call& call) {
  if (component.chart) {
    const auto release = TRY(find_release(session, release_key(component), call));
    if (release && release->deployed) {
      for (auto& object : TRY(objects_of_release(session, *release->deployed, call))) {
        objects.push_back(std::move(object));
      }
    }
  }
  return workload_targets(rules, objects);
}

Result<State> state_now(Session& session, const std::vector<WaitTarget>& targets,
                        StepContext& context) {
  auto* client = TRY(session.cluster(context.stop));
  const auto call = call_of(context);
  State state;
  for (const auto& target : TRY(readiness_now(*client, targets, {}, call))) {
    if (target.readiness.state == ReadyState::ready) {
      continue;
    }
    state.condition = Condition::not_ready;
    const auto cause = explain(*client, target.ref, {.call = call});
    std::string reason = to_string(target.ref) + ": " + target.readiness.message;
    if (cause.reason != Reason::none && !cause.message.empty()) {
      reason += " (" + std::string(to_string(cause.reason)) + ": " + cause.message +
                "; try: " + cause.command + ")";
    }
    state.reasons.push_back(std::move(reason));
  }
  return state;
}

}  // namespace

Step ready_step(Session& session, const Rendered& rendered) {
  const Component* component = rendered.component;
  const auto rules = rules_of(rendered);
  Step step{.id = component->name + "/ready", .title = component->name + ": ready"};
  step.check = [&session, component, rules,
                objects = rendered.objects](StepContext& context) -> Result<State> {
    if (!session.cluster_there()) {
      return no_cluster_yet();
    }
    const auto targets = TRY(targets_now(session, *component, rules, objects, call_of(context)));
    return state_now(session, targets, context);
  };
  step.apply = [&session, component, rules,
                objects = rendered.objects](StepContext& context) -> Result<> {
    const auto targets = TRY(targets_now(session, *component, rules, objects, call_of(context)));
    return wait_for(session, targets, context);
  };
  return step;
}

}  // namespace dpctl
