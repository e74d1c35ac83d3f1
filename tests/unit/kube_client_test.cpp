// SPDX-License-Identifier: Apache-2.0
#include "kube/client.hpp"

#include <catch2/catch_test_macros.hpp>

#include "support/fake_api.hpp"

using namespace dpctl;

namespace {

struct Cluster {
  FakeApi api;
  FakeClock clock;
  KubeClient client{api.transport(), clock.clock()};
};

const ObjectRef config_ref{"v1", "ConfigMap", "a", "c"};

Json config() {
  return {{"apiVersion", "v1"},
          {"kind", "ConfigMap"},
          {"metadata", {{"name", "c"}, {"namespace", "a"}}}};
}

}  // namespace

TEST_CASE("an object that does not exist, or whose kind does not, is nothing and no error") {
  Cluster cluster;
  CHECK_FALSE(*cluster.client.get(config_ref));
  CHECK_FALSE(*cluster.client.get({"x.io/v1", "Widget", "a", "w"}));
  CHECK(cluster.client.list({.api_version = "x.io/v1", .kind = "Widget"})->empty());
  CHECK_FALSE(*cluster.client.remove(config_ref));
}

TEST_CASE("an object is created, read, patched and removed") {
  Cluster cluster;
  REQUIRE(cluster.client.create(config()));
  REQUIRE(cluster.client.merge_patch(config_ref, {{"data", {{"k", "v"}}}}));
  const auto live = *cluster.client.get(config_ref);
  REQUIRE(live);
  CHECK(string_at(*live, "data.k") == "v");
  CHECK(*cluster.client.remove(config_ref, {.uid = string_at(*live, "metadata.uid")}));
  const Json body = *parse_json(cluster.api.sent("DELETE").at(0).body, "body");
  CHECK(string_at(body, "preconditions.uid") == string_at(*live, "metadata.uid"));
  CHECK(string_at(body, "propagationPolicy") == "Background");
  CHECK_FALSE(*cluster.client.get(config_ref));
}

TEST_CASE("a list is fetched page by page, and its items say what they are") {
  Cluster cluster;
  const Json one = {{"metadata", {{"name", "one"}}}};
  const Json two = {{"metadata", {{"name", "two"}}}};
  cluster.api.script("GET", "/configmaps",
                     json_answer(200, {{"items", {one}}, {"metadata", {{"continue", "next"}}}}));
  cluster.api.script(
      "GET", "/configmaps",
      json_answer(200, {{"items", {two}}, {"metadata", {{"resourceVersion", "9"}}}}));
  const auto listed = *cluster.client.list_with_version(
      {.api_version = "v1", .kind = "ConfigMap", .ns = "a", .labels = "x=y"});
  REQUIRE(listed.items.size() == 2);
  CHECK(string_at(listed.items[1], "kind") == "ConfigMap");
  CHECK(listed.resource_version == "9");
  CHECK(cluster.api.requests().at(1) ==
        "GET /api/v1/namespaces/a/configmaps?continue=next&labelSelector=x=y&limit=500");
}

TEST_CASE("a list whose next page expired begins anew") {
  Cluster cluster;
  const Json one = {{"metadata", {{"name", "one"}}}};
  cluster.api.script("GET", "/configmaps",
                     json_answer(200, {{"items", {one}}, {"metadata", {{"continue", "next"}}}}));
  cluster.api.script("GET", "/configmaps", status_answer(410, "Expired", "too old"));
  cluster.api.script("GET", "/configmaps",
                     json_answer(200, {{"items", {one}}, {"metadata", Json::object()}}));
  CHECK(cluster.client.list({.api_version = "v1", .kind = "ConfigMap"})->size() == 1);
}

TEST_CASE("what passes is tried again after ever longer pauses, and the user is told why") {
  Cluster cluster;
  cluster.api.script_failure("GET", "/c", "connection reset");
  cluster.api.script("GET", "/c",
                     status_answer(500, "InternalError", "etcdserver: request timed out"));
  std::vector<std::string> notes;
  const Call call{.note = [&](const std::string& note) { notes.push_back(note); }};
  CHECK_FALSE(*cluster.client.get(config_ref, call));
  CHECK(notes.size() == 2);
  CHECK(notes.at(0) == "the cluster does not answer, trying again");
  CHECK(cluster.clock.pauses() ==
        std::vector<std::chrono::milliseconds>{std::chrono::milliseconds(100),
                                               std::chrono::milliseconds(200)});
}

