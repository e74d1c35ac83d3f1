// SPDX-License-Identifier: Apache-2.0
#include "platform/leftovers.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "kube/wait.hpp"
#include "platform/access.hpp"
#include "platform/access_roles.hpp"
#include "platform/chart_release.hpp"
#include "platform/release_objects.hpp"
#include "platform/removal.hpp"

namespace dpctl {

namespace {

using Desired = std::map<std::string, std::vector<ObjectRef>>;  // per wanted component

Desired desired_of(const std::vector<Rendered>& rendered) {
  Desired desired;
  for (const auto& one : rendered) {
    auto& refs = desired[one.component->name];
    for (const auto* list : {&one.namespaces, &one.crds, &one.objects, &one.resources}) {
      for (const auto& object : *list) {
        if (auto ref = ref_of(object)) {
          refs.push_back(std::move(*ref));
        }
      }
    }
    if (one.component->chart) {
      refs.push_back(release_ref(release_key(*one.component)));
    }
  }
  return desired;
}

// The CRDs of a chart are not among the rendered objects: those of a wanted component are no
// orphans.
void keep_chart_crds(std::vector<ObjectRef>& refs, const Desired& desired,
                     const std::string& component) {
  if (desired.contains(component)) {
    std::erase_if(refs,
                  [](const ObjectRef& ref) { return ref.kind == "CustomResourceDefinition"; });
  }
}

// What the inventory knows and the profile no longer names.
std::map<std::string, std::vector<ObjectRef>> orphans_of(const Inventory& inventory,
                                                         const Desired& desired) {
  std::map<std::string, std::vector<ObjectRef>> result;
  for (const auto& component : inventory.components()) {
    const bool grants_in_force =
        component == access_inventory && desired.contains(std::string(access_component));
    if (grants_in_force) {
      continue;  // what `access grant` made is no template's, and stays until it is revoked
    }
    const auto wanted = desired.find(component);
    auto refs = orphans(inventory.of(component),
                        wanted == desired.end() ? std::vector<ObjectRef>() : wanted->second);
    keep_chart_crds(refs, desired, component);
    if (!refs.empty()) {
      result[component] = std::move(refs);
    }
  }
  return result;
}

Result<bool> remove_release_refs(Session& session, const std::vector<ObjectRef>& refs,
                                 StepContext& context) {
  bool any = false;
  for (const auto& ref : refs) {
    if (is_release(ref)) {
      any = TRY(uninstall_release(session, {ref.ns, ref.name}, context)) || any;
    }
  }
  return any;
}

// In the order that leaves no finalizer without its operator: custom resources, releases, CRDs, the
// rest.
Result<bool> remove_recorded(Session& session, const std::string& component, bool whole,
                             std::vector<ObjectRef> refs, StepContext& context) {
  bool any = whole && TRY(remove_instances(session, component, context));
  const auto custom_end = std::ranges::stable_partition(refs, [](const ObjectRef& ref) {
                            return !is_release(ref) && !is_builtin_group(group_of(ref.api_version));
                          }).begin();
  any = TRY(remove_objects(session, {refs.begin(), custom_end}, context)) || any;
  any = TRY(remove_release_refs(session, {custom_end, refs.end()}, context)) || any;
  std::vector<ObjectRef> rest;
  std::remove_copy_if(custom_end, refs.end(), std::back_inserter(rest), is_release);
  if (whole) {
    for (const auto& crd :
         TRY(live_crds(session, component, Detail::metadata_only, call_of(context)))) {
      rest.push_back(TRY(ref_of(crd)));
    }
  }
  return TRY(remove_objects(session, std::move(rest), context)) || any;
}

Result<> prune(Session& session, const Desired& desired, StepContext& context) {
  const auto call = call_of(context);
  auto* inventory = TRY(session.inventory(call));
  for (const auto& [component, refs] : orphans_of(*inventory, desired)) {
    const auto wanted = desired.find(component);
    const bool whole = wanted == desired.end();
    TRY(remove_recorded(session, component, whole, refs, context));
    TRY(whole ? inventory->forget(component, call)
              : inventory->replace(component, wanted->second, call));
  }
  return {};
}

Result<State> check_orphans(Session& session, const Desired& desired, StepContext& context) {
  if (!session.cluster_there()) {
    return State{};
  }
  const auto* inventory = TRY(session.inventory(call_of(context)));
  State state;
  for (const auto& [component, refs] : orphans_of(*inventory, desired)) {
    state.condition = Condition::differs;
    for (const auto& ref : refs) {
      state.reasons.push_back(to_string(ref) + " of " + component + " is no longer wanted");
    }
  }
  return state;
}

// The last of dpctl in a cluster that stays: what no step knew of, the inventory, and the namespace
// if nobody else needs it.
Result<bool> remove_rest(Session& session, StepContext& context) {
  if (!session.cluster_there()) {
    return false;
  }
  const auto call = call_of(context);
  auto* inventory = TRY(session.inventory(call));
  bool any = false;
  for (const auto& component : inventory->components()) {
    const auto refs = inventory->of(component);
    any =
        TRY(remove_recorded(session, component, true, {refs.begin(), refs.end()}, context)) || any;
  }
  TRY(inventory->remove(call));
  return any;
}

}  // namespace

Step prune_step(Session& session, const std::vector<Rendered>& rendered) {
  Step step{.id = "prune", .title = "what the profile no longer names"};
  step.check = [&session, desired = desired_of(rendered)](StepContext& context) {
    return check_orphans(session, desired, context);
  };
  step.apply = [&session, desired = desired_of(rendered)](StepContext& context) {
    return prune(session, desired, context);
  };
  return step;
}

Step rest_step(Session& session) {
  Step step{.id = "rest", .title = "what no step knows of, and the inventory"};
  step.undo = [&session](StepContext& context) { return remove_rest(session, context); };
  return step;
}

namespace {

bool is_of_dpctl_itself(const ObjectRef& ref) {
  return ref.ns == system_namespace || (ref.kind == "Namespace" && ref.name == system_namespace);
}

}  // namespace

Result<> remove_system_namespace(Session& session, StepContext& context) {
  auto* client = TRY(session.cluster(context.stop));
  const auto call = call_of(context);
  session.unlock_cluster();
  // Another profile's inventory, or the mark of a cluster that dpctl made, still needs it.
  for (const auto& kept : TRY(client->list(
           {.api_version = "v1", .kind = "ConfigMap", .ns = std::string(system_namespace)},
           call))) {
    if (string_at(kept, "metadata.name").starts_with("dpctl-")) {
      return {};
    }
  }
  const ObjectRef ref{
      .api_version = "v1", .kind = "Namespace", .ns = {}, .name = std::string(system_namespace)};
  TRY(client->remove(ref, {}, call));
  return wait_until_gone(
      *client, {ref}, {.deadline = context.deadline, .stop = context.stop, .note = context.note});
}

Result<std::vector<std::string>> leftovers(Session& session, const Call& call) {
  auto* client = TRY(session.cluster(call.stop));
  std::set<std::string> found;
  for (const auto& resource : TRY(client->discovery().all(call))) {
    const ListQuery query{.api_version = resource.api_version,
                          .kind = resource.kind,
                          .labels = label_selector(session.profile().name),
                          .detail = Detail::metadata_only};
    const auto objects = client->list(query, call);
    if (!objects) {
      continue;  // what may not be listed (a subresource-like kind) cannot have been made by dpctl
                 // either
    }
    for (const auto& object : *objects) {
      const auto ref = ref_of(object);
      if (ref && !is_of_dpctl_itself(*ref) &&
          !(session.consent().keep_data && ref->kind == "PersistentVolumeClaim")) {
        found.insert(to_string(*ref));
      }
    }
  }
  return std::vector<std::string>(found.begin(), found.end());
}

}  // namespace dpctl
