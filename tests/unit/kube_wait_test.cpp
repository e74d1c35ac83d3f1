// SPDX-License-Identifier: Apache-2.0
#include "kube/wait.hpp"

#include <catch2/catch_test_macros.hpp>

#include "support/fake_api.hpp"

using namespace dpctl;

namespace {

using TimePoint = std::chrono::steady_clock::time_point;

struct Cluster {
  FakeApi api;
  KubeClient client{api.transport()};
};

const ObjectRef web_ref{"apps/v1", "Deployment", "a", "web"};

Json in_a(const char* api_version, const char* kind, const char* name, const Json& rest) {
  Json object = {{"apiVersion", api_version},
                 {"kind", kind},
                 {"metadata", {{"name", name}, {"namespace", "a"}, {"uid", name}}}};
  merge_into(object, rest);
  return object;
}

Json web(int available) {
  return in_a(
      "apps/v1", "Deployment", "web",
      {{"spec", {{"replicas", 1}, {"selector", {{"matchLabels", {{"app", "web"}}}}}}},
       {"status", {{"replicas", 1}, {"updatedReplicas", 1}, {"availableReplicas", available}}}});
}

Json web_set() {
  return in_a(
      "apps/v1", "ReplicaSet", "web-1",
      {{"metadata", {{"labels", {{"app", "web"}}}, {"ownerReferences", {{{"uid", "web"}}}}}}});
}

Json web_pod(const Json& status) {
  return in_a(
      "v1", "Pod", "web-1-x",
      {{"metadata", {{"labels", {{"app", "web"}}}, {"ownerReferences", {{{"uid", "web-1"}}}}}},
       {"status", status}});
}

Json unschedulable() {
  const Json condition = {{"type", "PodScheduled"},
                          {"status", "False"},
                          {"reason", "Unschedulable"},
                          {"message", "0/3 nodes are available"}};
  return {{"phase", "Pending"}, {"conditions", {condition}}};
}

Json no_image() {
  const Json waiting = {{"reason", "ErrImagePull"}, {"message", "i:9: not found"}};
  return {{"phase", "Pending"},
          {"containerStatuses",
           {{{"name", "main"}, {"image", "i:9"}, {"state", {{"waiting", waiting}}}}}}};
}

WaitOptions within(std::chrono::seconds time) {
  return {.deadline = std::chrono::steady_clock::now() + time};
}

}  // namespace

TEST_CASE(
    "a wait ends when what it waits for becomes ready, and tells meanwhile what it waits for") {
  Cluster cluster;
  cluster.api.put(web(0));
  std::vector<std::string> notes;
  WaitOptions options = within(std::chrono::seconds(60));
  options.note = [&](const std::string& note) {
    notes.push_back(note);
    cluster.api.put(web(1));
  };
  CHECK(wait_until_ready(cluster.client, {{.ref = web_ref}}, options));
  CHECK(notes == std::vector<std::string>{"waiting for Deployment a/web: 0 of 1 available"});
}

TEST_CASE("a target that does not exist yet is waited for") {
  Cluster cluster;
  WaitOptions options = within(std::chrono::seconds(60));
  options.note = [&](const std::string& note) {
    CHECK(note == "waiting for Deployment a/web: it does not exist yet");
    cluster.api.put(web(1));
  };
  CHECK(wait_until_ready(cluster.client, {{.ref = web_ref}}, options));
}

TEST_CASE("an image that does not exist ends the wait at once, and the pod is named as the root") {
  Cluster cluster;
  cluster.api.put(web(0));
  cluster.api.put(web_set());
  cluster.api.put(web_pod(no_image()));
  cluster.api.put(in_a("v1", "Event", "e",
                       {{"type", "Warning"},
                        {"reason", "Failed"},
                        {"message", "Failed to pull image \"i:9\""},
                        {"involvedObject", {{"uid", "web-1-x"}}}}));
  const auto failed =
      wait_until_ready(cluster.client, {{.ref = web_ref}}, within(std::chrono::seconds(60)));
  REQUIRE(!failed);
  CHECK(failed.error().code == ExitCode::step_failed);
  CHECK(failed.error().message ==
        "Deployment a/web is not ready: ImagePull: Pod a/web-1-x: container main: image i:9: "
        "ErrImagePull: i:9: not "
        "found\n  last event: Warning Failed: Failed to pull image \"i:9\"");
  CHECK(failed.error().hint == "try: kubectl -n a describe pod web-1-x");
}

TEST_CASE("a pod that fits nowhere is borne with for a while, not for ever") {
  Cluster cluster;
  cluster.api.put(web(0));
  cluster.api.put(web_set());
  cluster.api.put(web_pod(unschedulable()));
  WaitOptions options = within(std::chrono::seconds(60));
  options.unschedulable_grace = std::chrono::seconds(0);
  const auto failed = wait_until_ready(cluster.client, {{.ref = web_ref}}, options);
  REQUIRE(!failed);
  CHECK(failed.error().message.find("Unschedulable: Pod a/web-1-x: 0/3 nodes are available") !=
        std::string::npos);
}

