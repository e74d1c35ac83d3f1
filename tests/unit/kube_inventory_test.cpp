// SPDX-License-Identifier: Apache-2.0
#include "kube/inventory.hpp"

#include <catch2/catch_test_macros.hpp>

#include "support/fake_api.hpp"

using namespace dpctl;

namespace {

struct Cluster {
  FakeApi api;
  FakeClock clock;
  KubeClient client{api.transport(), clock.clock()};
};

const ObjectRef a{"v1", "ConfigMap", "x", "a"};
const ObjectRef b{"apps/v1", "Deployment", "x", "b"};
const std::string path = "/api/v1/namespaces/dpctl-system/configmaps/dpctl-inventory-kind";

}  // namespace

TEST_CASE(
    "an inventory that does not exist is empty, and is made with its namespace when first "
    "written") {
  Cluster cluster;
  auto inventory = *Inventory::load(cluster.client, "kind", {});
  CHECK(inventory.components().empty());
  REQUIRE(inventory.record("spark", {a}, {}));
  CHECK(string_at(*cluster.api.object(path), "data.spark") == R"([["v1","ConfigMap","x","a"]])");
  CHECK(cluster.api.object("/api/v1/namespaces/dpctl-system"));
  CHECK(Inventory::load(cluster.client, "kind", {})->of("spark") == std::set<ObjectRef>{a});
}

TEST_CASE(
    "recording adds to what is known, replacing does not, forgetting takes the component out") {
  Cluster cluster;
  auto inventory = *Inventory::load(cluster.client, "kind", {});
  REQUIRE(inventory.record("spark", {a}, {}));
  REQUIRE(inventory.record("spark", {b}, {}));
  CHECK(inventory.of("spark") == std::set<ObjectRef>{a, b});
  REQUIRE(inventory.replace("spark", {b}, {}));
  CHECK(Inventory::load(cluster.client, "kind", {})->of("spark") == std::set<ObjectRef>{b});
  REQUIRE(inventory.forget("spark", {}));
  CHECK(Inventory::load(cluster.client, "kind", {})->components().empty());
  REQUIRE(inventory.remove({}));
  CHECK_FALSE(cluster.api.object(path));
}

TEST_CASE("what is already so is not written again") {
  Cluster cluster;
  auto inventory = *Inventory::load(cluster.client, "kind", {});
  REQUIRE(inventory.record("spark", {a}, {}));
  const auto before = cluster.api.requests().size();
  REQUIRE(inventory.record("spark", {a}, {}));
  REQUIRE(inventory.replace("spark", {a}, {}));
  REQUIRE(inventory.forget("none", {}));
  CHECK(cluster.api.requests().size() == before);
}

TEST_CASE("two writers keep each other's components") {
  Cluster cluster;
  auto first = *Inventory::load(cluster.client, "kind", {});
  auto second = *Inventory::load(cluster.client, "kind", {});
  REQUIRE(first.record("spark", {a}, {}));
  REQUIRE(second.record("kafka", {b}, {}));
  CHECK(Inventory::load(cluster.client, "kind", {})->components() ==
        std::vector<std::string>{"kafka", "spark"});
}

TEST_CASE("an inventory that cannot be read is an error, not an empty one") {
  Cluster cluster;
  cluster.api.put({{"apiVersion", "v1"},
                   {"kind", "ConfigMap"},
                   {"metadata", {{"name", "dpctl-inventory-kind"}, {"namespace", "dpctl-system"}}},
                   {"data", {{"spark", R"([["v1","ConfigMap"]])"}}}});
  CHECK_FALSE(Inventory::load(cluster.client, "kind", {}));
}

TEST_CASE("orphans are what was recorded and is no longer wanted; a new API version makes none") {
  const ObjectRef old_version{"policy/v1beta1", "PodDisruptionBudget", "x", "p"};
  const ObjectRef new_version{"policy/v1", "PodDisruptionBudget", "x", "p"};
  const ObjectRef ns{"v1", "Namespace", "", "x"};
  const ObjectRef app{"sparkoperator.k8s.io/v1beta2", "SparkApplication", "x", "app"};
  CHECK(orphans({ns, a, old_version, app}, {a, new_version}) == std::vector<ObjectRef>{app, ns});
}
