// SPDX-License-Identifier: Apache-2.0
#include "profile/layers.hpp"

#include <catch2/catch_test_macros.hpp>

using dpctl::Json;
using dpctl::YamlDocument;

namespace {

YamlDocument document(const std::string& text, const std::string& file) {
  auto parsed = dpctl::parse_yaml_document(text, file);
  REQUIRE(parsed);
  return *parsed;
}

std::string place(const YamlDocument& document, std::string_view pointer) {
  return dpctl::to_string(document.position(pointer));
}

}  // namespace

TEST_CASE("maps merge, lists and scalars are replaced, null removes") {
  YamlDocument base = document("a: {x: 1, u: 2}\nb: [1, 2]\nc: {d: 1}\ne: 1\n", "base");
  dpctl::lay_over(base,
                  document("a: {u: 3, z: {p: null, o: 1}}\nb: [3]\nc: null\ne: {f: 1}\n", "over"));
  CHECK(base.value ==
        Json({{"a", {{"x", 1}, {"u", 3}, {"z", {{"o", 1}}}}}, {"b", {3}}, {"e", {{"f", 1}}}}));
}

TEST_CASE("each value keeps the place of the layer that it came from") {
  YamlDocument base = document("a: {x: 1, u: 2}\nb: [1, 2]\nab: 5\n", "base");
  dpctl::lay_over(base, document("# over\na:\n  u: 3\nb: [3]\n", "over"));
  CHECK(place(base, "/a/x") == "base:1:5");
  CHECK(place(base, "/a/u") == "over:3:3");
  CHECK(place(base, "/b/0") == "over:4:5");
  CHECK(place(base, "/b/1") == "over:4:1");
  CHECK(place(base, "/ab") == "base:3:1");
}

TEST_CASE("an assignment is the place of what it sets, and of nothing else") {
  YamlDocument base = document("a: {x: 1, u: {z: 1}}\n", "base");
  REQUIRE(dpctl::assign(base, {{"a", "u"}, 5}, "--set a.u=5"));
  CHECK(place(base, "/a/u") == "--set a.u=5");
  CHECK(place(base, "/a/u/z") == "--set a.u=5");
  CHECK(place(base, "/a/x") == "base:1:5");
  CHECK(place(base, "/a") == "base:1:1");
}

TEST_CASE("below values a null stays until it meets a component's defaults") {
  YamlDocument base = document("values: {spark: {a: 1, b: 2}}\n", "base");
  dpctl::lay_over(base, document("values: {spark: {a: null}}\n", "over"));
  CHECK(base.value["values"]["spark"] == Json({{"a", nullptr}, {"b", 2}}));
  YamlDocument defaults = document("values: {spark: {a: 5, c: 3}}\n", "defaults");
  dpctl::lay_over(defaults, base, dpctl::Nulls::remove);
  CHECK(defaults.value["values"]["spark"] == Json({{"b", 2}, {"c", 3}}));
}