TEST_CASE("the server's Retry-After is the pause") {
  Cluster cluster;
  HttpResponse patience = status_answer(429, "TooManyRequests", "later");
  patience.headers["retry-after"] = "3";
  cluster.api.script("GET", "/c", patience);
  CHECK(cluster.client.get(config_ref));
  CHECK(cluster.clock.pauses() == std::vector<std::chrono::milliseconds>{std::chrono::seconds(3)});
}

TEST_CASE("a budget that is spent ends the tries with the last answer, or says that none came") {
  Cluster cluster;
  for (int i = 0; i < 50; ++i) {
    cluster.api.script("GET", "/c", status_answer(503, "ServiceUnavailable", "not now"));
  }
  const auto unavailable = cluster.client.get(config_ref, {.retry_for = std::chrono::seconds(5)});
  REQUIRE(!unavailable);
  CHECK(summary_line(unavailable.error()) == "get ConfigMap a/c: not now");

  Cluster silent;
  REQUIRE(silent.client.resource("v1", "ConfigMap"));
  for (int i = 0; i < 50; ++i) {
    silent.api.script_failure("GET", "/c", "connection refused");
  }
  const auto none = silent.client.get(config_ref, {.retry_for = std::chrono::seconds(5)});
  REQUIRE(!none);
  CHECK(none.error().code == ExitCode::unfit);
}

TEST_CASE("no more tries are made once a stop is asked for") {
  Cluster cluster;
  REQUIRE(cluster.client.resource("v1", "ConfigMap"));
  std::stop_source stop;
  stop.request_stop();
  cluster.api.script_failure("GET", "/c", "stopped");
  const auto stopped = cluster.client.get(config_ref, {.stop = stop.get_token()});
  REQUIRE(!stopped);
  CHECK(stopped.error().code == ExitCode::interrupted);
}

TEST_CASE("server-side apply names its manager, and forces only when told to") {
  Cluster cluster;
  REQUIRE(cluster.client.server_side_apply(config(), DryRun::yes, Force::no));
  REQUIRE(cluster.client.server_side_apply(config(), DryRun::no, Force::yes));
  CHECK(cluster.api.requests().at(0) ==
        "PATCH "
        "/api/v1/namespaces/a/configmaps/c?dryRun=All&fieldManager=dpctl&fieldValidation=Strict");
  CHECK(cluster.api.requests().at(1) ==
        "PATCH "
        "/api/v1/namespaces/a/configmaps/c?fieldManager=dpctl&fieldValidation=Strict&force=true");
  CHECK(cluster.api.sent("PATCH").at(0).headers.at("Content-Type") ==
        "application/apply-patch+yaml");
}

TEST_CASE("a name is put where its kind lives") {
  Cluster cluster;
  CHECK(cluster.client.locate({"v1", "ConfigMap", "", "c"}, "spark")->ns == "spark");
  CHECK(cluster.client.locate({"v1", "ConfigMap", "b", "c"}, "spark")->ns == "b");
  CHECK(cluster.client.locate({"v1", "Namespace", "b", "c"}, "spark")->ns.empty());
}

TEST_CASE("a followed log comes line by line, the last one too") {
  Cluster cluster;
  cluster.api.script("GET", "/log", {.status = 200, .body = "one\ntwo\nthree"});
  std::vector<std::string> lines;
  const auto keep = [&](std::string_view line) {
    lines.emplace_back(line);
    return true;
  };
  REQUIRE(
      cluster.client.follow_pod_log({.ns = "a", .pod = "p", .container = "main", .tail = 5}, keep));
  CHECK(lines == std::vector<std::string>{"one", "two", "three"});
  CHECK(cluster.api.requests().at(0) ==
        "GET /api/v1/namespaces/a/pods/p/log?container=main&follow=true&tailLines=5");
}

TEST_CASE("an error instead of a log is no line of it") {
  Cluster cluster;
  cluster.api.script("GET", "/log",
                     status_answer(400, "BadRequest", "container is waiting to start"));
  HttpResponse raw{.status = 400,
                   .body = R"({"kind":"Status","message":"container is waiting to start"})"};
  cluster.api.script("GET", "/log", raw);
  CHECK_FALSE(cluster.client.pod_log({.ns = "a", .pod = "p"}));
  int lines = 0;
  const auto followed =
      cluster.client.follow_pod_log({.ns = "a", .pod = "p"}, [&](std::string_view) {
        ++lines;
        return true;
      });
  REQUIRE(!followed);
  CHECK(lines == 0);
  CHECK(followed.error().message == "container is waiting to start");
}
