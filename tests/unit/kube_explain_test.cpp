// SPDX-License-Identifier: Apache-2.0
#include "kube/explain.hpp"

#include <catch2/catch_test_macros.hpp>

#include "support/fake_api.hpp"

using namespace dpctl;

namespace {

struct Cluster {
  FakeApi api;
  FakeClock clock;
  KubeClient client{api.transport(), clock.clock()};

  void put(const char* api_version, const char* kind, const char* name, const Json& rest) {
    Json object = {{"apiVersion", api_version},
                   {"kind", kind},
                   {"metadata", {{"name", name}, {"namespace", "a"}, {"uid", name}}}};
    merge_into(object, rest);
    api.put(object);
  }

  void event(const char* name, const char* about, const char* type, const char* reason,
             const char* message, const char* time) {
    put("v1", "Event", name,
        {{"type", type},
         {"reason", reason},
         {"message", message},
         {"lastTimestamp", time},
         {"involvedObject", {{"uid", about}}}});
  }
};

Json owned_by(const char* uid) {
  return {{"labels", {{"app", "db"}}}, {"ownerReferences", {{{"uid", uid}}}}};
}

const Json selecting = {{"replicas", 1}, {"selector", {{"matchLabels", {{"app", "db"}}}}}};
const ObjectRef db{"apps/v1", "StatefulSet", "a", "db"};

}  // namespace

TEST_CASE("an object that does not exist is explained so") {
  Cluster cluster;
  const auto found = explain(cluster.client, db, {});
  CHECK(found.reason == Reason::missing);
  CHECK(found.root == db);
}

TEST_CASE("a pod that waits for a claim leads to the claim and its event") {
  Cluster cluster;
  cluster.put("apps/v1", "StatefulSet", "db", {{"spec", selecting}});
  const Json unbound = {{"type", "PodScheduled"},
                        {"status", "False"},
                        {"reason", "Unschedulable"},
                        {"message", "pod has unbound immediate PersistentVolumeClaims"}};
  cluster.put("v1", "Pod", "db-0",
              {{"metadata", owned_by("db")},
               {"spec", {{"volumes", {{{"persistentVolumeClaim", {{"claimName", "data"}}}}}}}},
               {"status", {{"phase", "Pending"}, {"conditions", {unbound}}}}});
  cluster.put("v1", "PersistentVolumeClaim", "data", {{"status", {{"phase", "Pending"}}}});
  cluster.event("e1", "data", "Warning", "ProvisioningFailed", "no storage class \"fast\"",
                "2026-01-01T00:00:01Z");
  cluster.event("e2", "data", "Normal", "Waiting", "waiting", "2026-01-01T00:00:02Z");
  const auto found = explain(cluster.client, db, {});
  CHECK(to_string(found.root) == "PersistentVolumeClaim a/data");
  CHECK(found.reason == Reason::pvc_pending);
  CHECK(found.last_event == "Warning ProvisioningFailed: no storage class \"fast\"");
  CHECK(found.command == "kubectl -n a describe persistentvolumeclaim data");
}

TEST_CASE("a container that crashes is explained by the log of its last run") {
  Cluster cluster;
  cluster.put("apps/v1", "StatefulSet", "db", {{"spec", selecting}});
  const Json container = {
      {"name", "main"},
      {"restartCount", 3},
      {"state", {{"waiting", {{"reason", "CrashLoopBackOff"}}}}},
      {"lastState", {{"terminated", {{"exitCode", 137}, {"reason", "OOMKilled"}}}}}};
  cluster.put("v1", "Pod", "db-0",
              {{"metadata", owned_by("db")},
               {"status", {{"phase", "Running"}, {"containerStatuses", {container}}}}});
  cluster.api.script("GET", "/log", {.status = 200, .body = "out of memory\n"});
  const auto found = explain(cluster.client, db, {});
  CHECK(found.reason == Reason::crash_loop);
  CHECK(found.message ==
        "container main crashes again and again: 3 restarts, last exit 137 (OOMKilled)");
  CHECK(found.log_tail == "out of memory");
  CHECK(found.command == "kubectl -n a logs db-0 -c main --previous");
  CHECK(cluster.api.count("GET /api/v1/namespaces/a/pods/db-0/log?container=main&previous=true") ==
        1);
}

TEST_CASE("pods that cannot be made are explained by who should make them") {
  Cluster cluster;
  cluster.put("apps/v1", "StatefulSet", "db", {{"spec", selecting}});
  cluster.event("e", "db", "Warning", "FailedCreate",
                "pods \"db-0\" is forbidden: exceeded quota: small", "2026-01-01T00:00:01Z");
  const auto found = explain(cluster.client, db, {});
  CHECK(found.reason == Reason::quota_exceeded);
  CHECK(found.root == db);
}

TEST_CASE("a Job that failed shows the log of its last pod") {
  Cluster cluster;
  const Json failed = {{"type", "Failed"}, {"status", "True"}, {"message", "too often"}};
  cluster.put("batch/v1", "Job", "job",
              {{"spec", {{"selector", {{"matchLabels", {{"app", "db"}}}}}}},
               {"status", {{"conditions", {failed}}}}});
  const Json container = {{"name", "main"}, {"state", {{"terminated", {{"exitCode", 1}}}}}};
  cluster.put("v1", "Pod", "job-x",
              {{"metadata", owned_by("job")},
               {"status", {{"phase", "Failed"}, {"containerStatuses", {container}}}}});
  cluster.api.script("GET", "/log", {.status = 200, .body = "no such table\n"});
  const auto found = explain(cluster.client, {"batch/v1", "Job", "a", "job"}, {});
  CHECK(found.reason == Reason::job_failed);
  CHECK(found.log_tail == "no such table");
  CHECK(to_string(found.root) == "Pod a/job-x");
}
