// SPDX-License-Identifier: Apache-2.0
#include "kube/apply.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "kube/desired.hpp"
#include "kube/difference.hpp"
#include "kube/managed_fields.hpp"
#include "kube/parallel.hpp"
#include "kube/status.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

/// A CRD that is established may still take a moment until every API server serves it.
constexpr auto patience_for_kind = std::chrono::seconds(10);
constexpr auto between_looks = std::chrono::milliseconds(250);

/// Asks `look` until it gives a value, at most for `patience`; false where the time ran out.
Result<bool> wait_for(KubeClient& client, const Call& call, std::chrono::milliseconds patience,
                      const std::string& note, const std::function<Result<bool>()>& look) {
  const auto deadline = client.clock().now() + patience;
  while (!TRY(look())) {
    if (call.stop.stop_requested()) {
      return fail(ExitCode::interrupted, "interrupted");
    }
    if (client.clock().now() >= deadline) {
      return false;
    }
    if (call.note) {
      call.note(note);
    }
    client.clock().pause(between_looks, call.stop);
  }
  return true;
}

Result<> wait_for_kind(KubeClient& client, const ObjectRef& ref, const Call& call) {
  const auto served = [&]() -> Result<bool> {
    return TRY(client.resource(ref.api_version, ref.kind, call)).has_value();
  };
  const auto patience = std::min<std::chrono::milliseconds>(call.retry_for, patience_for_kind);
  TRY(wait_for(client, call, patience, "waiting until the cluster serves " + ref.kind, served));
  return {};  // where it does not, the apply itself says so best
}

/// The live object; one that is being removed is waited for, since what is applied to it would go
/// with it.
Result<std::optional<Json>> live_object(KubeClient& client, const ObjectRef& ref,
                                        const Call& call) {
  std::optional<Json> live;
  const auto settled = [&]() -> Result<bool> {
    live = TRY(client.get(ref, call));
    return !live || string_at(*live, "metadata.deletionTimestamp").empty();
  };
  const std::string note = "waiting for the removal of the old " + to_string(ref);
  if (TRY(wait_for(client, call, call.retry_for, note, settled))) {
    return live;
  }
  std::vector<std::string> finalizers;
  for (const auto& finalizer : array_at(*live, "metadata.finalizers")) {
    finalizers.push_back(finalizer.is_string() ? finalizer.get<std::string>() : "");
  }
  return fail(ExitCode::timed_out, to_string(ref) + " is still being removed",
              finalizers.empty() ? "" : "its finalizers hold it: " + join(finalizers, ", "));
}

Error conflict_error(const Desired& desired, const std::optional<Json>& live,
                     const std::vector<FieldConflict>& conflicts) {
  std::string message = to_string(desired.ref) + ": fields belong to others:";
  for (const auto& conflict : conflicts) {
    message += "\n  " + conflict_text(conflict, desired.object, live);
  }
  return make_error(ExitCode::refused, std::move(message),
                    "--take-over makes these fields dpctl's");
}

/// The apply, with force only where every conflict may be settled so.
Result<HttpResponse> apply_with_care(KubeClient& client, const Desired& desired,
                                     const std::optional<Json>& live, const ApplyOptions& options) {
  const Force at_once = options.on_conflict == OnConflict::take_over ? Force::yes : Force::no;
  HttpResponse response =
      TRY(client.server_side_apply(desired.object, DryRun::no, at_once, options.call));
  const auto conflicts = conflicts_of(response);
  if (conflicts.empty()) {
    return response;
  }
  const bool ours = live && std::ranges::all_of(conflicts, [&](const FieldConflict& conflict) {
                      return may_take_back(conflict, *live);
                    });
  if (!ours) {
    return fail(conflict_error(desired, live, conflicts));
  }
  return client.server_side_apply(desired.object, DryRun::no, Force::yes, options.call);
}

/// Once more where the server lost the kind or two writers met.
bool is_worth_once_more(const HttpResponse& response) {
  const bool met = response.status == 409 && conflicts_of(response).empty();
  return met || is_unknown_api(response);
}

