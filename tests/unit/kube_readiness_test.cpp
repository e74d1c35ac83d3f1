// SPDX-License-Identifier: Apache-2.0
#include "kube/readiness.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace dpctl;

namespace {

Json object(const char* api_version, const char* kind, const Json& spec, const Json& status) {
  return {{"apiVersion", api_version},
          {"kind", kind},
          {"metadata", {{"name", "x"}, {"generation", 2}, {"uid", "u"}}},
          {"spec", spec},
          {"status", status}};
}

Json condition(const char* type, const char* status, const char* reason = "",
               const char* message = "") {
  return {{"type", type}, {"status", status}, {"reason", reason}, {"message", message}};
}

Json deployment(const Json& status) {
  Json all = {{"observedGeneration", 2}};
  all.update(status);
  return object("apps/v1", "Deployment", {{"replicas", 2}}, all);
}

Json stateful_set(const Json& strategy, const Json& status) {
  Json all = {{"observedGeneration", 2},
              {"readyReplicas", 3},
              {"currentRevision", "a"},
              {"updateRevision", "a"}};
  all.update(status);
  return object("apps/v1", "StatefulSet", {{"replicas", 3}, {"updateStrategy", strategy}}, all);
}

Json pod(const Json& status) { return object("v1", "Pod", Json::object(), status); }

Json waiting_pod(const char* reason, const char* message, int restarts = 0) {
  const Json container = {{"name", "main"},
                          {"image", "i:1"},
                          {"restartCount", restarts},
                          {"state", {{"waiting", {{"reason", reason}, {"message", message}}}}}};
  return pod({{"phase", "Pending"}, {"containerStatuses", {container}}});
}

bool is(const Readiness& found, ReadyState state, Reason reason) {
  INFO(found.message);
  return found.state == state && found.reason == reason;
}

}  // namespace

TEST_CASE("a Deployment is ready when its newest pods are all there, available, and alone") {
  const auto ready = Json{{"replicas", 2}, {"updatedReplicas", 2}, {"availableReplicas", 2}};
  CHECK(readiness_of(deployment(ready)).state == ReadyState::ready);
  Json unseen = deployment(ready);
  unseen["metadata"]["generation"] = 3;
  CHECK(is(readiness_of(unseen), ReadyState::waiting, Reason::progressing));
  CHECK(readiness_of(deployment({{"replicas", 2}, {"updatedReplicas", 1}})).message ==
        "1 of 2 updated");
  CHECK(readiness_of(deployment({{"replicas", 3}, {"updatedReplicas", 2}})).message ==
        "1 old replicas still run");
  CHECK(
      readiness_of(deployment({{"replicas", 2}, {"updatedReplicas", 2}, {"availableReplicas", 1}}))
          .message == "1 of 2 available");
}

TEST_CASE("a Deployment past its progress deadline has failed") {
  const auto late =
      deployment({{"conditions", {condition("Progressing", "False", "ProgressDeadlineExceeded")}}});
  CHECK(is(readiness_of(late), ReadyState::failed, Reason::deadline_exceeded));
}

TEST_CASE("pods that admission refuses are told by cause") {
  const auto refused = [](const char* message) {
    return readiness_of(deployment(
        {{"conditions", {condition("ReplicaFailure", "True", "FailedCreate", message)}}}));
  };
  CHECK(is(refused("pods \"x\" is forbidden: exceeded quota: q"), ReadyState::waiting,
           Reason::quota_exceeded));
  CHECK(is(refused("failed calling webhook \"w\": connection refused"), ReadyState::waiting,
           Reason::webhook_down));
  CHECK(is(refused("violates PodSecurity \"restricted\""), ReadyState::waiting, Reason::forbidden));
}

TEST_CASE("a StatefulSet goes by revision, partition and update strategy") {
  const Json rolling = {{"type", "RollingUpdate"}};
  CHECK(readiness_of(stateful_set(rolling, Json::object())).state == ReadyState::ready);
  CHECK(readiness_of(stateful_set(rolling, {{"readyReplicas", 1}})).message == "1 of 3 ready");
  CHECK(readiness_of(stateful_set(rolling, {{"updateRevision", "b"}, {"updatedReplicas", 1}}))
            .message == "1 of 3 updated");
  const Json partition = {{"type", "RollingUpdate"}, {"rollingUpdate", {{"partition", 2}}}};
  CHECK(readiness_of(stateful_set(partition, {{"updateRevision", "b"}, {"updatedReplicas", 1}}))
            .state == ReadyState::ready);
  CHECK(readiness_of(stateful_set(partition, {{"updateRevision", "b"}, {"updatedReplicas", 0}}))
            .state == ReadyState::waiting);
  CHECK(readiness_of(stateful_set({{"type", "OnDelete"}}, {{"updateRevision", "b"}})).state ==
        ReadyState::ready);
}

