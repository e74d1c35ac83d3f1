// SPDX-License-Identifier: Apache-2.0
// Following a run: one watch on the run itself, which ends it, and one on its pods, which tells what happens.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

#include "kube/readiness.hpp"
#include "platform/job_rules.hpp"
#include "platform/jobs.hpp"
#include "util/text.hpp"

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
  const bool stuck = phase == "Pending" && readiness.reason != Reason::none && readiness.reason != Reason::progressing;
  return stuck ? phase + ": " + std::string(to_string(readiness.reason)) + " " + readiness.message : phase;
}

// Tells each pod's phases once.
class PodTeller {
 public:
  explicit PodTeller(const std::function<void(const JobEvent&)>& tell) : tell_(tell) {}

  void operator()(EventKind kind, const Json& pod) {
    const auto name = string_at(pod, "metadata.name");
    const auto phase = kind == EventKind::deleted ? "gone" : phase_of(pod);
    auto& last = phases_[name];
    if (last != phase) {
      last = phase;
      tell_({.pod = name, .role = role_of(pod), .phase = phase});
    }
  }

 private:
  const std::function<void(const JobEvent&)>& tell_;
  std::map<std::string, std::string> phases_;
};

// Requests a stop when the given one is requested, or at the deadline.
class Deadline {
 public:
  Deadline(std::stop_token stop, std::chrono::seconds after)
      : forward_(std::move(stop), [this] { source_.request_stop(); }), timer_([this, after](std::stop_token ended) {
          std::mutex mutex;
          std::unique_lock lock(mutex);
          std::condition_variable_any().wait_for(lock, ended, after, [] { return false; });
          passed_ = !ended.stop_requested();
          source_.request_stop();
        }) {}
  std::stop_token token() const { return source_.get_token(); }
  bool passed() const { return passed_; }

 private:
  std::stop_source source_;
  std::atomic<bool> passed_ = false;
  std::stop_callback<std::function<void()>> forward_;
  std::jthread timer_;
};

}  // namespace

std::string_view to_string(JobState state) {
  switch (state) {
    case JobState::running:
      return "running";
    case JobState::succeeded:
      return "succeeded";
    case JobState::failed:
      return "failed";
  }
  return "running";
}

Result<JobStatus> follow_job(Session& session, const JobRun& run, std::chrono::seconds timeout,
                             const std::function<void(const JobEvent&)>& on_event, std::stop_token stop) {
  auto* client = TRY(session.cluster(stop));
  const auto selector = TRY(pod_selector(run));
  const Deadline deadline(stop, timeout);

  PodTeller tell(on_event);
  const ListQuery pods{.api_version = "v1", .kind = "Pod", .ns = run.ref.ns, .labels = selector};
  std::jthread pod_watch([&](std::stop_token ended) {
    // Only news for the user: a watch that fails must not fail the run.
    static_cast<void>(client->watch(
                                pods,
                                [&tell](EventKind kind, const Json& pod) {
                                  if (kind != EventKind::synced) {
                                    tell(kind, pod);
                                  }
                                  return true;
                                },
                                {.stop = std::move(ended)})
                          .has_value());
  });

  std::optional<JobStatus> last;
  bool seen = false;
  const ListQuery self{.api_version = run.ref.api_version, .kind = run.ref.kind, .ns = run.ref.ns,
                       .fields = "metadata.name=" + run.ref.name};
  TRY(client->watch(
      self,
      [&](EventKind kind, const Json& object) {
        if (kind == EventKind::synced) {
          return seen;
        }
        seen = true;
        if (kind == EventKind::deleted) {
          return false;
        }
        const auto state = job_state(run.job, object);
        last = JobStatus{.run = run, .state = state, .reason = {}, .created = string_at(object, "metadata.creationTimestamp")};
        if (state == JobState::failed) {
          last->reason = job_text(run.job, run.job.spec->reason, object).value_or("");
        }
        return state == JobState::running;
      },
      {.stop = deadline.token()}));
  if (last && last->state != JobState::running) {
    return *last;
  }
  if (deadline.passed()) {
    return fail(ExitCode::timed_out, to_string(run.ref) + " has not ended after " + duration_text(timeout),
                "dpctl job status " + run.ref.name);
  }
  if (stop.stop_requested()) {
    return fail(ExitCode::interrupted, "interrupted; " + to_string(run.ref) + " goes on",
                "dpctl job delete " + run.ref.name);
  }
  return fail(ExitCode::step_failed, to_string(run.ref) + " was deleted while it ran");
}

}  // namespace dpctl
