// SPDX-License-Identifier: Apache-2.0
// The step of a component that applies its CRDs, before all else and by server-side apply: they are
// too big for anything else, and helm never upgrades what it finds in a chart's crds/.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "kube/apply.hpp"
#include "kube/wait.hpp"
#include "platform/chart_store.hpp"
#include "platform/component_steps.hpp"
#include "platform/removal.hpp"
#include "util/sha256.hpp"

namespace dpctl {

namespace {

constexpr const char* fingerprint_annotation = "dpctl.dev/fingerprint";

// The CRDs as they are to be applied. Each carries the digest of its content: 800 kB need not be
// compared field by field.
Result<std::vector<Json>> wanted_crds(Session& session, const Rendered& rendered,
                                      StepContext& context) {
  std::vector<Json> crds = rendered.crds;
  if (rendered.component->crds.from_chart) {
    for (auto& crd : TRY(crds_of_chart(session, *rendered.component, context))) {
      label_object(crd, session.profile().name, rendered.component->name);
      crds.push_back(std::move(crd));
    }
  }
  for (auto& crd : crds) {
    crd["metadata"]["annotations"][fingerprint_annotation] = sha256(dump(crd)).substr(0, 32);
  }
  return crds;
}

std::string fingerprint_of(const Json& crd) {
  return object_at(crd, "metadata.annotations").value(fingerprint_annotation, "");
}

// Whether somebody else wrote the spec since dpctl applied it.
bool edited_by_others(const Json& live) {
  return std::ranges::any_of(array_at(live, "metadata.managedFields"), [](const Json& entry) {
    return string_at(entry, "manager") != field_manager &&
           find_path(entry, "fieldsV1.f:spec") != nullptr;
  });
}

Result<State> check(Session& session, const Rendered& rendered, StepContext& context) {
  if (!session.cluster_there()) {
    return no_cluster_yet();
  }
  std::map<std::string, Json> live;
  for (auto& crd :
       TRY(live_crds(session, rendered.component->name, Detail::metadata_only, call_of(context)))) {
    const auto name = string_at(crd, "metadata.name");
    live[name] = std::move(crd);
  }
  State state;
  const auto wanted = TRY(wanted_crds(session, rendered, context));
  for (const auto& crd : wanted) {
    const auto name = string_at(crd, "metadata.name");
    const auto found = live.find(name);
    if (found == live.end()) {
      state.reasons.push_back("CRD " + name + " is absent");
    } else if (fingerprint_of(found->second) != fingerprint_of(crd)) {
      state.reasons.push_back("CRD " + name + " is of another version");
    } else if (edited_by_others(found->second)) {
      state.reasons.push_back("CRD " + name + " was edited");
    }
  }
  if (!state.reasons.empty()) {
    state.condition = live.empty() ? Condition::absent : Condition::differs;
  }
  return state;
}

Result<> apply(Session& session, const Rendered& rendered, StepContext& context) {
  auto* client = TRY(session.cluster(context.stop));
  const auto call = call_of(context);
  const auto crds = TRY(wanted_crds(session, rendered, context));
  std::vector<ObjectRef> refs;
  std::vector<WaitTarget> targets;
  for (const auto& crd : crds) {
    refs.push_back(TRY(ref_of(crd)));
    targets.push_back({.ref = refs.back()});
  }
  auto* inventory = TRY(session.inventory(call));
  TRY(inventory->record(rendered.component->name, refs, call));
  TRY(apply_objects(*client, crds, {.on_conflict = session.consent().on_conflict, .call = call}));
  TRY(wait_until_ready(*client, targets,
                       {.deadline = context.deadline, .stop = context.stop, .note = context.note}));
  client->discovery().forget_misses();
  return {};
}

Result<bool> undo(Session& session, const std::string& component, StepContext& context) {
  if (!session.cluster_there()) {
    return false;
  }
  std::vector<ObjectRef> refs;
  for (const auto& crd :
       TRY(live_crds(session, component, Detail::metadata_only, call_of(context)))) {
    refs.push_back(TRY(ref_of(crd)));
  }
  return remove_objects(session, std::move(refs), context);
}

}  // namespace

Step crds_step(Session& session, const Rendered& rendered) {
  const std::string name = rendered.component->name;
  return {.id = name + "/crds",
          .title = name + ": custom resource definitions",
          .check = [&session,
                    rendered](StepContext& context) { return check(session, rendered, context); },
          .apply = [&session,
                    rendered](StepContext& context) { return apply(session, rendered, context); },
          .undo = [&session, name](StepContext& context) { return undo(session, name, context); }};
}

}  // namespace dpctl