TEST_CASE("the deadline ends a wait with what is known, and the end of the log") {
  Cluster cluster;
  cluster.api.put(web(0));
  cluster.api.put(web_set());
  const Json container = {
      {"name", "main"}, {"ready", false}, {"state", {{"running", Json::object()}}}};
  cluster.api.put(web_pod({{"phase", "Running"}, {"containerStatuses", {container}}}));
  cluster.api.script("GET", "/log", {.status = 200, .body = "connecting to db\nno route\n"});
  WaitOptions options = within(std::chrono::seconds(0));
  options.kubectl = "kubectl --context x";
  const auto late = wait_until_ready(cluster.client, {{.ref = web_ref}}, options);
  REQUIRE(!late);
  CHECK(late.error().code == ExitCode::timed_out);
  CHECK(late.error().message.find(
            "NotPassingProbe: Pod a/web-1-x: container main runs but is not ready") !=
        std::string::npos);
  CHECK(late.error().output_tail == "connecting to db\nno route");
  CHECK(late.error().hint == "try: kubectl --context x -n a logs web-1-x -c main");
}

TEST_CASE("a component's own rule decides on a custom resource") {
  Cluster cluster;
  cluster.api.serve("x.io/v1", "Widget widgets", true);
  const ObjectRef ref{"x.io/v1", "Widget", "a", "w"};
  cluster.api.put(in_a("x.io/v1", "Widget", "w", {{"status", {{"phase", "Broken"}}}}));
  const auto rule = [](const Json& object) -> Readiness {
    const std::string phase = string_at(object, "status.phase");
    return {.state = phase == "Broken" ? ReadyState::failed : ReadyState::ready,
            .reason = Reason::condition,
            .message = phase};
  };
  const auto failed = wait_until_ready(cluster.client, {{.ref = ref, .rule = rule}},
                                       within(std::chrono::seconds(60)));
  REQUIRE(!failed);
  CHECK(failed.error().message == "Widget a/w failed: Broken");
  cluster.api.put(in_a("x.io/v1", "Widget", "w", {{"status", {{"phase", "Fine"}}}}));
  CHECK(wait_until_ready(cluster.client, {{.ref = ref, .rule = rule}},
                         within(std::chrono::seconds(60))));
}

TEST_CASE("a wait that is stopped says that it was interrupted") {
  Cluster cluster;
  std::stop_source stop;
  WaitOptions options = within(std::chrono::seconds(60));
  options.stop = stop.get_token();
  options.note = [&](const std::string&) { stop.request_stop(); };
  const auto stopped = wait_until_ready(cluster.client, {{.ref = web_ref}}, options);
  REQUIRE(!stopped);
  CHECK(stopped.error().code == ExitCode::interrupted);
}

TEST_CASE("targets of one kind and namespace share a watch") {
  Cluster cluster;
  std::vector<WaitTarget> targets;
  for (const char* name : {"one", "two", "three"}) {
    cluster.api.put(in_a("v1", "ConfigMap", name, Json::object()));
    targets.push_back({.ref = {"v1", "ConfigMap", "a", name}});
  }
  CHECK(wait_until_ready(cluster.client, targets, within(std::chrono::seconds(60))));
  CHECK(cluster.api.count("GET /api/v1/namespaces/a/configmaps?limit") == 1);
}

TEST_CASE("one look tells how all stand, the pods' reasons with it") {
  Cluster cluster;
  cluster.api.put(web(0));
  cluster.api.put(web_set());
  cluster.api.put(web_pod(no_image()));
  cluster.api.put(in_a("storage.k8s.io/v1", "StorageClass", "late",
                       {{"volumeBindingMode", "WaitForFirstConsumer"}}));
  cluster.api.put(
      in_a("v1", "PersistentVolumeClaim", "data",
           {{"spec", {{"storageClassName", "late"}}}, {"status", {{"phase", "Pending"}}}}));
  const auto found = *readiness_now(cluster.client,
                                    {{.ref = web_ref},
                                     {.ref = {"v1", "PersistentVolumeClaim", "a", "data"}},
                                     {.ref = {"v1", "ConfigMap", "a", "none"}}},
                                    {}, {});
  CHECK(found[0].readiness.reason == Reason::image_pull);
  CHECK(found[0].readiness.state == ReadyState::failed);
  CHECK(found[1].readiness.state == ReadyState::ready);
  CHECK(found[2].readiness.reason == Reason::missing);
}

TEST_CASE("what is gone is no longer waited for; what stays is named with what holds it") {
  Cluster cluster;
  const Json held =
      in_a("v1", "ConfigMap", "held",
           {{"metadata",
             {{"finalizers", {"x.io/hold"}}, {"deletionTimestamp", "2026-01-01T00:00:00Z"}}}});
  cluster.api.put(held);
  const std::vector<ObjectRef> refs = {{"v1", "ConfigMap", "a", "held"},
                                       {"x.io/v1", "Widget", "a", "w"}};
  const auto late = wait_until_gone(cluster.client, refs, {.deadline = TimePoint()});
  REQUIRE(!late);
  CHECK(late.error().code == ExitCode::timed_out);

  WaitOptions options = within(std::chrono::seconds(60));
  std::string noted;
  options.note = [&](const std::string& note) {
    noted = note;
    cluster.api.erase(held);
  };
  CHECK(wait_until_gone(cluster.client, refs, options));
  CHECK(noted == "waiting for the removal of ConfigMap a/held (finalizer x.io/hold)");
}
