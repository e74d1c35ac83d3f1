// SPDX-License-Identifier: Apache-2.0
// The steps of a component that apply and remove objects: objects (built-in kinds) and resources
// (custom ones).
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "kube/apply.hpp"
#include "kube/drift.hpp"
#include "kube/wait.hpp"
#include "platform/component_steps.hpp"
#include "platform/ready_rules.hpp"
#include "platform/removal.hpp"

namespace dpctl {

namespace {

Condition condition_of(DriftKind kind) {
  switch (kind) {
    case DriftKind::unchanged:
      return Condition::present;
    case DriftKind::absent:
      return Condition::absent;
    case DriftKind::differs:
    case DriftKind::conflict:
      return Condition::differs;
    case DriftKind::unknown:
      return Condition::unknown;
  }
  return Condition::unknown;
}

// One state for many objects: absent where all of them are, differs where some are, with a reason
// for each.
State state_of(const std::vector<Drift>& drifts) {
  State state;
  std::size_t absent = 0;
  for (const auto& drift : drifts) {
    const auto condition = condition_of(drift.kind);
    if (condition == Condition::present) {
      continue;
    }
    if (condition == Condition::absent) {
      ++absent;
      state.reasons.push_back(to_string(drift.ref) + " is absent");
    } else {
      state.condition = std::max(state.condition, condition);
    }
    for (const auto& reason : drift.reasons) {
      state.reasons.push_back(to_string(drift.ref) + ": " + reason);
    }
  }
  if (absent > 0 && state.condition == Condition::present) {
    state.condition = absent == drifts.size() ? Condition::absent : Condition::differs;
  }
  return state;
}

Result<State> check_objects(Session& session, const std::vector<Json>& objects,
                            StepContext& context) {
  if (!session.cluster_there()) {
    return no_cluster_yet();
  }
  auto* client = TRY(session.cluster(context.stop));
  return state_of(TRY(diff_objects(*client, objects, {.call = call_of(context)})));
}

std::vector<ObjectRef> refs_of(const std::vector<Json>& objects) {
  std::vector<ObjectRef> refs;
  for (const auto& object : objects) {
    if (auto ref = ref_of(object)) {
      refs.push_back(std::move(*ref));
    }
  }
  return refs;
}

Result<> apply_all(Session& session, const std::string& component, const std::vector<Json>& objects,
                   StepContext& context) {
  auto* client = TRY(session.cluster(context.stop));
  const auto call = call_of(context);
  // Written down before it is made: a run that is killed in between leaves nothing that clean would
  // not find.
  auto* inventory = TRY(session.inventory(call));
  TRY(inventory->record(component, refs_of(objects), call));
  TRY(apply_objects(*client, objects,
                    {.on_conflict = session.consent().on_conflict, .call = call}));
  return {};
}

}  // namespace

Step namespaces_step(Session& session, const std::vector<Rendered>& rendered) {
  std::vector<Json> all;
  for (const auto& one : rendered) {
    all.insert(all.end(), one.namespaces.begin(), one.namespaces.end());
  }
  Step step{.id = "namespaces", .title = std::to_string(all.size()) + " namespaces"};
  step.check = [&session, all](StepContext& context) {
    return check_objects(session, all, context);
  };
  step.apply = [&session, rendered](StepContext& context) -> Result<> {
    for (const auto& one : rendered) {
      TRY(apply_all(session, one.component->name, one.namespaces, context));
    }
    return {};
  };
  step.undo = [&session, refs = refs_of(all)](StepContext& context) {
    return remove_objects(session, refs, context);
  };
  return step;
}

Step objects_step(Session& session, const Rendered& rendered) {
  const std::string name = rendered.component->name;
  return {.id = name + "/objects",
          .title = name + ": " + std::to_string(rendered.objects.size()) + " objects",
          .check = [&session, objects = rendered.objects](
                       StepContext& context) { return check_objects(session, objects, context); },
          .apply = [&session, name, objects = rendered.objects](
                       StepContext& context) { return apply_all(session, name, objects, context); },
          .undo = [&session, refs = refs_of(rendered.objects)](
                      StepContext& context) { return remove_objects(session, refs, context); }};
}

Step resources_step(Session& session, const Rendered& rendered) {
  const std::string name = rendered.component->name;
  const auto rules = rules_of(rendered);
  Step step{.id = name + "/resources", .title = name + ": custom resources"};
  step.check = [&session, objects = rendered.resources](StepContext& context) {
    return check_objects(session, objects, context);
  };
  step.apply = [&session, name, objects = rendered.resources,
                rules](StepContext& context) -> Result<> {
    TRY(apply_all(session, name, objects, context));
    return wait_for(session, custom_targets(rules, objects), context);
  };
  step.undo = [&session, name,
               refs = refs_of(rendered.resources)](StepContext& context) -> Result<bool> {
    const bool own = TRY(remove_objects(session, refs, context));
    const bool others = TRY(remove_instances(session, name, context));
    return own || others;
  };
  return step;
}

}  // namespace dpctl
