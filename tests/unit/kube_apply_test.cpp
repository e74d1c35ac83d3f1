// SPDX-License-Identifier: Apache-2.0
#include "kube/apply.hpp"

#include <catch2/catch_test_macros.hpp>

#include "support/fake_api.hpp"

using namespace dpctl;

namespace {

struct Cluster {
  FakeApi api;
  FakeClock clock;
  KubeClient client{api.transport(), clock.clock()};
};

Json object(const char* api_version, const char* kind, const std::string& name,
            const Json& rest = Json::object()) {
  Json all = {{"apiVersion", api_version}, {"kind", kind}, {"metadata", {{"name", name}}}};
  all.update(rest);
  return all;
}

HttpResponse conflict_with(const std::string& manager) {
  const Json cause = {{"reason", "FieldManagerConflict"},
                      {"field", ".data.k"},
                      {"message", "conflict with \"" + manager + "\" using v1"}};
  return status_answer(409, "Conflict", "Apply failed with 1 conflict", {{"causes", {cause}}});
}

const std::string config_path = "/api/v1/namespaces/a/configmaps/c";
const ApplyOptions in_a{.default_namespace = "a"};

}  // namespace

TEST_CASE("an object is created, then unchanged, then configured") {
  Cluster cluster;
  const Json config = object("v1", "ConfigMap", "c", {{"data", {{"k", "1"}}}});
  const auto first = *apply_object(cluster.client, config, in_a);
  CHECK(first.change == Change::created);
  CHECK(to_string(first.ref) == "ConfigMap a/c");
  CHECK_FALSE(first.adopted);
  CHECK(apply_object(cluster.client, config, in_a)->change == Change::unchanged);
  const Json other = object("v1", "ConfigMap", "c", {{"data", {{"k", "2"}}}});
  CHECK(apply_object(cluster.client, other, in_a)->change == Change::configured);
}

TEST_CASE("what was there before is marked as adopted") {
  Cluster cluster;
  cluster.api.put({{"apiVersion", "v1"},
                   {"kind", "ConfigMap"},
                   {"metadata", {{"name", "c"}, {"namespace", "a"}}}});
  CHECK(apply_object(cluster.client, object("v1", "ConfigMap", "c"), in_a)->adopted);
  CHECK(is_adopted(*cluster.api.object(config_path)));
  CHECK(apply_object(cluster.client, object("v1", "ConfigMap", "c"), in_a)->adopted);
}

TEST_CASE("another tool's field is refused with field, both values, manager and the way out") {
  Cluster cluster;
  REQUIRE(apply_object(cluster.client,
                       object("v1", "ConfigMap", "c", {{"data", {{"k", "theirs"}}}}), in_a));
  cluster.api.script("PATCH", "/c", conflict_with("helm"));
  const auto refused = apply_object(
      cluster.client, object("v1", "ConfigMap", "c", {{"data", {{"k", "ours"}}}}), in_a);
  REQUIRE(!refused);
  CHECK(refused.error().code == ExitCode::refused);
  CHECK(refused.error().message ==
        "ConfigMap a/c: fields belong to others:\n  data.k: ours here, theirs in the cluster, set "
        "by helm");
  CHECK(refused.error().hint.find("--take-over") != std::string::npos);
  CHECK(cluster.api.count("PATCH " + config_path) == 2);
}

TEST_CASE("a Secret's values do not show in a conflict") {
  Cluster cluster;
  cluster.api.script("PATCH", "/c", conflict_with("helm"));
  const auto refused = apply_object(
      cluster.client, object("v1", "Secret", "c", {{"data", {{"k", "b3Vycw=="}}}}), in_a);
  REQUIRE(!refused);
  CHECK(refused.error().message.find("b3Vycw==") == std::string::npos);
  CHECK(refused.error().message.find("(secret) here") != std::string::npos);
}

