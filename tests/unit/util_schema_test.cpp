// SPDX-License-Identifier: Apache-2.0
#include "util/schema.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cstdlib>

#include "util/files.hpp"

using dpctl::Json;
using dpctl::Schema;

namespace {

Schema compiled(const std::string& yaml) {
  const auto document = dpctl::parse_yaml_document(yaml, "schema.yaml");
  INFO((document ? "" : dpctl::full_text(document.error())));
  REQUIRE(document);
  auto schema = Schema::compile(document->value, "test");
  INFO((schema ? "" : dpctl::full_text(schema.error())));
  REQUIRE(schema);
  return *schema;
}

std::vector<std::string> messages(const std::string& schema, const Json& value) {
  std::vector<std::string> out;
  for (const auto& finding : compiled(schema).check(value)) {
    out.push_back(finding.message);
  }
  return out;
}

using Messages = std::vector<std::string>;

constexpr const char* cluster_schema = R"(
type: object
additionalProperties: false
required: [cluster]
properties:
  cluster:
    type: object
    additionalProperties: false
    properties:
      provider: {enum: [kind, kwok, existing, eks]}
      workers: {type: integer, minimum: 0, maximum: 100, description: How many workers.}
      names: {type: array, uniqueItems: true, maxItems: 3, items: {type: string, pattern: "^[a-z]+$", maxLength: 4}}
)";

std::filesystem::path test_data() {
  const auto folder = dpctl::environment("DPCTL_TESTDATA");
  const auto repository = std::filesystem::path(__FILE__).parent_path().parent_path().parent_path();
  return folder ? std::filesystem::path(*folder) : repository / ".." / "shared";
}

}  // namespace

TEST_CASE("a value that fits has no findings") {
  CHECK(messages(cluster_schema,
                 {{"cluster", {{"provider", "kind"}, {"workers", 3}, {"names", {"a", "b"}}}}})
            .empty());
  CHECK(messages(cluster_schema, {{"cluster", {{"workers", 3.0}}}}).empty());
}

TEST_CASE("messages name the value, what it must be and what it is") {
  CHECK(messages(cluster_schema, {{"cluster", {{"workerz", 3}}}}) ==
        Messages{"unknown key 'workerz' in cluster; did you mean 'workers'?"});
  CHECK(messages(cluster_schema, {{"cluster", {{"workers", "three"}}}}) ==
        Messages{"cluster.workers must be an integer, not the string \"three\""});
  CHECK(messages(cluster_schema, {{"cluster", {{"workers", 1.5}}}}) ==
        Messages{"cluster.workers must be an integer, not the number 1.5"});
  CHECK(messages(cluster_schema, {{"cluster", {{"workers", -1}}}}) ==
        Messages{"cluster.workers must be at least 0, not -1"});
  CHECK(
      messages(cluster_schema, {{"cluster", {{"provider", "kin"}}}}) ==
      Messages{
          R"(cluster.provider must be "kind", "kwok", "existing" or "eks", not the string "kin"; did you mean 'kind'?)"});
  CHECK(messages(cluster_schema, Json::object()) == Messages{"cluster is missing"});
  CHECK(messages(cluster_schema, Json::array()) ==
        Messages{"the document must be a map, not a list"});
  CHECK(messages(cluster_schema, {{"cluster", {{"names", {"a", "B", "abcde", "a"}}}}}) ==
        Messages{"cluster.names may have 3 entries, it has 4", "cluster.names holds \"a\" twice",
                 "cluster.names[1] must look like ^[a-z]+$, not the string \"B\"",
                 "cluster.names[2] may have 4 characters, it has 5"});
}

TEST_CASE("findings become one error with places in the file") {
  const auto document = dpctl::parse_yaml_document("cluster:\n  workerz: 3\n  workers: three\n",
                                                   "profiles/kind.yaml");
  REQUIRE(document);
  const auto checked = dpctl::check_document(compiled(cluster_schema), *document);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().code == dpctl::ExitCode::invalid_input);
  CHECK(dpctl::summary_line(checked.error()) ==
        "profiles/kind.yaml:3:3: cluster.workers must be an integer, not the string \"three\"\n"
        "profiles/kind.yaml:2:3: unknown key 'workerz' in cluster; did you mean 'workers'?");
  CHECK(checked.error().hint == "How many workers.");
}

TEST_CASE("keywords over maps") {
  CHECK(messages("{patternProperties: {^a: {type: integer}}, additionalProperties: {type: string}}",
                 {{"ab", "x"}, {"b", 1}}) == Messages{"ab must be an integer, not the string \"x\"",
                                                      "b must be a string, not the number 1"});
  CHECK(messages("{propertyNames: {pattern: '^[a-z]+$'}}", {{"A", 1}}) ==
        Messages{"the key 'A' in the document: the document must look like ^[a-z]+$, not the "
                 "string \"A\""});
  CHECK(messages("{minProperties: 1}", Json::object()) ==
        Messages{"the document must have at least 1 entries, it has 0"});
  CHECK(messages("{maxProperties: 1}", {{"a", 1}, {"b", 2}}).size() == 1);
  CHECK(messages("{properties: {a: false}}", {{"a", 1}}) == Messages{"a is not allowed"});
}

