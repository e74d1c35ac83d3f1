// SPDX-License-Identifier: Apache-2.0
#include "kube/gather.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "kube/parallel.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

/// From so many objects of a kind in a namespace on, one list is cheaper than a get each.
constexpr std::size_t worth_a_list = 4;
/// From so many of a kind in all namespaces on, one list of the whole cluster is.
constexpr std::size_t worth_a_cluster_list = 24;

using Place =
    std::tuple<std::string, std::string, std::string>;  // apiVersion, kind, namespace ("": all)

std::string time_of(const Json& event) {
  for (const char* key :
       {"series.lastObservedTime", "lastTimestamp", "eventTime", "firstTimestamp"}) {
    if (const std::string time = string_at(event, key); !time.empty()) {
      return time;
    }
  }
  return string_at(event, "metadata.creationTimestamp");
}

/// Where each object is listed, if it is.
std::map<ObjectRef, Place> list_places(const std::vector<ObjectRef>& refs) {
  std::map<Place, std::size_t> in_namespace;
  std::map<Place, std::size_t> in_cluster;
  for (const auto& ref : refs) {
    ++in_namespace[{ref.api_version, ref.kind, ref.ns}];
    ++in_cluster[{ref.api_version, ref.kind, ""}];
  }
  std::map<ObjectRef, Place> places;
  for (const auto& ref : refs) {
    const Place near{ref.api_version, ref.kind, ref.ns};
    const Place wide{ref.api_version, ref.kind, ""};
    if (in_namespace[near] >= worth_a_list) {
      places[ref] = near;
    } else if (in_cluster[wide] >= worth_a_cluster_list) {
      places[ref] = wide;
    }
  }
  return places;
}

struct Lists {
  std::map<ObjectRef, Json> objects;
  std::set<Place> complete;
};

/// Lists the places; one that cannot be listed (no right to) is left out.
Lists list_all(KubeClient& client, const std::map<ObjectRef, Place>& places,
               std::size_t connections, const Call& call) {
  std::set<Place> distinct;
  for (const auto& [ref, place] : places) {
    distinct.insert(place);
  }
  const std::vector<Place> todo(distinct.begin(), distinct.end());
  std::vector<std::optional<std::vector<Json>>> found(todo.size());
  const auto list = [&](std::size_t i) -> Result<> {
    const auto& [api_version, kind, ns] = todo[i];
    if (auto listed = client.list({.api_version = api_version, .kind = kind, .ns = ns}, call)) {
      found[i] = std::move(*listed);
    }
    return {};
  };
  Lists lists;
  if (!for_each_parallel(todo.size(), connections, list)) {
    return lists;
  }
  for (std::size_t i = 0; i < todo.size(); ++i) {
    if (found[i]) {
      lists.complete.insert(todo[i]);
    }
    for (auto& object : found[i].value_or(std::vector<Json>())) {
      if (auto ref = ref_of(object)) {
        lists.objects.emplace(std::move(*ref), std::move(object));
      }
    }
  }
  return lists;
}

}  // namespace

bool is_workload(const ObjectRef& ref) {
  static const std::set<std::string_view> in_apps = {"Deployment", "ReplicaSet", "StatefulSet",
                                                     "DaemonSet"};
  const std::string group = group_of(ref.api_version);
  return (group == "apps" && in_apps.contains(ref.kind)) || (group == "batch" && ref.kind == "Job");
}

Result<WorkloadPods> pods_of(KubeClient& client, const Json& workload, const Call& call) {
  ListQuery query{.api_version = "v1",
                  .kind = "Pod",
                  .ns = string_at(workload, "metadata.namespace"),
                  .labels = selector_text(object_at(workload, "spec.selector"))};
  WorkloadPods found;
  found.pods = TRY(client.list(query, call));
  if (string_at(workload, "kind") == "Deployment") {
    query.api_version = "apps/v1";
    query.kind = "ReplicaSet";
    found.replica_sets = TRY(client.list(query, call));
  }
  return found;
}

Result<Json> last_event(KubeClient& client, const Json& object, const Call& call) {
  const std::string ns = string_at(object, "metadata.namespace", "default");
  const auto events =
      TRY(client.list({.api_version = "v1",
                       .kind = "Event",
                       .ns = ns,
                       .fields = "involvedObject.uid=" + string_at(object, "metadata.uid")},
                      call));
  const auto rank = [](const Json& event) {
    return std::make_pair(string_at(event, "type") == "Warning", time_of(event));
  };
  const auto newest = std::ranges::max_element(events, {}, rank);
  return newest == events.end() ? Json() : *newest;
}

std::string event_text(const Json& event) {
  if (event.is_null()) {
    return "";
  }
  return string_at(event, "type") + " " + string_at(event, "reason") + ": " +
         elided(trimmed(string_at(event, "message")), 500);
}

Result<std::set<std::string>> late_binding_classes(KubeClient& client, const Call& call) {
  std::set<std::string> names;
  for (const auto& item :
       TRY(client.list({.api_version = "storage.k8s.io/v1", .kind = "StorageClass"}, call))) {
    if (string_at(item, "volumeBindingMode") == "WaitForFirstConsumer") {
      names.insert(string_at(item, "metadata.name"));
    }
  }
  return names;
}

Result<std::vector<std::optional<Json>>> get_all(KubeClient& client,
                                                 const std::vector<ObjectRef>& refs,
                                                 std::size_t connections, const Call& call) {
  const auto places = list_places(refs);
  const Lists lists = list_all(client, places, connections, call);
  std::vector<std::optional<Json>> found(refs.size());
  const auto get = [&](std::size_t i) -> Result<> {
    const auto place = places.find(refs[i]);
    if (place == places.end() || !lists.complete.contains(place->second)) {
      found[i] = TRY(client.get(refs[i], call));
    } else if (const auto object = lists.objects.find(refs[i]); object != lists.objects.end()) {
      found[i] = object->second;
    }
    return {};
  };
  TRY(for_each_parallel(refs.size(), connections, get));
  return found;
}

}  // namespace dpctl
