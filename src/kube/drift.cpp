// SPDX-License-Identifier: Apache-2.0
#include "kube/drift.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "kube/desired.hpp"
#include "kube/difference.hpp"
#include "kube/managed_fields.hpp"
#include "kube/parallel.hpp"
#include "kube/status.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

std::string_view manager_of(const DriftOptions& options) {
  // Helm 4 applies on the server's side under its own name; asked as anybody else, it would be in
  // conflict with itself.
  return options.applied_by == AppliedBy::helm ? "helm" : field_manager;
}

Drift drift(const Desired& desired, DriftKind kind, std::vector<std::string> reasons = {}) {
  return {.ref = desired.ref, .kind = kind, .reasons = std::move(reasons)};
}

Drift drift_of(const Desired& desired, const Json& live, const Json& then) {
  auto reasons = differences(live, then);
  const DriftKind kind = reasons.empty() ? DriftKind::unchanged : DriftKind::differs;
  return drift(desired, kind, std::move(reasons));
}

/// Where the server cannot be asked: wanted laid over live.
Drift drift_by_merge(const Desired& desired, const Json& live) {
  Json merged = live;
  merge_into(merged, desired.object);
  return drift_of(desired, live, merged);
}

Result<Drift> drift_by_answer(const Desired& desired, const Json& live,
                              const HttpResponse& response) {
  if (response.status == 400 && response.body.find("dry run") != std::string::npos) {
    return drift_by_merge(desired, live);  // a webhook with side effects takes part in no dry run
  }
  if (response.status == 422) {
    return drift(desired, DriftKind::differs,
                 {"cannot be changed in place: " + elided(status_of(response).message, 200)});
  }
  if (response.status >= 400) {
    return fail(status_error(response, "dry run of apply " + to_string(desired.ref)));
  }
  return drift_of(desired, live, TRY(parse_json(response.body, "answer")));
}

Result<Drift> drift_with_conflicts(KubeClient& client, const Desired& desired, const Json& live,
                                   const std::vector<FieldConflict>& conflicts,
                                   const DriftOptions& options) {
  std::vector<std::string> held;
  for (const auto& conflict : conflicts) {
    if (!may_take_back(conflict, live)) {
      held.push_back(conflict_text(conflict, desired.object, live));
    }
  }
  if (!held.empty()) {
    return drift(desired, DriftKind::conflict, std::move(held));
  }
  const HttpResponse forced = TRY(client.server_side_apply(desired.object, DryRun::yes, Force::yes,
                                                           options.call, manager_of(options)));
  return drift_by_answer(desired, live, forced);
}

Result<Drift> drift_against(KubeClient& client, Desired& desired, const Json& live,
                            const DriftOptions& options) {
  if (!string_at(live, "metadata.deletionTimestamp").empty()) {
    return drift(desired, DriftKind::differs, {"is being removed"});
  }
  if (options.applied_by == AppliedBy::dpctl) {
    keep_adoption(desired.object, &live);
  }
  if (is_settled(live, desired.object)) {
    return drift(desired, DriftKind::unchanged);
  }
  const HttpResponse response = TRY(client.server_side_apply(desired.object, DryRun::yes, Force::no,
                                                             options.call, manager_of(options)));
  const auto conflicts = conflicts_of(response);
  if (!conflicts.empty()) {
    return drift_with_conflicts(client, desired, live, conflicts, options);
  }
  return drift_by_answer(desired, live, response);
}

/// Against a live object that may change under our hands: a difference stands once the object did
/// not change meanwhile.
Result<Drift> drift_of_moving(KubeClient& client, const Desired& desired, Json live,
                              const DriftOptions& options) {
  constexpr int looks = 3;
  for (int i = 1;; ++i) {
    Desired wanted = desired;
    Drift found = TRY(drift_against(client, wanted, live, options));
    if (found.kind != DriftKind::differs || i == looks) {
      return found;
    }
    auto again = TRY(client.get(desired.ref, options.call));
    if (!again) {
      return drift(desired, DriftKind::absent);
    }
    const std::string before = string_at(live, "metadata.resourceVersion");
    if (before == string_at(*again, "metadata.resourceVersion")) {
      return found;
    }
    live = std::move(*again);
  }
}

/// What was learnt about many objects at once.
struct Known {
  LiveObjects listed;
  std::set<std::string> absent_namespaces;
};

Result<Drift> diff_one(KubeClient& client, const Json& object, const DriftOptions& options,
                       const Known& known) {
  const Desired desired =
      TRY(desired_object(client, object, options.default_namespace, options.call));
  if (const auto found = known.listed.find(desired.ref); found != known.listed.end()) {
    return drift_of_moving(client, desired, found->second, options);
  }
  if (!TRY(client.resource(desired.ref.api_version, desired.ref.kind, options.call))) {
    const std::string crd =
        "until the CRD of " + desired.ref.kind + " (" + desired.ref.api_version + ") is there";
    return drift(desired, DriftKind::unknown, {crd});
  }
  if (known.absent_namespaces.contains(desired.ref.ns)) {
    return drift(desired, DriftKind::absent);
  }
  auto live = TRY(client.get(desired.ref, options.call));
  return live ? drift_of_moving(client, desired, std::move(*live), options)
              : drift(desired, DriftKind::absent);
}

/// Namespaces of several wanted objects that do not exist: nothing in them does.
Result<std::set<std::string>> absent_namespaces(KubeClient& client,
                                                const std::vector<Json>& objects,
                                                const DriftOptions& options) {
  std::map<std::string, std::size_t> counts;
  for (const auto& object : objects) {
    ++counts[string_at(object, "metadata.namespace", options.default_namespace)];
  }
  std::set<std::string> absent;
  for (const auto& [ns, count] : counts) {
    const bool asked = !ns.empty() && count > 1;
    if (asked && !TRY(client.get({"v1", "Namespace", "", ns}, options.call))) {
      absent.insert(ns);
    }
  }
  return absent;
}

}  // namespace

Result<Drift> diff_object(KubeClient& client, const Json& object, const DriftOptions& options) {
  return diff_one(client, object, options, {});
}

Result<std::vector<Drift>> diff_objects(KubeClient& client, const std::vector<Json>& objects,
                                        const DriftOptions& options) {
  const Known known{.listed = list_often_wanted(client, objects, options.connections, options.call),
                    .absent_namespaces = TRY(absent_namespaces(client, objects, options))};
  std::vector<Drift> drifts(objects.size());
  const auto diff = [&](std::size_t i) -> Result<> {
    drifts[i] = TRY(diff_one(client, objects[i], options, known));
    return {};
  };
  TRY(for_each_parallel(objects.size(), options.connections, diff));
  return drifts;
}

}  // namespace dpctl