TEST_CASE("a DaemonSet is ready when every node that wants its pod has the newest one") {
  const auto set = [](int wanted, int updated, int available) {
    return object("apps/v1", "DaemonSet", Json::object(),
                  {{"observedGeneration", 2},
                   {"desiredNumberScheduled", wanted},
                   {"updatedNumberScheduled", updated},
                   {"numberAvailable", available}});
  };
  CHECK(readiness_of(set(3, 3, 3)).state == ReadyState::ready);
  CHECK(readiness_of(set(3, 2, 3)).message == "2 of 3 updated");
  CHECK(readiness_of(set(3, 3, 1)).message == "1 of 3 available");
  CHECK(readiness_of(set(0, 0, 0)).state == ReadyState::ready);
}

TEST_CASE("a Job is ready when complete, failed when failed, and waits while suspended") {
  const auto job = [](const Json& spec, const Json& status) {
    return object("batch/v1", "Job", spec, status);
  };
  CHECK(readiness_of(job({}, {{"conditions", {condition("Complete", "True")}}})).state ==
        ReadyState::ready);
  const auto failed = readiness_of(job(
      {}, {{"conditions", {condition("Failed", "True", "BackoffLimitExceeded", "too often")}}}));
  CHECK(is(failed, ReadyState::failed, Reason::job_failed));
  CHECK(failed.message == "too often");
  CHECK(is(readiness_of(job({{"suspend", true}}, {})), ReadyState::waiting, Reason::suspended));
  CHECK(readiness_of(job({{"completions", 3}}, {{"succeeded", 1}})).message == "1 of 3 succeeded");
}

TEST_CASE("an image that does not exist is final, a registry that does not answer is not") {
  CHECK(is(readiness_of(waiting_pod("ErrImagePull",
                                    "failed to resolve reference \"a/b:1\": a/b:1: not found")),
           ReadyState::failed, Reason::image_pull));
  CHECK(
      is(readiness_of(waiting_pod("ImagePullBackOff", "Back-off pulling image: manifest unknown")),
         ReadyState::failed, Reason::image_pull));
  CHECK(is(readiness_of(waiting_pod("InvalidImageName", "")), ReadyState::failed,
           Reason::image_pull));
  CHECK(is(readiness_of(
               waiting_pod("ErrImagePull", "dial tcp: lookup registry: no such host, not found")),
           ReadyState::waiting, Reason::image_pull));
  CHECK(is(readiness_of(waiting_pod("ImagePullBackOff", "Back-off pulling image")),
           ReadyState::waiting, Reason::image_pull));
}

TEST_CASE("a container may crash a few times, not for ever") {
  CHECK(is(readiness_of(waiting_pod("CrashLoopBackOff", "", 2)), ReadyState::waiting,
           Reason::crash_loop));
  CHECK(is(readiness_of(waiting_pod("CrashLoopBackOff", "", 5)), ReadyState::failed,
           Reason::crash_loop));
  CHECK(readiness_of(waiting_pod("CrashLoopBackOff", "", 2), {.restarts = 2}).state ==
        ReadyState::failed);
}

TEST_CASE("a pod that fits nowhere says why; one that waits for a volume is told apart") {
  const auto unscheduled = [](const char* reason, const char* message) {
    return readiness_of(
        pod({{"phase", "Pending"},
             {"conditions", {condition("PodScheduled", "False", reason, message)}}}));
  };
  CHECK(is(unscheduled("Unschedulable", "0/3 nodes are available: 3 Insufficient cpu."),
           ReadyState::waiting, Reason::unschedulable));
  CHECK(is(unscheduled("Unschedulable", "pod has unbound immediate PersistentVolumeClaims"),
           ReadyState::waiting, Reason::pvc_pending));
  CHECK(is(unscheduled("SchedulingGated", ""), ReadyState::waiting, Reason::suspended));
}

TEST_CASE("a pod is ready by its condition, done when it succeeded, failed when it failed") {
  CHECK(readiness_of(pod({{"phase", "Running"}, {"conditions", {condition("Ready", "True")}}}))
            .state == ReadyState::ready);
  CHECK(readiness_of(pod({{"phase", "Succeeded"}})).state == ReadyState::ready);
  CHECK(is(readiness_of(pod({{"phase", "Failed"}, {"reason", "Evicted"}})), ReadyState::failed,
           Reason::pod_failed));
  const Json container = {
      {"name", "main"}, {"ready", false}, {"state", {{"running", Json::object()}}}};
  CHECK(is(readiness_of(pod({{"phase", "Running"}, {"containerStatuses", {container}}})),
           ReadyState::waiting, Reason::not_passing_probe));
  CHECK(is(readiness_of(waiting_pod("CreateContainerConfigError", "secret \"s\" not found")),
           ReadyState::waiting, Reason::config_missing));
}

