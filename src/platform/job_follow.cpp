// SPDX-License-Identifier: Apache-2.0
// Following a run: one watch on the run itself, which ends it, and one on its pods, which tells
// what happens.
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

#include "kube/readiness.hpp"
#include "platform/job_rules.hpp"
#include "platform/jobs.hpp"
#include "util/text.hpp"
#include "util/timed_stop.hpp"

namespace dpctl {

namespace {

std::string role_of(const Json& pod) {
  const auto& labels = object_at(pod, "metadata.labels");
  const auto number = labels.value("spark-exec-id", "");
  return labels.value("spark-role", "") + (number.empty() ? "" : " " + number);
}

// The phase, or why a pod does not get on: "Pending: ImagePull".
std::string phase_of(const Json& pod) {
  const auto phase = string_at(pod, "status.phase", "Pending");
  const auto readiness = readiness_of(pod);
  const bool stuck = phase == "Pending" && readiness.reason != Reason::none &&
                     readiness.reason != Reason::progressing;
  return stuck ? phase + ": " + std::string(to_string(readiness.reason)) + " " + readiness.message
               : phase;
}

// Tells each pod's phases once, and remembers a pod that will never start: an operator may wait for
// such a one for ever.
class PodTeller {
 public:
  explicit PodTeller(const std::function<void(const JobEvent&)>& tell) : tell_(tell) {}

  /// Whether the pod may still get on.
  bool operator()(EventKind kind, const Json& pod) {
    const auto name = string_at(pod, "metadata.name");
    const auto phase = kind == EventKind::deleted ? "gone" : phase_of(pod);
    auto& last = phases_[name];
    if (last != phase) {
      last = phase;
      tell_({.pod = name, .role = role_of(pod), .phase = phase});
    }
    const auto readiness = readiness_of(pod);
    const bool hopeless = string_at(pod, "status.phase", "Pending") == "Pending" &&
                          readiness.state == ReadyState::failed;
    if (hopeless && kind != EventKind::deleted) {
      hopeless_pod = "pod " + name + " cannot start: " + std::string(to_string(readiness.reason)) +
                     ": " + readiness.message;
    }
    return !hopeless;
  }

  std::string hopeless_pod;  // to be read after the watch has ended

 private:
  const std::function<void(const JobEvent&)>& tell_;
  std::map<std::string, std::string> phases_;
};

// Watches the pods until it is destroyed; one that cannot start ends `stop`.
std::jthread watch_pods(KubeClient& client, ListQuery pods, PodTeller& tell, TimedStop& stop) {
  return std::jthread([&client, pods = std::move(pods), &tell, &stop](std::stop_token ended) {
    const auto on_event = [&](EventKind kind, const Json& pod) {
      if (kind == EventKind::synced || tell(kind, pod)) {
        return true;
      }
      stop.request_stop();
      return false;
    };
    // Only news for the user: a watch that fails must not fail the run.
    static_cast<void>(client.watch(pods, on_event, {.stop = std::move(ended)}).has_value());
  });
}

// Watches the run itself until it is done, failed or deleted; the last that was seen of it.
Result<std::optional<JobStatus>> watch_run(KubeClient& client, const JobRun& run,
                                           std::stop_token stop) {
  std::optional<JobStatus> last;
  const ListQuery self{.api_version = run.ref.api_version,
                       .kind = run.ref.kind,
                       .ns = run.ref.ns,
                       .fields = "metadata.name=" + run.ref.name};
  const auto on_event = [&](EventKind kind, const Json& object) {
    if (kind == EventKind::synced) {
      return last.has_value();  // not there at the first look: it is gone already
    }
    if (kind == EventKind::deleted) {
      return false;
    }
    last = status_of_run(run.job, object);
    return last->state == JobState::running;
  };
  TRY(client.watch(self, on_event, {.stop = std::move(stop)}));
  return last;
}

Error unfinished(const JobRun& run, const TimedStop& timed, const std::stop_token& stop,
                 std::chrono::seconds timeout, const std::string& hopeless_pod) {
  const auto name = to_string(run.ref);
  if (!hopeless_pod.empty()) {
    return make_error(ExitCode::step_failed, name + ": " + hopeless_pod,
                      "dpctl job delete " + run.ref.name);
  }
  if (timed.passed()) {
    return make_error(ExitCode::timed_out, name + " has not ended after " + duration_text(timeout),
                      "dpctl job status " + run.ref.name);
  }
  if (stop.stop_requested()) {
    return make_error(ExitCode::interrupted, "interrupted; " + name + " goes on",
                      "dpctl job delete " + run.ref.name);
  }
  return make_error(ExitCode::step_failed, name + " was deleted while it ran");
}

}  // namespace

Result<JobStatus> follow_job(Session& session, const JobRun& run, std::chrono::seconds timeout,
                             const std::function<void(const JobEvent&)>& on_event,
                             std::stop_token stop) {
  auto* client = TRY(session.cluster(stop));
  const ListQuery pods{
      .api_version = "v1", .kind = "Pod", .ns = run.ref.ns, .labels = TRY(pod_selector(run))};
  TimedStop timed(stop, std::chrono::steady_clock::now() + timeout);
  PodTeller tell(on_event);
  auto pod_watch = watch_pods(*client, pods, tell, timed);
  const auto last = TRY(watch_run(*client, run, timed.token()));
  pod_watch.request_stop();
  pod_watch.join();
  if (last && last->state != JobState::running) {
    return *last;
  }
  return fail(unfinished(run, timed, stop, timeout, tell.hopeless_pod));
}

}  // namespace dpctl
