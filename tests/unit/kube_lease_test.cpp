// SPDX-License-Identifier: Apache-2.0
#include "kube/lease.hpp"

#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <future>

#include "kube/lease_time.hpp"
#include "support/fake_api.hpp"

using namespace dpctl;

namespace {

struct Cluster {
  FakeApi api;
  KubeClient client{api.transport()};

  void hold(const std::string& holder, const std::string& renewed,
            const std::string& process = "") {
    api.put({{"apiVersion", "coordination.k8s.io/v1"},
             {"kind", "Lease"},
             {"metadata",
              {{"name", "dpctl-kind"},
               {"namespace", "dpctl-system"},
               {"annotations", {{"dpctl.dev/process", process}}}}},
             {"spec",
              {{"holderIdentity", holder}, {"leaseDurationSeconds", 30}, {"renewTime", renewed}}}});
  }
  std::optional<Json> lease() {
    return api.object("/apis/coordination.k8s.io/v1/namespaces/dpctl-system/leases/dpctl-kind");
  }
};

const LeaseOptions ours{.profile = "kind", .holder = "me@here, pid 1"};

std::string now_text() {
  return micro_time(
      std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()));
}

}  // namespace

TEST_CASE("a free lock is taken, and given back at the end") {
  Cluster cluster;
  {
    const auto lease = RunLease::acquire(cluster.client, ours, {});
    REQUIRE(lease);
    CHECK(lease->held());
    CHECK(string_at(*cluster.lease(), "spec.holderIdentity") == "me@here, pid 1");
  }
  CHECK_FALSE(cluster.lease());
}

TEST_CASE("a lock that somebody holds is refused, and the holder is named") {
  Cluster cluster;
  cluster.hold("you@there, pid 7, since noon", now_text());
  const auto refused = RunLease::acquire(cluster.client, ours, {});
  REQUIRE(!refused);
  CHECK(refused.error().code == ExitCode::refused);
  CHECK(refused.error().message ==
        "another run works on profile kind: you@there, pid 7, since noon");
  CHECK(string_at(*cluster.lease(), "spec.holderIdentity") == "you@there, pid 7, since noon");
}

TEST_CASE("a lock whose time ran out is taken over") {
  Cluster cluster;
  cluster.hold("dead@there", "2020-01-01T00:00:00.000000Z");
  CHECK(RunLease::acquire(cluster.client, ours, {}));
}

TEST_CASE("a lock whose process on this machine is gone is taken over at once") {
  Cluster cluster;
  const std::string mark = process_mark();
  if (mark.empty()) {
    SKIP("this system does not tell about processes");
  }
  const auto pid = std::to_string(getpid());
  const std::string other_start = mark.substr(0, mark.rfind('/')) + "/1";
  cluster.hold("dead@here", now_text(), other_start);
  CHECK(RunLease::acquire(cluster.client, ours, {}));
  CHECK_FALSE(process_is_gone(mark));
  CHECK(process_is_gone(other_start));
  CHECK_FALSE(process_is_gone("another-boot/pid:[1]/" + pid + "/1"));
  CHECK_FALSE(process_is_gone(""));
}

TEST_CASE("of two that meet, the one that writes first has the lock") {
  Cluster cluster;
  cluster.api.script("POST", "/leases", status_answer(409, "AlreadyExists", "exists"));
  cluster.api.script("GET", "/leases/dpctl-kind",
                     status_answer(404, "NotFound", "no", {{"name", "dpctl-kind"}}));
  cluster.hold("quicker@there", now_text());
  const auto refused = RunLease::acquire(cluster.client, ours, {});
  REQUIRE(!refused);
  CHECK(refused.error().message.find("quicker@there") != std::string::npos);
}

TEST_CASE("the lock is renewed while it is held, and its loss is told") {
  Cluster cluster;
  std::promise<std::string> lost;
  LeaseOptions options = ours;
  options.duration = std::chrono::seconds(0);  // renewed without a pause
  options.on_lost = [&](const std::string& holder) { lost.set_value(holder); };
  const auto lease = RunLease::acquire(cluster.client, options, {});
  REQUIRE(lease);
  cluster.api.erase(*cluster.lease());
  cluster.hold("thief@there", now_text());
  const std::string holder = lost.get_future().get();
  CHECK((holder == "thief@there" || holder == "nobody"));
  CHECK_FALSE(lease->held());
}

TEST_CASE("times are written and read as the server does") {
  const auto time = *parse_time("2026-11-21T11:22:33.004500Z");
  CHECK(micro_time(time) == "2026-11-21T11:22:33.004500Z");
  CHECK(micro_time(*parse_time("2026-11-21T11:22:33Z")) == "2026-11-21T11:22:33.000000Z");
  CHECK(parse_http_date("Sat, 21 Nov 2026 11:22:33 GMT") == parse_time("2026-11-21T11:22:33Z"));
  CHECK_FALSE(parse_time("soon"));
  CHECK_FALSE(parse_http_date("soon"));
}
