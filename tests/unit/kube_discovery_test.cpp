// SPDX-License-Identifier: Apache-2.0
#include "kube/discovery.hpp"

#include <catch2/catch_test_macros.hpp>

#include "support/fake_api.hpp"

using namespace dpctl;

namespace {

/// Discovery over the fake, counting what it asks.
struct Asked {
  FakeApi api;
  FakeClock clock;
  std::vector<std::string> paths;
  Discovery discovery{[this](const HttpRequest& request, const Call& call) {
                        paths.push_back(request.url);
                        return api.transport()(request, call.stop);
                      },
                      clock.clock()};
};

}  // namespace

TEST_CASE("paths name group, namespace, plural and object") {
  const ApiResource deployments{
      .api_version = "apps/v1", .kind = "Deployment", .plural = "deployments", .namespaced = true};
  CHECK(deployments.path("a", "b") == "/apis/apps/v1/namespaces/a/deployments/b");
  CHECK(deployments.path() == "/apis/apps/v1/deployments");
  const ApiResource nodes{.api_version = "v1", .kind = "Node", .plural = "nodes"};
  CHECK(nodes.path("ignored", "n") == "/api/v1/nodes/n");
}

TEST_CASE("two requests tell all kinds, however many are looked up") {
  Asked asked;
  const auto found = *asked.discovery.find("apps/v1", "Deployment", {});
  REQUIRE(found);
  CHECK(found->plural == "deployments");
  CHECK(found->namespaced);
  CHECK((*asked.discovery.find("v1", "Namespace", {}))->namespaced == false);
  CHECK(asked.paths.size() == 2);
}

TEST_CASE("a kind that is not known is asked for again, but not all the time") {
  Asked asked;
  CHECK_FALSE(*asked.discovery.find("x.io/v1", "Widget", {}));
  CHECK_FALSE(*asked.discovery.find("x.io/v1", "Widget", {}));
  CHECK(asked.paths.size() == 3);
  asked.api.serve("x.io/v1", "Widget widgets", true);
  asked.discovery.forget_misses();
  CHECK(*asked.discovery.find("x.io/v1", "Widget", {}));
  CHECK(asked.paths.size() == 4);
}

TEST_CASE("a miss is forgotten by itself after a moment") {
  Asked asked;
  CHECK_FALSE(*asked.discovery.find("x.io/v1", "Widget", {}));
  asked.api.serve("x.io/v1", "Widget widgets", true);
  asked.clock.clock().pause(std::chrono::seconds(1), {});
  CHECK(*asked.discovery.find("x.io/v1", "Widget", {}));
}

TEST_CASE("a server without aggregated discovery is asked group by group") {
  Asked asked;
  asked.api.script("GET", "/api",
                   json_answer(200, {{"kind", "APIVersions"}, {"versions", {"v1"}}}));
  asked.api.script("GET", "/apis",
                   json_answer(200, {{"kind", "APIGroupList"},
                                     {"groups",
                                      {{{"name", "apps"},
                                        {"preferredVersion", {{"groupVersion", "apps/v1"}}},
                                        {"versions", Json::array()}}}}}));
  CHECK(*asked.discovery.find("apps/v1", "StatefulSet", {}));
  CHECK(*asked.discovery.find("v1", "Pod", {}));
  CHECK(asked.paths.size() == 4);
}

TEST_CASE("an answer that is an error is no list of kinds") {
  Asked asked;
  asked.api.script("GET", "/api", status_answer(401, "Unauthorized", "Unauthorized"));
  const auto found = asked.discovery.find("v1", "Pod", {});
  REQUIRE(!found);
  CHECK(found.error().code == ExitCode::unfit);
}

TEST_CASE("all kinds that can be cleaned are told once each") {
  Asked asked;
  asked.api.serve("apps/v1beta1", "Deployment deployments", true);
  const auto all = *asked.discovery.all({});
  const auto deployments =
      std::ranges::count_if(all, [](const auto& each) { return each.kind == "Deployment"; });
  CHECK(deployments == 1);
}
