// SPDX-License-Identifier: Apache-2.0
#include "platform/capabilities.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

using namespace dpctl;

namespace {

Component component(const std::string& name, std::vector<std::string> needs = {},
                    const std::string& capability = "") {
  Component made;
  made.name = name;
  made.needs = std::move(needs);
  if (!capability.empty()) {
    made.provides = {{capability, Json::object()}};
  }
  return made;
}

Catalogue catalogue_of(std::vector<Component> components) {
  Catalogue catalogue;
  for (auto& one : components) {
    const auto name = one.name;
    catalogue.emplace(name, std::move(one));
  }
  return catalogue;
}

Profile profile_with(const std::vector<std::string>& names) {
  Profile profile;
  for (const auto& name : names) {
    profile.components[name] = true;
  }
  return profile;
}

std::string order_of(const std::vector<Selected>& selected) {
  std::string text;
  for (const auto& one : selected) {
    text += (text.empty() ? "" : " ") + one.component->name;
  }
  return text;
}

}  // namespace

TEST_CASE("components come after what they need, by capability or by name") {
  const auto catalogue =
      catalogue_of({component("airflow", {"postgres", "spark"}),
                    component("cloudnative-pg", {}, "postgres"), component("spark")});
  const auto selected =
      select_components(profile_with({"airflow", "cloudnative-pg", "spark"}), catalogue);
  REQUIRE(selected.has_value());
  CHECK(order_of(*selected) == "cloudnative-pg spark airflow");
  CHECK(selected->back().providers.at("postgres") == "cloudnative-pg");
}

TEST_CASE("a component that is expressly not wanted is left out") {
  const auto catalogue = catalogue_of({component("spark"), component("access")});
  auto profile = profile_with({"spark", "access"});
  profile.components["access"] = false;
  CHECK(order_of(*select_components(profile, catalogue)) == "spark");
}

TEST_CASE("a need that nothing wanted provides names who could") {
  const auto catalogue =
      catalogue_of({component("history", {"s3"}), component("seaweedfs", {}, "s3"),
                    component("minio", {}, "s3")});
  const auto selected = select_components(profile_with({"history"}), catalogue);
  REQUIRE_FALSE(selected.has_value());
  CHECK(selected.error().code == ExitCode::invalid_input);
  CHECK(selected.error().message == "history needs 's3', which no wanted component provides");
  CHECK(selected.error().hint == "add one of: --with minio, --with seaweedfs");
}

TEST_CASE("of two providers the profile picks one, and must") {
  const auto catalogue =
      catalogue_of({component("history", {"s3"}), component("seaweedfs", {}, "s3"),
                    component("minio", {}, "s3")});
  auto profile = profile_with({"history", "seaweedfs", "minio"});
  const auto undecided = select_components(profile, catalogue);
  REQUIRE_FALSE(undecided.has_value());
  CHECK(undecided.error().hint == "pick one: --set providers.s3=minio");
  profile.providers["s3"] = "seaweedfs";
  const auto decided = select_components(profile, catalogue);
  REQUIRE(decided.has_value());
  const auto history = std::ranges::find_if(
      *decided, [](const Selected& one) { return one.component->name == "history"; });
  REQUIRE(history != decided->end());
  CHECK(history->providers.at("s3") == "seaweedfs");
}

TEST_CASE("an optional need takes a provider where there is one, and none where there is not") {
  auto jobs = component("jobs");
  jobs.optional = {"s3"};
  const auto catalogue = catalogue_of({jobs, component("seaweedfs", {}, "s3")});
  CHECK(select_components(profile_with({"jobs"}), catalogue)->front().providers.empty());
  const auto both = select_components(profile_with({"jobs", "seaweedfs"}), catalogue);
  CHECK(order_of(*both) == "seaweedfs jobs");
}

TEST_CASE("a cycle of needs is named as a path") {
  const auto catalogue =
      catalogue_of({component("a", {"b"}), component("b", {"c"}), component("c", {"a"})});
  const auto selected = select_components(profile_with({"a", "b", "c"}), catalogue);
  REQUIRE_FALSE(selected.has_value());
  CHECK(selected.error().message == "these components need one another: a → b → c → a");
}

TEST_CASE("an unknown component is told with the nearest name") {
  const auto selected =
      select_components(profile_with({"sprak"}), catalogue_of({component("spark")}));
  REQUIRE_FALSE(selected.has_value());
  CHECK(selected.error().message == "unknown component 'sprak'; did you mean 'spark'?");
}

TEST_CASE("a component that cannot run on the profile's target is refused") {
  auto rehearsal = component("rehearsal");
  rehearsal.targets = {Provider::kwok};
  const auto catalogue = catalogue_of({rehearsal});
  const auto selected = select_components(profile_with({"rehearsal"}), catalogue);
  REQUIRE_FALSE(selected.has_value());
  CHECK(selected.error().message == "component rehearsal cannot run on kind");
}
