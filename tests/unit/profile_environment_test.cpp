// SPDX-License-Identifier: Apache-2.0
#include "profile/environment.hpp"

#include <catch2/catch_test_macros.hpp>

#include "profile/layers.hpp"
#include "support/asset_folder.hpp"

using dpctl::Json;
using Variables = std::map<std::string, std::string>;

namespace {

dpctl::EnvironmentChanges changes_of(const Variables& variables, const dpctl::Assets& assets = {}) {
  const auto schema = assets.read("templates/schemas/profile.schema.json");
  REQUIRE(schema);
  const auto json = dpctl::parse_json(schema->text, "schema");
  REQUIRE(json);
  auto changes = dpctl::environment_changes(variables, *json, assets);
  REQUIRE(changes);
  return *changes;
}

Json changed(const Variables& variables, const dpctl::Assets& assets = {}) {
  dpctl::YamlDocument document{Json::object(), "t", {}};
  for (const auto& change : changes_of(variables, assets).changes) {
    REQUIRE(dpctl::assign(document, change.assignment, change.variable));
  }
  return document.value;
}

}  // namespace

TEST_CASE("a variable's name is matched along the schema") {
  CHECK(changed({{"DPCTL_CLUSTER_WORKERS", "1"}}) == Json({{"cluster", {{"workers", 1}}}}));
  CHECK(changed({{"DPCTL_CLUSTER_NODE_IMAGE", "x:1"}, {"DPCTL_CLUSTER_CONTROL_PLANES", "3"}}) ==
        Json({{"cluster", {{"nodeImage", "x:1"}, {"controlPlanes", 3}}}}));
  CHECK(changed({{"DPCTL_CLUSTER_EKS_REGION", "eu-west-1"}}) ==
        Json({{"cluster", {{"eks", {{"region", "eu-west-1"}}}}}}));
  CHECK(changed({{"DPCTL_COMPONENTS_KAFKA_CONNECT", "true"}}) ==
        Json({{"components", {{"kafka-connect", true}}}}));
  CHECK(changed({{"DPCTL_PROVIDERS_S3", "seaweedfs"}}) ==
        Json({{"providers", {{"s3", "seaweedfs"}}}}));
}

TEST_CASE("values take the type that the schema asks for") {
  CHECK(changed({{"DPCTL_CLUSTER_NAME", "123"}, {"DPCTL_CLUSTER_KUBERNETES", "1.34"}}) ==
        Json({{"cluster", {{"name", "123"}, {"kubernetes", "1.34"}}}}));
  CHECK(changed({{"DPCTL_IMAGES_PRELOAD", "[a, b]"}}) ==
        Json({{"images", {{"preload", {"a", "b"}}}}}));
}

TEST_CASE("values of components are matched along their own schema") {
  const dpctl::test::AssetFolder folder;
  folder.write("templates/my-part/component.yaml", "");
  folder.write(
      "templates/my-part/values.schema.json",
      R"({"properties": {"jobNamespace": {"type": "string"}, "driver": {"$ref": "#/definitions/pod"}},
                   "definitions": {"pod": {"properties": {"coreRequest": {"type": "string"}, "cores": {"type": "integer"}}}}})");
  CHECK(changed({{"DPCTL_VALUES_MY_PART_JOB_NAMESPACE", "7"},
                 {"DPCTL_VALUES_MY_PART_DRIVER_CORE_REQUEST", "2"},
                 {"DPCTL_VALUES_MY_PART_DRIVER_CORES", "2"}},
                folder.assets()) ==
        Json({{"values",
               {{"my-part",
                 {{"jobNamespace", "7"}, {"driver", {{"coreRequest", "2"}, {"cores", 2}}}}}}}}));
}

TEST_CASE("variables that lead nowhere are told, dpctl's own and empty ones are not") {
  const auto changes = changes_of({{"DPCTL_CLUSTER_WORKERZ", "1"},
                                   {"DPCTL_VALUES_SPARK_NOPE", "1"},
                                   {"DPCTL_PROFILE", "kind"},
                                   {"DPCTL_STATE_DIR", "/x"},
                                   {"DPCTL_TEST_KUBECONFIG", "/x"},
                                   {"DPCTL_CLUSTER_NAME", ""},
                                   {"PATH", "/bin"}});
  CHECK(changes.changes.empty());
  CHECK(changes.unknown ==
        std::vector<std::string>{"DPCTL_CLUSTER_WORKERZ", "DPCTL_VALUES_SPARK_NOPE"});
}

TEST_CASE("a list that is none is refused, naming the variable") {
  const auto json = Json::parse(R"({"properties": {"a": {"type": "array"}}})");
  const auto changes = dpctl::environment_changes({{"DPCTL_A", "[x"}}, json, {});
  REQUIRE_FALSE(changes);
  CHECK(changes.error().where->file == "DPCTL_A");
}