Result<HttpResponse> apply_until_taken(KubeClient& client, const Desired& desired,
                                       const std::optional<Json>& live,
                                       const ApplyOptions& options) {
  std::optional<HttpResponse> response;
  const auto taken = [&]() -> Result<bool> {
    response = TRY(apply_with_care(client, desired, live, options));
    return !is_worth_once_more(*response);
  };
  const auto patience =
      std::min<std::chrono::milliseconds>(options.call.retry_for, patience_for_kind);
  TRY(wait_for(client, options.call, patience, "applying " + to_string(desired.ref) + " again",
               taken));
  return std::move(*response);
}

Change change_of(const HttpResponse& response, const Json& answer,
                 const std::optional<Json>& live) {
  if (response.status == 201 || !live) {
    return Change::created;
  }
  const std::string before = string_at(*live, "metadata.resourceVersion");
  const bool same = before == string_at(answer, "metadata.resourceVersion") ||
                    is_same_application(*live, answer) || differences(*live, answer).empty();
  return same ? Change::unchanged : Change::configured;
}

Result<Applied> apply_desired(KubeClient& client, Desired desired, const ApplyOptions& options) {
  const auto live = TRY(live_object(client, desired.ref, options.call));
  keep_adoption(desired.object, live ? &*live : nullptr);
  Applied applied{.ref = desired.ref, .adopted = is_adopted(desired.object)};
  if (live && is_settled(*live, desired.object)) {
    return applied;
  }
  const HttpResponse response = TRY(apply_until_taken(client, desired, live, options));
  if (response.status >= 400) {
    return fail(status_error(response, "apply " + to_string(desired.ref)));
  }
  const Json answer = TRY(parse_json(response.body, "answer"));
  applied.change = change_of(response, answer, live);
  const bool brings_kinds =
      desired.ref.kind == "CustomResourceDefinition" || desired.ref.kind == "APIService";
  if (brings_kinds && applied.change != Change::unchanged) {
    client.discovery().forget_misses();
  }
  return applied;
}

/// Applies one object, or nothing where a list already showed that it is as wanted.
Result<Applied> apply_one(KubeClient& client, const Json& object, const LiveObjects& listed,
                          const ApplyOptions& options) {
  const ObjectRef named = TRY(ref_of(object));
  TRY(wait_for_kind(client, named, options.call));
  Desired desired = TRY(desired_object(client, object, options.default_namespace, options.call));
  if (const auto found = listed.find(desired.ref); found != listed.end()) {
    Desired same = desired;
    keep_adoption(same.object, &found->second);
    const bool stays = string_at(found->second, "metadata.deletionTimestamp").empty();
    if (stays && is_settled(found->second, same.object)) {
      return Applied{.ref = same.ref, .adopted = is_adopted(same.object)};
    }
  }
  return apply_desired(client, std::move(desired), options);
}

}  // namespace

Result<Applied> apply_object(KubeClient& client, const Json& object, const ApplyOptions& options) {
  return apply_one(client, object, {}, options);
}

Result<std::vector<Applied>> apply_objects(KubeClient& client, const std::vector<Json>& objects,
                                           const ApplyOptions& options) {
  std::map<int, std::vector<std::size_t>> ranks;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    ranks[apply_rank(string_at(objects[i], "apiVersion"), string_at(objects[i], "kind"))].push_back(
        i);
  }
  const LiveObjects listed = list_often_wanted(client, objects, options.connections, options.call);
  std::vector<Applied> applied(objects.size());
  for (const auto& [rank, indices] : ranks) {
    const auto apply_nth = [&, &of_rank = indices](std::size_t i) -> Result<> {
      applied[of_rank[i]] = TRY(apply_one(client, objects[of_rank[i]], listed, options));
      return {};
    };
    TRY(for_each_parallel(indices.size(), options.connections, apply_nth));
  }
  return applied;
}

}  // namespace dpctl
