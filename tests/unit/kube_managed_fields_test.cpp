// SPDX-License-Identifier: Apache-2.0
#include "kube/managed_fields.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace dpctl;

namespace {

/// A Deployment as manifests have it: the port's protocol left to its default.
Json wanted() {
  return {{"apiVersion", "apps/v1"},
          {"kind", "Deployment"},
          {"metadata", {{"name", "web"}, {"namespace", "a"}, {"labels", {{"app", "web"}}}}},
          {"spec",
           {{"replicas", 1},
            {"args", {"x", "y"}},
            {"containers",
             {{{"name", "main"},
               {"image", "i:1"},
               {"ports", {{{"containerPort", 80}}}},
               {"tmp", Json::object()}}}}}}};
}

/// The same as it lives: defaults filled in, somebody else's container beside ours.
Json live() {
  Json object = wanted();
  object["spec"]["paused"] = false;
  object["spec"]["containers"][0]["ports"][0]["protocol"] = "TCP";
  object["spec"]["containers"].push_back({{"name", "injected"}});
  object["metadata"]["managedFields"] = {
      {{"manager", "dpctl"},
       {"operation", "Apply"},
       {"apiVersion", "apps/v1"},
       {"fieldsV1",
        {{"f:metadata", {{"f:labels", {{"f:app", Json::object()}}}}},
         {"f:spec",
          {{"f:replicas", Json::object()},
           {"f:args", Json::object()},
           {"f:containers",
            {{R"(k:{"name":"main"})",
              {{".", Json::object()},
               {"f:name", Json::object()},
               {"f:image", Json::object()},
               {"f:tmp", Json::object()},
               {"f:ports",
                {{R"(k:{"containerPort":80,"protocol":"TCP"})",
                  {{".", Json::object()},
                   {"f:containerPort", Json::object()},
                   {"f:protocol", Json::object()}}}}}}}}}}}}}}};
  return object;
}

}  // namespace

TEST_CASE("an object that is as it was applied is settled") { CHECK(is_settled(live(), wanted())); }

TEST_CASE("a wanted value that is another one needs the server's word") {
  Json changed = wanted();
  changed["spec"]["replicas"] = 2;
  CHECK_FALSE(is_settled(live(), changed));
  changed = wanted();
  changed["spec"]["args"] = {"x"};
  CHECK_FALSE(is_settled(live(), changed));
}

TEST_CASE("a field, an element or a label more or less than before is not settled") {
  Json fewer = wanted();
  fewer["spec"].erase("replicas");
  CHECK_FALSE(is_settled(live(), fewer));
  Json more = wanted();
  more["metadata"]["labels"]["new"] = "1";
  CHECK_FALSE(is_settled(live(), more));
  Json container = wanted();
  container["spec"]["containers"].push_back({{"name", "injected"}});
  CHECK_FALSE(is_settled(live(), container));
}

TEST_CASE(
    "a field that somebody else took over is not settled, even where its value is the wanted one") {
  Json taken = live();
  taken["metadata"]["managedFields"][0]["fieldsV1"]["f:spec"].erase("f:replicas");
  CHECK_FALSE(is_settled(taken, wanted()));
}

TEST_CASE("an object that dpctl never applied to is not settled") {
  Json foreign = live();
  foreign["metadata"]["managedFields"][0]["manager"] = "helm";
  CHECK_FALSE(is_settled(foreign, wanted()));
  CHECK_FALSE(applied_by_dpctl(foreign));
  CHECK(applied_by_dpctl(live()));
}

TEST_CASE("odd managed fields are doubted, not trusted") {
  Json odd = live();
  auto& containers = odd["metadata"]["managedFields"][0]["fieldsV1"]["f:spec"]["f:containers"];
  for (const char* path : {"x", "k:nonsense", "i:0", ""}) {
    containers = Json::object();
    containers[path] = {{"f:name", Json::object()}};
    CHECK_FALSE(is_settled(odd, wanted()));
  }
}

TEST_CASE(
    "an apply that changed nothing is told from one that did, beside what controllers write") {
  Json before = live();
  before["metadata"]["managedFields"][0]["time"] = "2026-01-01T00:00:00Z";
  before["metadata"]["generation"] = 1;
  Json after = before;
  after["metadata"]["annotations"] = {{"controller", "was here"}};
  CHECK(is_same_application(before, after));
  after["metadata"]["generation"] = 2;
  CHECK_FALSE(is_same_application(before, after));
  after = before;
  after["metadata"]["managedFields"][0]["time"] = "2026-01-01T00:00:05Z";
  CHECK_FALSE(is_same_application(before, after));
  CHECK_FALSE(is_same_application(Json::object(), after));
}

TEST_CASE("conflicts are read from the causes: field, manager, and whether it applied") {
  const std::vector<Json> causes = {
      {{"reason", "FieldManagerConflict"},
       {"field", ".spec.replicas"},
       {"message", "conflict with \"kubectl-edit\" using apps/v1 at 2026-01-01T00:00:00Z"}},
      {{"reason", "FieldManagerConflict"},
       {"field", ".spec.a"},
       {"message", "conflict with \"argocd\""}},
      {{"reason", "FieldValueInvalid"}, {"field", "x"}, {"message", "y"}}};
  const auto conflicts = field_conflicts(causes);
  REQUIRE(conflicts.size() == 2);
  CHECK(conflicts[0].manager == "kubectl-edit");
  CHECK_FALSE(conflicts[0].by_apply);
  CHECK(conflicts[1].by_apply);
}

TEST_CASE("a hand's edit of dpctl's object may be taken back, another tool's field may not") {
  CHECK(may_take_back({.field = ".a", .manager = "kubectl-edit"}, live()));
  CHECK(may_take_back({.field = ".a", .manager = "dpctl"}, live()));
  CHECK_FALSE(may_take_back({.field = ".a", .manager = "kubectl-client-side-apply"}, live()));
  CHECK_FALSE(may_take_back({.field = ".a", .manager = "helm"}, live()));
  CHECK_FALSE(may_take_back({.field = ".a", .manager = "kubectl", .by_apply = true}, live()));
  Json adopted = live();
  adopted["metadata"]["annotations"] = {{"dpctl.dev/adopted", "true"}};
  CHECK_FALSE(may_take_back({.field = ".a", .manager = "kubectl-edit"}, adopted));
}

TEST_CASE("a conflict's field is found in an object, by keys, values and names with dots") {
  Json object = live();
  object["metadata"]["labels"]["app.kubernetes.io/name"] = "n";
  object["metadata"]["finalizers"] = {"a", "b"};
  CHECK(*at_field(object, ".spec.replicas") == 1);
  CHECK(*at_field(object, R"(.spec.containers[name="main"].image)") == "i:1");
  CHECK(*at_field(
            object,
            R"(.spec.containers[name="main"].ports[containerPort=80,protocol="TCP"].protocol)") ==
        "TCP");
  CHECK(*at_field(object, ".metadata.labels.app.kubernetes.io/name") == "n");
  CHECK(*at_field(object, R"(.metadata.finalizers[="b"])") == "b");
  CHECK(at_field(object, ".spec.nothing") == nullptr);
  CHECK(at_field(object, ".spec.containers[") == nullptr);
}
