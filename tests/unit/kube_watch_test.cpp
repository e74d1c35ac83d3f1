// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch_test_macros.hpp>

#include "kube/client.hpp"
#include "support/fake_api.hpp"

using namespace dpctl;

namespace {

Json config(const std::string& name, const std::string& value = "1") {
  return {{"apiVersion", "v1"},
          {"kind", "ConfigMap"},
          {"metadata", {{"name", name}, {"namespace", "a"}}},
          {"data", {{"v", value}}}};
}

const ListQuery configs{.api_version = "v1", .kind = "ConfigMap", .ns = "a"};

std::string text(EventKind kind, const Json& object) {
  const std::string name = string_at(object, "metadata.name");
  switch (kind) {
    case EventKind::added:
      return "+" + name;
    case EventKind::modified:
      return "~" + name;
    case EventKind::deleted:
      return "-" + name;
    default:
      return "synced";
  }
}

/// Watches until `last` comes; `then` is called after each event, on the watch's own thread.
std::string watched(KubeClient& client, const std::string& last,
                    const std::function<void(const std::string&)>& then) {
  std::string all;
  const auto done = client.watch(configs, [&](EventKind kind, const Json& object) {
    const std::string event = text(kind, object);
    all += event + " ";
    then(event);
    return event != last;
  });
  CHECK(done);
  return all;
}

}  // namespace

TEST_CASE("a watch tells what is there, that this is all, and then what changes") {
  FakeApi api;
  api.put(config("one"));
  KubeClient client(api.transport());
  const auto all = watched(client, "-two", [&](const std::string& event) {
    if (event == "synced") {
      api.put(config("two"));
      api.put(config("one", "2"));
      api.erase(config("two"));
    }
  });
  CHECK(all == "+one synced +two ~one -two ");
}

TEST_CASE("a watch that the server ends is opened again from where it was") {
  FakeApi api;
  KubeClient client(api.transport());
  const auto all = watched(client, "+two", [&](const std::string& event) {
    if (event == "synced") {
      api.put(config("one"));
    } else if (event == "+one") {
      api.end_watches();
      api.put(config("two"));
    }
  });
  CHECK(all == "synced +one +two ");
  CHECK(api.count("GET /api/v1/namespaces/a/configmaps?limit") == 1);
}

TEST_CASE("after an expired version the new list tells what went and what changed meanwhile") {
  FakeApi api;
  api.put(config("changes"));
  api.put(config("goes"));
  api.put(config("stays"));
  KubeClient client(api.transport());
  const auto all = watched(client, "-goes", [&](const std::string& event) {
    if (event == "synced") {
      api.put(config("changes", "2"));
      api.erase(config("goes"));
      api.put(config("new"));
      api.forget_history();
    }
  });
  CHECK(all == "+changes +goes +stays synced ~changes +new -goes ");
}

TEST_CASE("a watch ends quietly when asked to stop") {
  FakeApi api;
  KubeClient client(api.transport());
  std::stop_source stop;
  const auto done = client.watch(configs,
                                 [&](EventKind, const Json&) {
                                   stop.request_stop();
                                   return true;
                                 },
                                 {.stop = stop.get_token()});
  CHECK(done);
}

TEST_CASE("a watch that is not allowed says so") {
  FakeApi api;
  KubeClient client(api.transport());
  api.script(
      "GET", "/configmaps",
      json_answer(200, {{"items", Json::array()}, {"metadata", {{"resourceVersion", "1"}}}}));
  api.script("GET", "/configmaps", status_answer(403, "Forbidden", "you may not watch"));
  const auto done = client.watch(configs, [](EventKind, const Json&) { return true; });
  REQUIRE(!done);
  CHECK(done.error().message == "you may not watch");
}

TEST_CASE("a kind that appears later is watched from then on") {
  FakeApi api;
  FakeClock clock;
  KubeClient client(api.transport(), clock.clock());
  const ListQuery widgets{.api_version = "x.io/v1", .kind = "Widget", .ns = "a"};
  std::string all;
  const auto done = client.watch(widgets, [&](EventKind kind, const Json& object) {
    all += text(kind, object) + " ";
    if (kind == EventKind::synced) {
      api.serve("x.io/v1", "Widget widgets", true);
      api.put({{"apiVersion", "x.io/v1"},
               {"kind", "Widget"},
               {"metadata", {{"name", "w"}, {"namespace", "a"}}}});
    }
    return kind != EventKind::added;
  });
  CHECK(done);
  CHECK(all == "synced +w ");
}
