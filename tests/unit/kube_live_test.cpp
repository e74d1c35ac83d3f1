// SPDX-License-Identifier: Apache-2.0
// Against a real API server, named by DPCTL_TEST_KUBECONFIG (and DPCTL_TEST_CONTEXT); skipped
// without one.
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdio>
#include <thread>

#include "kube/apply.hpp"
#include "kube/drift.hpp"
#include "kube/inventory.hpp"
#include "kube/lease.hpp"
#include "kube/proxy.hpp"
#include "kube/wait.hpp"
#include "util/files.hpp"

using namespace dpctl;

namespace {

const std::string test_namespace = "dpctl-live-test";

/// A proxy and a client, or a skipped test.
struct Live {
  Live() : proxy(start()), client(proxy.transport()) {}

  static KubectlProxy start() {
    const auto kubeconfig = environment("DPCTL_TEST_KUBECONFIG");
    if (!kubeconfig) {
      SKIP("DPCTL_TEST_KUBECONFIG names no cluster");
    }
    auto proxy = KubectlProxy::start(
        {.context = environment("DPCTL_TEST_CONTEXT").value_or(""), .kubeconfig = *kubeconfig}, {});
    INFO((proxy ? "" : full_text(proxy.error())));
    REQUIRE(proxy);
    return std::move(*proxy);
  }

  KubectlProxy proxy;
  KubeClient client;
};

Json named(const char* api_version, const char* kind, const std::string& name, const Json& rest) {
  Json object = {{"apiVersion", api_version},
                 {"kind", kind},
                 {"metadata", {{"name", name}, {"namespace", test_namespace}}}};
  object.update(rest);
  label_object(object, "live", "test");
  return object;
}

Json test_ns() {
  Json object = {
      {"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", {{"name", test_namespace}}}};
  label_object(object, "live", "test");
  return object;
}

Json deployment(const std::string& name, int replicas) {
  const Json container = {{"name", "main"},
                          {"image", "example.org/pause:1"},
                          {"ports", {{{"containerPort", 8080}}}},
                          {"resources", {{"requests", {{"cpu", "1000m"}}}}},
                          {"env", {{{"name", "A"}, {"value", "1"}}}}};
  return named("apps/v1", "Deployment", name,
               {{"spec",
                 {{"replicas", replicas},
                  {"selector", {{"matchLabels", {{"app", name}}}}},
                  {"template",
                   {{"metadata", {{"labels", {{"app", name}}}}},
                    {"spec",
                     {{"containers", {container}},
                      {"volumes", {{{"name", "tmp"}, {"emptyDir", Json::object()}}}}}}}}}}});
}

template <class T>
T good(Result<T> result) {
  INFO((result ? "" : full_text(result.error())));
  REQUIRE(result);
  return std::move(*result);
}

void remove_namespace(KubeClient& client) {
  const ObjectRef ref{"v1", "Namespace", "", test_namespace};
  good(client.remove(ref));
  const auto gone = wait_until_gone(
      client, {ref}, {.deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1)});
  INFO((gone ? "" : full_text(gone.error())));
  REQUIRE(gone);
}

void kubectl_patch(KubeClient& client, const ObjectRef& ref, const Json& patch,
                   const std::string& manager) {
  const auto resource = good(client.resource(ref.api_version, ref.kind));
  good(client.request({.method = "PATCH",
                       .path = resource->path(ref.ns, ref.name),
                       .query = {{"fieldManager", manager}},
                       .content_type = "application/merge-patch+json",
                       .body = dump(patch)},
                      "patch", {}));
}

}  // namespace

