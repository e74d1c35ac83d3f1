// SPDX-License-Identifier: Apache-2.0
#include "kube/drift.hpp"

#include <catch2/catch_test_macros.hpp>

#include "kube/apply.hpp"
#include "support/fake_api.hpp"

using namespace dpctl;

namespace {

struct Cluster {
  FakeApi api;
  FakeClock clock;
  KubeClient client{api.transport(), clock.clock()};
};

Json config(const std::string& name, const std::string& value) {
  Json object = {{"apiVersion", "v1"},
                 {"kind", "ConfigMap"},
                 {"metadata", {{"name", name}, {"namespace", "a"}}},
                 {"data", {{"k", value}}}};
  label_object(object, "p", "c");
  return object;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "an object is absent, unchanged, or differs field by field, and nothing is changed by "
    "looking") {
  Cluster cluster;
  CHECK(diff_object(cluster.client, config("c", "1"), {})->kind == DriftKind::absent);
  REQUIRE(apply_object(cluster.client, config("c", "1"), {}));
  CHECK(diff_object(cluster.client, config("c", "1"), {})->kind == DriftKind::unchanged);
  const auto drift = *diff_object(cluster.client, config("c", "2"), {});
  CHECK(drift.kind == DriftKind::differs);
  CHECK(drift.reasons == Texts{"data.k 1 → 2"});
  for (const auto& patch : cluster.api.sent("PATCH")) {
    const bool applied = patch.body.find(R"("k":"1")") != std::string::npos;
    CHECK((applied || patch.url.find("dryRun=All") != std::string::npos));
  }
}

TEST_CASE("a kind that is not served yet is unknown") {
  Cluster cluster;
  const Json widget = {
      {"apiVersion", "x.io/v1"}, {"kind", "Widget"}, {"metadata", {{"name", "w"}}}};
  const auto drift = *diff_object(cluster.client, widget, {.default_namespace = "a"});
  CHECK(drift.kind == DriftKind::unknown);
  CHECK(drift.reasons == Texts{"until the CRD of Widget (x.io/v1) is there"});
}

TEST_CASE("a field of another tool is a conflict, a hand's edit is a difference") {
  Cluster cluster;
  REQUIRE(apply_object(cluster.client, config("c", "1"), {}));
  const auto conflict = [](const std::string& manager) {
    const Json cause = {{"reason", "FieldManagerConflict"},
                        {"field", ".data.k"},
                        {"message", "conflict with \"" + manager + "\" using v1"}};
    return status_answer(409, "Conflict", "Apply failed", {{"causes", {cause}}});
  };
  cluster.api.script("PATCH", "/c", conflict("helm"));
  const auto helm = *diff_object(cluster.client, config("c", "2"), {});
  CHECK(helm.kind == DriftKind::conflict);
  CHECK(helm.reasons == Texts{"data.k: 2 here, 1 in the cluster, set by helm"});
  cluster.api.script("PATCH", "/c", conflict("kubectl-patch"));
  const auto hand = *diff_object(cluster.client, config("c", "2"), {});
  CHECK(hand.kind == DriftKind::differs);
  CHECK(hand.reasons == Texts{"data.k 1 → 2"});
}

TEST_CASE("a change that the server would refuse is a difference that says so") {
  Cluster cluster;
  REQUIRE(apply_object(cluster.client, config("c", "1"), {}));
  cluster.api.script("PATCH", "/c", status_answer(422, "Invalid", "data: field is immutable"));
  const auto drift = *diff_object(cluster.client, config("c", "2"), {});
  CHECK(drift.kind == DriftKind::differs);
  CHECK(drift.reasons == Texts{"cannot be changed in place: data: field is immutable"});
}

TEST_CASE("where a webhook allows no dry run, wanted and live are compared here") {
  Cluster cluster;
  REQUIRE(apply_object(cluster.client, config("c", "1"), {}));
  cluster.api.script(
      "PATCH", "/c",
      status_answer(400, "BadRequest", "admission webhook \"w\" does not support dry run"));
  CHECK(diff_object(cluster.client, config("c", "2"), {})->reasons == Texts{"data.k 1 → 2"});
}

TEST_CASE("an object on its way out differs") {
  Cluster cluster;
  Json dying = config("c", "1");
  dying["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z";
  cluster.api.put(dying);
  CHECK(diff_object(cluster.client, config("c", "1"), {})->reasons == Texts{"is being removed"});
}

TEST_CASE("many objects of a kind are listed once, and answered in their own order") {
  Cluster cluster;
  std::vector<Json> objects;
  for (int i = 0; i < 10; ++i) {
    objects.push_back(config("c" + std::to_string(i), "1"));
  }
  cluster.api.put({{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", {{"name", "a"}}}});
  REQUIRE(apply_objects(cluster.client, objects, {}));
  const auto gets = cluster.api.count("GET ");
  const auto drifts = *diff_objects(cluster.client, objects, {});
  CHECK(std::ranges::all_of(drifts,
                            [](const Drift& drift) { return drift.kind == DriftKind::unchanged; }));
  CHECK(drifts[7].ref.name == "c7");
  CHECK(cluster.api.count("GET ") == gets + 2);  // the list and the namespace
}

TEST_CASE("where the namespace does not exist nothing in it is asked for") {
  Cluster cluster;
  const auto drifts = *diff_objects(cluster.client, {config("one", "1"), config("two", "1")}, {});
  CHECK(drifts[0].kind == DriftKind::absent);
  CHECK(drifts[1].kind == DriftKind::absent);
  CHECK(cluster.api.requests() == Texts{"GET /api/v1/namespaces/a"});
}

TEST_CASE("what a controller writes while we look is no drift") {
  Cluster cluster;
  REQUIRE(apply_object(cluster.client, config("c", "1"), {}));
  const Json old = *cluster.api.object("/api/v1/namespaces/a/configmaps/c");
  Json written = old;
  written["metadata"]["annotations"] = {{"controller", "was here"}};
  cluster.api.put(written);
  cluster.api.script("GET", "/c", json_answer(200, old));
  CHECK(diff_object(cluster.client, config("c", "1"), {})->kind == DriftKind::unchanged);
}
