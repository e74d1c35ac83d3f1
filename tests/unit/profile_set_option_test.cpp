// SPDX-License-Identifier: Apache-2.0
#include "profile/set_option.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "profile/layers.hpp"

using dpctl::Json;
using dpctl::SetTypes;

namespace {

/// The document that the option makes of an empty one.
Json set(std::string_view text, SetTypes types = SetTypes::guessed,
         const Json& start = Json::object()) {
  const auto assignments = dpctl::parse_set_option(text, types);
  INFO((assignments ? "" : dpctl::full_text(assignments.error())));
  REQUIRE(assignments);
  dpctl::YamlDocument document{start, "t.yaml", {}};
  for (const auto& assignment : *assignments) {
    REQUIRE(dpctl::assign(document, assignment, "--set"));
  }
  return document.value;
}

}  // namespace

TEST_CASE("paths and typed values, as helm reads them") {
  CHECK(set("a=1") == Json({{"a", 1}}));
  CHECK(set("a.b.c=x,d=true,e=False,f=-3") ==
        Json({{"a", {{"b", {{"c", "x"}}}}}, {"d", true}, {"e", false}, {"f", -3}}));
  CHECK(set("a=0,b=007,c=1.5,d=1e3,e=,f=x=y,g=99999999999999999999") ==
        Json({{"a", 0},
              {"b", "007"},
              {"c", "1.5"},
              {"d", "1e3"},
              {"e", ""},
              {"f", "x=y"},
              {"g", "99999999999999999999"}}));
  CHECK(set("a=1,b=true,c=null", SetTypes::strings) ==
        Json({{"a", "1"}, {"b", "true"}, {"c", "null"}}));
}

TEST_CASE("a backslash keeps what follows it") {
  CHECK(set(R"(a\.b=x\,y)") == Json({{"a.b", "x,y"}}));
  CHECK(set(R"(a=\{x,b=c\\d)") == Json({{"a", "{x"}, {"b", "c\\d"}}));
  CHECK(set(R"(nodeSelector.kubernetes\.io/role=master)") ==
        Json({{"nodeSelector", {{"kubernetes.io/role", "master"}}}}));
}

TEST_CASE("lists in braces and places in brackets") {
  CHECK(set("a={x,1,true},b=2") == Json({{"a", {"x", 1, true}}, {"b", 2}}));
  CHECK(set("a={}") == Json({{"a", Json::array()}}));
  CHECK(set("a={x,}") == Json({{"a", {"x", ""}}}));
  CHECK(set("a={1,2}", SetTypes::strings) == Json({{"a", {"1", "2"}}}));
  CHECK(set("a[0]=x,a[1].b=y") == Json({{"a", {"x", {{"b", "y"}}}}}));
  CHECK(set("a[1]=z", SetTypes::guessed, {{"a", {"x", "y"}}}) == Json({{"a", {"x", "z"}}}));
  CHECK(set("a[0][1]=z") == Json({{"a", {{nullptr, "z"}}}}));
}

TEST_CASE("null removes a key") {
  CHECK(set("a.b=null", SetTypes::guessed, {{"a", {{"b", 1}, {"c", 2}}}}) ==
        Json({{"a", {{"c", 2}}}}));
}

TEST_CASE("what cannot be read is a usage error") {
  const char* text = GENERATE("", "a", "a,b=1", "=1", "a.=1", ".a=1", "a[x]=1", "a[=1",
                              "a[99999999]=1", "a={x", "a={x}y");
  INFO(text);
  const auto assignments = dpctl::parse_set_option(text, SetTypes::guessed);
  REQUIRE_FALSE(assignments);
  CHECK(assignments.error().code == dpctl::ExitCode::usage);
  CHECK(assignments.error().message.starts_with("--set " + std::string(text) + ": "));
}

TEST_CASE("a path through a scalar is refused") {
  dpctl::YamlDocument document{{{"a", "x"}}, "t.yaml", {}};
  const auto through_string = dpctl::assign(document, {{"a", "b"}, 1}, "--set a.b=1");
  REQUIRE_FALSE(through_string);
  CHECK(dpctl::summary_line(through_string.error()) == "--set a.b=1: /a is no map");
  CHECK_FALSE(dpctl::assign(document, {{"a", std::size_t{0}}, 1}, "--set a[0]=1"));
}