TEST_CASE("a claim is ready when bound, or when its class binds late and nobody wants it yet") {
  Json claim =
      object("v1", "PersistentVolumeClaim", {{"storageClassName", "late"}}, {{"phase", "Pending"}});
  CHECK(is(readiness_of(claim), ReadyState::waiting, Reason::pvc_pending));
  CHECK(readiness_of(claim, {.late_binding = {"late"}}).state == ReadyState::ready);
  claim["metadata"]["annotations"] = {{"volume.kubernetes.io/selected-node", "n"}};
  CHECK(readiness_of(claim, {.late_binding = {"late"}}).state == ReadyState::waiting);
  claim["status"]["phase"] = "Lost";
  CHECK(readiness_of(claim).state == ReadyState::failed);
}

TEST_CASE("CRDs, API services, namespaces, nodes and load balancers go by what they say") {
  const auto with = [](const char* api_version, const char* kind, const Json& conditions) {
    return readiness_of(object(api_version, kind, Json::object(), {{"conditions", conditions}}));
  };
  const char* crd = "apiextensions.k8s.io/v1";
  CHECK(with(crd, "CustomResourceDefinition", Json::array({condition("Established", "True")}))
            .state == ReadyState::ready);
  CHECK(
      is(with(crd, "CustomResourceDefinition", Json::array({condition("NamesAccepted", "False")})),
         ReadyState::failed, Reason::not_established));
  CHECK(is(with("apiregistration.k8s.io/v1", "APIService",
                Json::array({condition("Available", "False", "", "no endpoints")})),
           ReadyState::waiting, Reason::not_established));
  CHECK(is(with("v1", "Node", Json::array({condition("Ready", "Unknown")})), ReadyState::waiting,
           Reason::node_not_ready));
  CHECK(is(readiness_of(object("v1", "Namespace", {}, {{"phase", "Terminating"}})),
           ReadyState::waiting, Reason::terminating));
  CHECK(is(readiness_of(object("v1", "Service", {{"type", "LoadBalancer"}}, {})),
           ReadyState::waiting, Reason::no_load_balancer));
  CHECK(readiness_of(object("v1", "Service", {{"type", "ClusterIP"}}, {})).state ==
        ReadyState::ready);
}

TEST_CASE("a custom resource is ready if nothing speaks against it") {
  const auto custom = [](const Json& status) {
    return readiness_of(object("x.io/v1", "Widget", {}, status));
  };
  CHECK(custom(Json::object()).state == ReadyState::ready);
  CHECK(custom({{"conditions", {condition("Ready", "False", "", "not yet")}}}).message ==
        "not yet");
  CHECK(custom({{"observedGeneration", 1}}).state == ReadyState::waiting);
  CHECK(custom({{"conditions", {condition("Stalled", "True")}}}).state == ReadyState::failed);
}

TEST_CASE("what is being removed is not ready, whatever it says") {
  Json dying = pod({{"phase", "Running"}, {"conditions", {condition("Ready", "True")}}});
  dying["metadata"]["deletionTimestamp"] = "2026-01-01T00:00:00Z";
  CHECK(is(readiness_of(dying), ReadyState::waiting, Reason::terminating));
}

TEST_CASE("only pods of the newest revision speak for a workload") {
  Json web = deployment({{"replicas", 3}, {"updatedReplicas", 2}, {"availableReplicas", 1}});
  web["metadata"]["annotations"] = {{"deployment.kubernetes.io/revision", "2"}};
  const auto owned = [](Json object, const char* uid, const char* owner) {
    object["metadata"]["uid"] = uid;
    object["metadata"]["ownerReferences"] = {{{"uid", owner}}};
    return object;
  };
  const auto set = [&](const char* uid, const char* revision) {
    Json made = owned(object("apps/v1", "ReplicaSet", {}, {}), uid, "u");
    made["metadata"]["annotations"] = {{"deployment.kubernetes.io/revision", revision}};
    return made;
  };
  const std::vector<Json> sets = {set("old", "1"), set("new", "2")};
  const std::vector<Json> pods = {owned(waiting_pod("InvalidImageName", ""), "p1", "old"),
                                  owned(waiting_pod("ImagePullBackOff", "slow"), "p2", "new")};
  const auto current = current_pods(web, sets, pods);
  REQUIRE(current.size() == 1);
  CHECK(string_at(*current[0], "metadata.uid") == "p2");
  const auto found = readiness_with_pods(web, current);
  CHECK(is(found, ReadyState::waiting, Reason::image_pull));
  CHECK(found.message.starts_with(
      "1 old replicas still run; pod x: container main: image i:1: ImagePullBackOff"));
}