TEST_CASE(
    "live: an object is created, then unchanged, then configured, and drift is told field by "
    "field") {
  Live live;
  good(apply_object(live.client, test_ns(), {}));
  const Json object = deployment("web", 1);
  CHECK(good(diff_object(live.client, object, {})).kind == DriftKind::absent);
  CHECK(good(apply_object(live.client, object, {})).change == Change::created);
  CHECK(good(apply_object(live.client, object, {})).change == Change::unchanged);
  CHECK(good(diff_object(live.client, object, {})).kind == DriftKind::unchanged);
  const auto drift = good(diff_object(live.client, deployment("web", 3), {}));
  CHECK(drift.kind == DriftKind::differs);
  CHECK(drift.reasons == std::vector<std::string>{"spec.replicas 1 → 3"});
  CHECK(good(apply_object(live.client, deployment("web", 3), {})).change == Change::configured);

  const ObjectRef ref = good(ref_of(object));
  kubectl_patch(live.client, ref, {{"spec", {{"replicas", 5}}}}, "kubectl-edit");
  CHECK(good(diff_object(live.client, deployment("web", 3), {})).reasons ==
        std::vector<std::string>{"spec.replicas 5 → 3"});
  CHECK(good(apply_object(live.client, deployment("web", 3), {})).change == Change::configured);
  CHECK(good(diff_object(live.client, deployment("web", 3), {})).kind == DriftKind::unchanged);

  kubectl_patch(live.client, ref, {{"spec", {{"replicas", 7}}}}, "autoscaler");
  const auto conflict = good(diff_object(live.client, deployment("web", 3), {}));
  CHECK(conflict.kind == DriftKind::conflict);
  CHECK(conflict.reasons ==
        std::vector<std::string>{"spec.replicas: 3 here, 7 in the cluster, set by autoscaler"});
  const auto refused = apply_object(live.client, deployment("web", 3), {});
  REQUIRE(!refused);
  CHECK(refused.error().code == ExitCode::refused);
  CHECK(
      good(apply_object(live.client, deployment("web", 3), {.on_conflict = OnConflict::take_over}))
          .change == Change::configured);

  Json fewer = deployment("web", 3);
  fewer["spec"]["template"]["spec"]["containers"][0].erase("env");
  const auto removed = good(diff_object(live.client, fewer, {}));
  CHECK(removed.kind == DriftKind::differs);
  REQUIRE(removed.reasons.size() == 1);
  CHECK(removed.reasons[0].find("env") != std::string::npos);
  remove_namespace(live.client);
}

TEST_CASE("live: a custom resource is unknown before its CRD, and applied right after it") {
  Live live;
  good(apply_object(live.client, test_ns(), {}));
  const Json crd = {
      {"apiVersion", "apiextensions.k8s.io/v1"},
      {"kind", "CustomResourceDefinition"},
      {"metadata", {{"name", "widgets.live.dpctl.dev"}}},
      {"spec",
       {{"group", "live.dpctl.dev"},
        {"scope", "Namespaced"},
        {"names", {{"kind", "Widget"}, {"plural", "widgets"}, {"singular", "widget"}}},
        {"versions",
         {{{"name", "v1"},
           {"served", true},
           {"storage", true},
           {"schema",
            {{"openAPIV3Schema",
              {{"type", "object"}, {"x-kubernetes-preserve-unknown-fields", true}}}}}}}}}}};
  const Json widget = named("live.dpctl.dev/v1", "Widget", "one", {{"spec", {{"size", 1}}}});
  const auto before = good(diff_object(live.client, widget, {}));
  CHECK(before.kind == DriftKind::unknown);
  CHECK(before.reasons ==
        std::vector<std::string>{"until the CRD of Widget (live.dpctl.dev/v1) is there"});
  const auto applied = good(apply_objects(live.client, {widget, crd}, {}));
  CHECK(applied[0].change == Change::created);
  CHECK(good(diff_object(live.client, widget, {})).kind == DriftKind::unchanged);
  const ObjectRef crd_ref = good(ref_of(crd));
  const auto now = std::chrono::steady_clock::now();
  CHECK(wait_until_ready(live.client, {{.ref = crd_ref}},
                         {.deadline = now + std::chrono::seconds(20)}));
  good(live.client.remove(crd_ref));
  CHECK(wait_until_gone(live.client, {good(ref_of(widget)), crd_ref},
                        {.deadline = now + std::chrono::seconds(40)}));
  remove_namespace(live.client);
}

