// SPDX-License-Identifier: Apache-2.0
#include "kube/difference.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace dpctl;
using Texts = std::vector<std::string>;

TEST_CASE("changed, added and removed fields are told with both values") {
  const Json live = {{"spec", {{"replicas", 1}, {"old", true}}}};
  const Json wanted = {{"spec", {{"replicas", 3}, {"paused", false}}}};
  CHECK(differences(live, wanted) ==
        Texts{"spec.old true → (none)", "spec.replicas 1 → 3", "spec.paused (none) → false"});
}

TEST_CASE("elements of a list are told by their name where they have one, else by their place") {
  const Json live = {{"c", {{{"name", "main"}, {"image", "a:1"}}}}, {"args", {"x"}}};
  const Json wanted = {
      {"c", {{{"name", "side"}, {"image", "b"}}, {{"name", "main"}, {"image", "a:2"}}}},
      {"args", {"x", "y"}}};
  CHECK(differences(live, wanted) == Texts{"args[1] (none) → y", "c[main].image a:1 → a:2",
                                           R"(c[side] (none) → {"image":"b","name":"side"})"});
}

TEST_CASE("what the server writes by itself is no difference") {
  const Json live = {{"metadata", {{"resourceVersion", "1"}, {"generation", 1}}},
                     {"status", {{"a", 1}}}};
  const Json wanted = {{"metadata", {{"resourceVersion", "2"}, {"generation", 2}}},
                       {"status", {{"a", 2}}}};
  CHECK(differences(live, wanted).empty());
}

TEST_CASE("values of a Secret are never told") {
  const Json live = {{"kind", "Secret"}, {"data", {{"password", "b2xk"}}}};
  const Json wanted = {{"kind", "Secret"}, {"data", {{"password", "bmV3"}, {"user", "dQ=="}}}};
  CHECK(differences(live, wanted) ==
        Texts{"data.password (secret) → (secret)", "data.user (none) → (secret)"});
}

TEST_CASE("many differences are cut with their number") {
  Json live = Json::object();
  Json wanted = Json::object();
  for (int i = 0; i < 12; ++i) {
    live["f" + std::to_string(i)] = 1;
    wanted["f" + std::to_string(i)] = 2;
  }
  const auto found = differences(live, wanted, 10);
  CHECK(found.size() == 11);
  CHECK(found.back() == "and 2 more");
}
