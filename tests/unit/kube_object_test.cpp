// SPDX-License-Identifier: Apache-2.0
#include "kube/object.hpp"

#include <catch2/catch_test_macros.hpp>

#include "kube/base64.hpp"

using namespace dpctl;

namespace {

Json object(const char* api_version, const char* kind, const char* name) {
  return {{"apiVersion", api_version}, {"kind", kind}, {"metadata", {{"name", name}}}};
}

}  // namespace

TEST_CASE("an object is named by kind, namespace and name") {
  Json deployment = object("apps/v1", "Deployment", "controller");
  deployment["metadata"]["namespace"] = "spark";
  CHECK(to_string(*ref_of(deployment)) == "Deployment spark/controller");
  CHECK(to_string(*ref_of(object("v1", "Namespace", "spark"))) == "Namespace spark");
}

TEST_CASE("an object that lacks a part of its name is refused, and the part is told") {
  const auto nameless = ref_of({{"apiVersion", "v1"}, {"kind", "Pod"}});
  REQUIRE(!nameless);
  CHECK(nameless.error().code == ExitCode::invalid_input);
  CHECK(nameless.error().message == "a Pod without metadata.name");
  CHECK(ref_of(Json("text")).error().message == "an object without apiVersion");
}

TEST_CASE("custom groups under k8s.io are not taken for built-in ones") {
  CHECK(is_builtin_group(""));
  CHECK(is_builtin_group("rbac.authorization.k8s.io"));
  CHECK_FALSE(is_builtin_group("sparkoperator.k8s.io"));
  CHECK_FALSE(is_builtin_group("metrics.k8s.io"));
}

TEST_CASE(
    "objects are applied namespaces first and custom resources last, and removed the other way "
    "round") {
  std::vector<Json> objects = {object("sparkoperator.k8s.io/v1beta2", "SparkApplication", "app"),
                               object("apps/v1", "Deployment", "d"),
                               object("v1", "ServiceAccount", "sa"),
                               object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "crd"),
                               object("v1", "Namespace", "ns"),
                               object("serving.example.org/v1", "Service", "custom")};
  sort_for_apply(objects);
  std::vector<ObjectRef> refs;
  std::string order;
  for (const auto& each : objects) {
    refs.push_back(*ref_of(each));
    order += refs.back().name + " ";
  }
  CHECK(order == "ns crd sa d app custom ");
  sort_for_removal(refs);
  CHECK(refs.front().name == "app");
  CHECK(refs.back().name == "ns");
}

TEST_CASE("lists and arrays are taken apart, nulls dropped") {
  const Json list = {{"kind", "List"}, {"items", {object("v1", "Pod", "a"), nullptr}}};
  CHECK(objects_of(list).size() == 1);
  CHECK(objects_of(Json::array({object("v1", "Pod", "b"), list})).size() == 2);
  CHECK(objects_of(nullptr).empty());
}

TEST_CASE("labels are added beside those that are there") {
  Json labelled = object("v1", "Pod", "a");
  labelled["metadata"]["labels"] = {{"app", "x"}};
  label_object(labelled, "kind", "spark");
  CHECK(labelled["metadata"]["labels"] == Json{{"app", "x"},
                                               {"app.kubernetes.io/managed-by", "dpctl"},
                                               {"dpctl.dev/profile", "kind"},
                                               {"dpctl.dev/component", "spark"}});
  CHECK(label_selector("kind") == "app.kubernetes.io/managed-by=dpctl,dpctl.dev/profile=kind");
}

TEST_CASE("what the server writes is not sent, and a Secret's stringData goes as data") {
  Json secret = object("v1", "Secret", "s");
  secret["metadata"]["resourceVersion"] = "5";
  secret["metadata"]["creationTimestamp"] = nullptr;
  secret["status"] = Json::object();
  secret["stringData"] = {{"password", "s3cret"}};
  secret["data"] = {{"user", "dQ=="}};
  Json wanted = object("v1", "Secret", "s");
  wanted["data"] = {{"user", "dQ=="}, {"password", to_base64("s3cret")}};
  CHECK(for_apply(secret) == wanted);
}

TEST_CASE("base64 goes both ways for every remainder") {
  for (const char* text : {"", "f", "fo", "foo", "foob"}) {
    CHECK(from_base64(to_base64(text)) == text);
  }
  CHECK(to_base64("foob") == "Zm9vYg==");
  CHECK(from_base64("Zm9v\nYg==") == "foob");
  CHECK_FALSE(from_base64("!").has_value());
}

TEST_CASE("a selector is written as a query takes it") {
  const Json selector = {{"matchLabels", {{"app", "x"}}},
                         {"matchExpressions",
                          {{{"key", "tier"}, {"operator", "In"}, {"values", {"a", "b"}}},
                           {{"key", "old"}, {"operator", "DoesNotExist"}}}}};
  CHECK(selector_text(selector) == "app=x,tier in (a,b),!old");
}