TEST_CASE("live: what was there before dpctl is marked as adopted and stays so") {
  Live live;
  good(apply_object(live.client, test_ns(), {}));
  const Json config = named("v1", "ConfigMap", "theirs", {{"data", {{"a", "1"}}}});
  Json foreign = config;
  foreign["metadata"].erase("labels");
  good(live.client.request({.method = "POST",
                            .path = "/api/v1/namespaces/" + test_namespace + "/configmaps",
                            .query = {{"fieldManager", "kubectl-create"}},
                            .body = dump(foreign)},
                           "create", {}));
  CHECK(good(apply_object(live.client, config, {})).adopted);
  CHECK(good(apply_object(live.client, config, {})).adopted);
  CHECK(good(diff_object(live.client, config, {})).kind == DriftKind::unchanged);
  CHECK(is_adopted(*good(live.client.get(good(ref_of(config))))));
  remove_namespace(live.client);
}

TEST_CASE(
    "live: the inventory keeps the keys of writers side by side, and the lease is exclusive") {
  Live live;
  {
    Inventory first = good(Inventory::load(live.client, "live-test", {}));
    Inventory second = good(Inventory::load(live.client, "live-test", {}));
    const ObjectRef a{"v1", "ConfigMap", "x", "a"};
    std::jthread other([&] { CHECK(second.record("b", {a}, {})); });
    CHECK(first.record("a", {a}, {}));
    other.join();
    Inventory both = good(Inventory::load(live.client, "live-test", {}));
    CHECK(both.components() == std::vector<std::string>{"a", "b"});
    CHECK(both.remove({}));
  }
  const LeaseOptions mine{.profile = "live-test", .holder = "a@b, pid 1"};
  {
    const auto lease = good(RunLease::acquire(live.client, mine, {}));
    CHECK(lease.held());
    const auto second =
        RunLease::acquire(live.client, {.profile = "live-test", .holder = "c@d, pid 2"}, {});
    REQUIRE(!second);
    CHECK(second.error().code == ExitCode::refused);
  }
  CHECK(RunLease::acquire(live.client, {.profile = "live-test", .holder = "c@d, pid 2"}, {}));
}

TEST_CASE("live: a thousand objects are applied and looked at in little time") {
  using Milliseconds = std::chrono::duration<double, std::milli>;
  Live live;
  good(apply_object(live.client, test_ns(), {}));
  std::vector<Json> objects;
  for (int i = 0; i < 800; ++i) {
    objects.push_back(
        named("v1", "ConfigMap", "c" + std::to_string(i), {{"data", {{"i", std::to_string(i)}}}}));
  }
  for (int i = 0; i < 200; ++i) {
    objects.push_back(deployment("d" + std::to_string(i), 0));
  }
  const auto timed = [](const char* what, const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    std::printf("%s: %.1f ms\n", what,
                Milliseconds(std::chrono::steady_clock::now() - start).count());
  };
  const auto all_are = [](const std::vector<Drift>& drifts, DriftKind kind) {
    return std::ranges::all_of(drifts, [&](const Drift& drift) { return drift.kind == kind; });
  };
  timed("diff of 1000 absent objects",
        [&] { CHECK(all_are(good(diff_objects(live.client, objects, {})), DriftKind::absent)); });
  timed("apply of 1000 new objects", [&] { good(apply_objects(live.client, objects, {})); });
  timed("apply of 1000 unchanged objects", [&] { good(apply_objects(live.client, objects, {})); });
  timed("diff of 1000 unchanged objects", [&] {
    CHECK(all_are(good(diff_objects(live.client, objects, {})), DriftKind::unchanged));
  });
  timed("apply of 1 changed object",
        [&] { good(apply_object(live.client, deployment("d0", 1), {})); });
  timed("diff of 1 changed object",
        [&] { good(diff_object(live.client, deployment("d1", 1), {})); });
  remove_namespace(live.client);
}
