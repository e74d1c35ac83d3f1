// SPDX-License-Identifier: Apache-2.0
#include "kube/desired.hpp"

#include <utility>

#include "kube/difference.hpp"
#include "kube/parallel.hpp"
#include "kube/status.hpp"

namespace dpctl {
namespace {

/// From so many objects of a kind on, one list is cheaper than a get each.
constexpr std::size_t worth_a_list = 4;

using KindKey = std::pair<std::string, std::string>;  // apiVersion, kind

}  // namespace

Result<Desired> desired_object(KubeClient& client, const Json& object,
                               const std::string& default_ns, const Call& call) {
  ObjectRef named = TRY(ref_of(object));
  Desired desired{.ref = TRY(client.locate(std::move(named), default_ns, call)),
                  .object = for_apply(object)};
  if (desired.ref.ns.empty()) {
    desired.object["metadata"].erase("namespace");
  } else {
    desired.object["metadata"]["namespace"] = desired.ref.ns;
  }
  return desired;
}

void keep_adoption(Json& desired, const Json* live) {
  if (live != nullptr && (is_adopted(*live) || !applied_by_dpctl(*live))) {
    merge_into(desired, {{"metadata", {{"annotations", {{adopted_annotation, "true"}}}}}});
  }
}

std::vector<FieldConflict> conflicts_of(const HttpResponse& response) {
  if (response.status != 409) {
    return {};
  }
  return field_conflicts(status_of(response).causes);
}

std::string conflict_text(const FieldConflict& conflict, const Json& desired,
                          const std::optional<Json>& live) {
  const bool secret = string_at(desired, "kind") == "Secret";
  const auto text = [&](const Json& object) {
    return secret ? std::string("(secret)") : value_text(at_field(object, conflict.field));
  };
  return conflict.field.substr(conflict.field.starts_with('.') ? 1 : 0) + ": " + text(desired) +
         " here, " + (live ? text(*live) : "(none)") + " in the cluster, set by " +
         conflict.manager;
}

LiveObjects list_often_wanted(KubeClient& client, const std::vector<Json>& objects,
                              std::size_t connections, const Call& call) {
  std::map<KindKey, std::size_t> counts;
  for (const auto& object : objects) {
    ++counts[{string_at(object, "apiVersion"), string_at(object, "kind")}];
  }
  std::erase_if(counts, [](const auto& count) { return count.second < worth_a_list; });
  std::vector<KindKey> kinds;
  kinds.reserve(counts.size());
  for (const auto& [kind, count] : counts) {
    kinds.push_back(kind);
  }
  std::vector<std::vector<Json>> found(kinds.size());
  const auto list_kind = [&](std::size_t i) -> Result<> {
    auto listed = client.list(
        {.api_version = kinds[i].first, .kind = kinds[i].second, .labels = label_selector("")},
        call);
    found[i] = listed ? std::move(*listed) : std::vector<Json>();
    return {};
  };
  LiveObjects live;
  if (!for_each_parallel(kinds.size(), connections, list_kind)) {
    return live;
  }
  for (auto& items : found) {
    for (auto& item : items) {
      if (auto ref = ref_of(item)) {
        live.emplace(std::move(*ref), std::move(item));
      }
    }
  }
  return live;
}

}  // namespace dpctl