TEST_CASE("keywords over numbers, strings and constants") {
  CHECK(messages("{exclusiveMinimum: 1}", 1).size() == 1);
  CHECK(messages("{exclusiveMaximum: 1}", 1).size() == 1);
  CHECK(messages("{multipleOf: 3}", 7) == Messages{"the document must be a multiple of 3, not 7"});
  CHECK(messages("{multipleOf: 0.5}", 2).empty());
  CHECK(messages("{minLength: 2}", "é").size() == 1);
  CHECK(messages("{minLength: 1}", "") == Messages{"the document must not be empty"});
  CHECK(messages("{maxLength: 2}", "éé").empty());
  CHECK(messages("{const: 1}", 2).size() == 1);
  CHECK(messages("{type: [string, 'null']}", 2) ==
        Messages{"the document must be a string or null, not the number 2"});
  CHECK(messages("{type: boolean}", nullptr) ==
        Messages{"the document must be true or false, not null"});
  CHECK(messages("{pattern: ^a}", std::string(3000, 'a')).size() == 1);
}

TEST_CASE("of several forms, the one that was meant is reported") {
  const std::string manifest =
      "{oneOf: [{type: string}, {type: object, required: [url], additionalProperties: false, "
      "properties: {url: {type: string}, "
      "digest: {type: string}}}]}";
  CHECK(messages(manifest, "a.yaml").empty());
  CHECK(messages(manifest, {{"url", "x"}}).empty());
  CHECK(messages(manifest, {{"url", 5}}) == Messages{"url must be a string, not the number 5"});
  CHECK(messages(manifest, {{"url", "x"}, {"digets", "y"}}) ==
        Messages{"unknown key 'digets' in the document; did you mean 'digest'?"});
  CHECK(messages(manifest, 5) == Messages{"the document must be a string, not the number 5; or the "
                                          "document must be a map, not the number 5"});
  CHECK(messages("{oneOf: [{type: integer}, {minimum: 2}]}", 3) ==
        Messages{"the document fits more than one of the forms it may have"});
  CHECK(messages("{anyOf: [{type: integer}, {minimum: 2}]}", 3).empty());
  CHECK(messages("{allOf: [{type: integer}, {minimum: 4}]}", 3).size() == 1);
  CHECK(messages("{not: {type: integer}}", 3).size() == 1);
}

TEST_CASE("conditions choose what else is asked") {
  const std::string schema =
      "{if: {properties: {provider: {const: existing}}, required: [provider]}, then: {required: "
      "[context]}, else: {required: [name]}}";
  CHECK(messages(schema, {{"provider", "existing"}}) == Messages{"context is missing"});
  CHECK(messages(schema, {{"provider", "kind"}}) == Messages{"name is missing"});
  CHECK(messages(schema, {{"provider", "existing"}, {"context", "x"}}).empty());
}

TEST_CASE("references point into the same schema, recursion included") {
  const std::string schema =
      "{$ref: '#/definitions/node', definitions: {node: {type: object, additionalProperties: "
      "false, properties: {next: {$ref: "
      "'#/definitions/node'}}}}}";
  CHECK(messages(schema, {{"next", {{"next", {{"nxt", 1}}}}}}) ==
        Messages{"unknown key 'nxt' in next.next; did you mean 'next'?"});
  Json deep = Json::object();
  for (int i = 0; i < 300; ++i) {
    deep = {{"next", deep}};
  }
  CHECK(messages(schema, deep).size() == 1);
}

TEST_CASE("a schema that cannot be checked in full is refused") {
  const std::string schema = GENERATE(
      "{contains: {type: string}}", "{items: [{type: string}]}", "{dependentRequired: {a: [b]}}",
      "{type: text}", "{pattern: '('}", "{$ref: '#/definitions/gone'}", "{$ref: other.json}",
      "{properties: {a: {unknown: 1}}}", "{required: a}", "{oneOf: []}",
      "{definitions: {a: {typ: string}}}", "{$ref: '#'}", "{minimum: x}", "{multipleOf: 0}",
      "{patternProperties: {'[': {}}}",
      "{definitions: {a: {$ref: '#/definitions/b'}, b: {$ref: '#/definitions/a'}}}");
  INFO(schema);
  const auto document = dpctl::parse_yaml_document(schema, "schema.yaml");
  REQUIRE(document);
  const auto result = Schema::compile(document->value, "test");
  REQUIRE_FALSE(result);
  CHECK(result.error().message.starts_with("the schema test cannot be used: "));
}

TEST_CASE("eksctl's own schema takes a good ClusterConfig and refuses a bad one") {
  const auto text = dpctl::read_file(test_data() / "schemas" / "eksctl-0.230.0.json");
  if (!text) {
    SKIP("eksctl's schema is not in the test data");
  }
  const auto json = dpctl::parse_json(*text, "eksctl");
  REQUIRE(json);
  const auto schema = Schema::compile(*json, "eksctl");
  INFO((schema ? "" : dpctl::full_text(schema.error())));
  REQUIRE(schema);
  Json config = {{"apiVersion", "eksctl.io/v1alpha5"},
                 {"kind", "ClusterConfig"},
                 {"metadata", {{"name", "a"}, {"region", "eu-central-1"}, {"version", "1.34"}}},
                 {"managedNodeGroups",
                  {{{"name", "w"}, {"instanceType", "m6i.large"}, {"desiredCapacity", 3}}}}};
  CHECK(schema->check(config).empty());
  config["managedNodeGroups"][0]["desiredCapacity"] = "three";
  config["metadata"]["regoin"] = "x";
  const auto findings = schema->check(config);
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].pointer == "/managedNodeGroups/0/desiredCapacity");
  CHECK(findings[1].message == "unknown key 'regoin' in metadata; did you mean 'region'?");
}
