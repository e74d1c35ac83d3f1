// SPDX-License-Identifier: Apache-2.0
#include "platform/removal.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kube/wait.hpp"

namespace dpctl {

namespace {

bool holds_data(const ObjectRef& ref) {
  return ref.kind == "PersistentVolumeClaim" || ref.kind == "PersistentVolume";
}

// What was there before dpctl stays, without what dpctl put on it: an apply of nothing gives up
// every field of the manager.
Result<> let_go(KubeClient& client, const ObjectRef& ref, const Call& call) {
  Json nothing = {
      {"apiVersion", ref.api_version}, {"kind", ref.kind}, {"metadata", {{"name", ref.name}}}};
  if (!ref.ns.empty()) {
    nothing["metadata"]["namespace"] = ref.ns;
  }
  TRY(client.server_side_apply(nothing, DryRun::no, Force::yes, call));
  return {};
}

// Asks for the removal of one object; nothing where it is not there or not dpctl's to remove.
Result<bool> remove_one(KubeClient& client, const ObjectRef& ref, const Call& call) {
  const auto live = TRY(client.get(ref, call));
  if (!live || object_at(*live, "metadata.labels").value(managed_by_label, "") != "dpctl") {
    return false;
  }
  if (is_adopted(*live)) {
    TRY(let_go(client, ref, call));
    return false;
  }
  // Foreground: the workload is gone only when its pods are, so that the wait below is worth
  // something.
  return client.remove(ref, {.propagation = "Foreground", .uid = string_at(*live, "metadata.uid")},
                       call);
}

WaitOptions waiting(const StepContext& context) {
  return {.deadline = context.deadline, .stop = context.stop, .note = context.note};
}

std::string api_version_of(const Json& crd) {
  for (const auto& version : array_at(crd, "spec.versions")) {
    if (bool_at(version, "served")) {
      return string_at(crd, "spec.group") + "/" + string_at(version, "name");
    }
  }
  return "";
}

}  // namespace

Result<bool> remove_objects(Session& session, std::vector<ObjectRef> refs, StepContext& context) {
  if (!session.cluster_there()) {
    return false;
  }
  auto* client = TRY(session.cluster(context.stop));
  if (session.consent().keep_data) {
    std::erase_if(refs, holds_data);
  }
  sort_for_removal(refs);
  bool any = false;
  for (auto begin = refs.begin(); begin != refs.end();) {
    // What has the same rank goes side by side; the next rank waits until it is gone.
    const auto rank = [](const ObjectRef& ref) { return apply_rank(ref.api_version, ref.kind); };
    const auto end = std::find_if(begin, refs.end(),
                                  [&](const ObjectRef& ref) { return rank(ref) != rank(*begin); });
    std::vector<ObjectRef> removed;
    for (auto ref = begin; ref != end; ++ref) {
      if (TRY(remove_one(*client, *ref, call_of(context)))) {
        removed.push_back(*ref);
      }
    }
    any = any || !removed.empty();
    TRY(wait_until_gone(*client, removed, waiting(context)));
    begin = end;
  }
  return any;
}

Result<std::vector<Json>> live_crds(Session& session, const std::string& component, Detail detail,
                                    const Call& call) {
  auto* client = TRY(session.cluster(call.stop));
  return client->list({.api_version = "apiextensions.k8s.io/v1",
                       .kind = "CustomResourceDefinition",
                       .labels = label_selector(session.profile().name, component),
                       .detail = detail},
                      call);
}

Result<bool> remove_instances(Session& session, const std::string& component,
                              StepContext& context) {
  if (!session.cluster_there()) {
    return false;
  }
  auto* client = TRY(session.cluster(context.stop));
  const auto call = call_of(context);
  std::vector<ObjectRef> removed;
  for (const auto& crd : TRY(live_crds(session, component, Detail::whole, call))) {
    const ListQuery query{.api_version = api_version_of(crd),
                          .kind = string_at(crd, "spec.names.kind"),
                          .detail = Detail::metadata_only};
    for (const auto& object : TRY(client->list(query, call))) {
      const auto ref = TRY(ref_of(object));
      TRY(client->remove(ref, {.propagation = "Foreground"}, call));
      removed.push_back(ref);
    }
  }
  TRY(wait_until_gone(*client, removed, waiting(context)));
  return !removed.empty();
}

}  // namespace dpctl