TEST_CASE("a hand's edit of dpctl's own object is mended with force") {
  Cluster cluster;
  REQUIRE(apply_object(cluster.client,
                       object("v1", "ConfigMap", "c", {{"data", {{"k", "edited"}}}}), in_a));
  cluster.api.script("PATCH", "/c", conflict_with("kubectl-edit"));
  const auto mended = apply_object(
      cluster.client, object("v1", "ConfigMap", "c", {{"data", {{"k", "ours"}}}}), in_a);
  REQUIRE(mended);
  CHECK(mended->change == Change::configured);
  CHECK(cluster.api.requests().back().find("force=true") != std::string::npos);
}

TEST_CASE("with take-over the fields become dpctl's at once") {
  Cluster cluster;
  ApplyOptions options = in_a;
  options.on_conflict = OnConflict::take_over;
  REQUIRE(apply_object(cluster.client, object("v1", "ConfigMap", "c"), options));
  CHECK(cluster.api.requests().back().find("force=true") != std::string::npos);
}

TEST_CASE("a kind whose CRD lands a moment later is waited for, one that never comes is told") {
  Cluster cluster;
  const Json widget = object("x.io/v1", "Widget", "w");
  ApplyOptions options = in_a;
  options.call.note = [&](const std::string&) {
    static int calls = 0;
    if (++calls == 2) {
      cluster.api.serve("x.io/v1", "Widget widgets", true);
    }
  };
  CHECK(apply_object(cluster.client, widget, options)->change == Change::created);
  const auto never = apply_object(cluster.client, object("y.io/v1", "Gadget", "g"), in_a);
  REQUIRE(!never);
  CHECK(never.error().message == "Gadget a/g: the cluster does not serve Gadget of y.io/v1");
}

TEST_CASE("an object on its way out is waited for, then made anew") {
  Cluster cluster;
  Json dying = object("v1", "ConfigMap", "c");
  dying["metadata"]["namespace"] = "a";
  dying["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z";
  dying["metadata"]["finalizers"] = {"hold.io/it"};
  cluster.api.put(dying);
  const auto held = apply_object(cluster.client, object("v1", "ConfigMap", "c"), in_a);
  REQUIRE(!held);
  CHECK(held.error().code == ExitCode::timed_out);
  CHECK(held.error().hint.find("hold.io/it") != std::string::npos);

  ApplyOptions options = in_a;
  options.call.note = [&](const std::string&) { cluster.api.erase(dying); };
  CHECK(apply_object(cluster.client, object("v1", "ConfigMap", "c"), options)->change ==
        Change::created);
}

TEST_CASE("two writers that meet are sorted out by another try") {
  Cluster cluster;
  cluster.api.script("PATCH", "/c",
                     status_answer(409, "AlreadyExists", "configmaps \"c\" already exists"));
  CHECK(apply_object(cluster.client, object("v1", "ConfigMap", "c"), in_a)->change ==
        Change::created);
}

TEST_CASE("many objects are applied rank by rank, and answered in their own order") {
  Cluster cluster;
  std::vector<Json> objects;
  for (int i = 0; i < 20; ++i) {
    objects.push_back(object("v1", "ConfigMap", "c" + std::to_string(i)));
  }
  objects.push_back(object("v1", "Namespace", "a"));
  const auto applied = *apply_objects(cluster.client, objects, in_a);
  REQUIRE(applied.size() == 21);
  CHECK(applied[3].ref.name == "c3");
  const auto patches = cluster.api.sent("PATCH");
  REQUIRE(patches.size() == 21);
  CHECK(patches[0].url.find("/namespaces/a?") != std::string::npos);
}

TEST_CASE("the first failure ends the rest and names its object") {
  Cluster cluster;
  cluster.api.script("PATCH", "/bad", status_answer(422, "Invalid", "data: must be a map"));
  const auto failed = apply_objects(
      cluster.client, {object("v1", "Namespace", "bad"), object("v1", "ConfigMap", "c")}, in_a);
  REQUIRE(!failed);
  CHECK(summary_line(failed.error()) == "apply Namespace bad: data: must be a map");
  CHECK_FALSE(cluster.api.object(config_path));
}
