// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <utility>

#include "kube/explain.hpp"
#include "kube/gather.hpp"
#include "kube/parallel.hpp"
#include "kube/wait.hpp"
#include "kube/watched.hpp"

namespace dpctl {
namespace {

using TimePoint = std::chrono::steady_clock::time_point;

constexpr std::size_t connections = 8;
constexpr auto config_grace =
    std::chrono::seconds(30);  // an operator may make the missing Secret a moment later
constexpr auto longest_wait = std::chrono::milliseconds(1000);

bool is_claim(const ObjectRef& ref) {
  return ref.kind == "PersistentVolumeClaim" && ref.api_version == "v1";
}

Readiness missing() {
  return {
      .state = ReadyState::waiting, .reason = Reason::missing, .message = "it does not exist yet"};
}

Result<ReadinessLimits> complete_limits(KubeClient& client, const std::vector<WaitTarget>& targets,
                                        ReadinessLimits limits, const Call& call) {
  const bool claims =
      std::ranges::any_of(targets, [](const auto& target) { return is_claim(target.ref); });
  if (claims && limits.late_binding.empty()) {
    limits.late_binding = TRY(late_binding_classes(client, call));
  }
  return limits;
}

std::vector<ObjectRef> refs_of(const std::vector<WaitTarget>& targets) {
  std::vector<ObjectRef> refs;
  for (const auto& target : targets) {
    refs.push_back(target.ref);
  }
  return refs;
}

/// A wait from its first look to its end.
class ReadyWait {
 public:
  ReadyWait(KubeClient& client, const std::vector<WaitTarget>& targets, const WaitOptions& options,
            ReadinessLimits limits)
      : client_(client),
        targets_(targets),
        options_(options),
        limits_(std::move(limits)),
        watched_(client, options.stop) {}

  Result<> run() {
    watched_.watch_all(refs_of(targets_), Detail::whole);
    for (const auto& target : targets_) {
      watch_pods(target);
    }
    while (true) {
      if (options_.stop.stop_requested()) {
        return fail(ExitCode::interrupted, "interrupted");
      }
      if (auto error = watched_.error()) {
        return fail(std::move(*error));
      }
      const WaitTarget* open = TRY(look());
      if (open == nullptr && watched_.synced()) {
        return {};
      }
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(options_.deadline - client_.clock().now());
      if (left.count() <= 0) {
        return fail(
            explained(ExitCode::timed_out, open == nullptr ? targets_.front().ref : open->ref));
      }
      watched_.wait_for_change(std::min(left, longest_wait));
    }
  }

 private:
  void watch_pods(const WaitTarget& target) {
    const auto& ref = target.ref;
    if (is_workload(ref) && !target.rule) {
      watched_.watch({.api_version = "v1", .kind = "Pod", .ns = ref.ns});
    }
    if (ref.kind == "Deployment" && !target.rule) {
      watched_.watch({.api_version = "apps/v1", .kind = "ReplicaSet", .ns = ref.ns});
    }
  }

  /// The target that most needs telling, nullptr where all are ready; an Error where one will never
  /// be.
  Result<const WaitTarget*> look() {
    if (!watched_.synced()) {
      return targets_.empty() ? nullptr : &targets_.front();
    }
    const WaitTarget* first = nullptr;
    Readiness told;
    std::size_t open = 0;
    for (const auto& target : targets_) {
      Readiness readiness = readiness_of_target(target);
      if (readiness.state == ReadyState::failed || is_past_grace(target.ref, readiness)) {
        return fail(failure(target, readiness));
      }
      if (readiness.state == ReadyState::ready) {
        continue;
      }
      ++open;
      const bool telling =
          told.reason == Reason::progressing && readiness.reason != Reason::progressing;
      if (first == nullptr || telling) {
        first = &target;
        told = std::move(readiness);
      }
    }
    if (first != nullptr) {
      note(*first, told, open);
    }
    return first;
  }

  Readiness readiness_of_target(const WaitTarget& target) const {
    const auto object = watched_.find(target.ref);
    if (!object) {
      return missing();
    }
    if (target.rule) {
      return target.rule(*object);
    }
    if (!is_workload(target.ref)) {
      return readiness_of(*object, limits_);
    }
    const auto pods = watched_.all("v1", "Pod", target.ref.ns);
    const auto sets = watched_.all("apps/v1", "ReplicaSet", target.ref.ns);
    return readiness_with_pods(*object, current_pods(*object, sets, pods), limits_);
  }

  /// Some states pass by themselves, but not after a while.
  bool is_past_grace(const ObjectRef& ref, const Readiness& readiness) {
    const bool bears_with =
        readiness.state == ReadyState::waiting &&
        (readiness.reason == Reason::unschedulable || readiness.reason == Reason::config_missing);
    if (!bears_with) {
      since_.erase(ref);
      return false;
    }
    const TimePoint now = client_.clock().now();
    const auto [since, is_new] = since_.try_emplace(ref, readiness.reason, now);
    if (since->second.first != readiness.reason) {
      since->second = {readiness.reason, now};
    }
    const auto grace =
        readiness.reason == Reason::unschedulable ? options_.unschedulable_grace : config_grace;
    return now - since->second.second >= grace;
  }

  void note(const WaitTarget& target, const Readiness& readiness, std::size_t open) {
    std::string text = "waiting for " + to_string(target.ref) + ": " + readiness.message;
    if (open > 1) {
      text += " (and " + std::to_string(open - 1) + " more)";
    }
    if (options_.note && text != last_note_) {
      options_.note(text);
    }
    last_note_ = std::move(text);
  }

  Error explained(ExitCode code, const ObjectRef& ref) const {
    const ExplainOptions explain_options{
        .kubectl = options_.kubectl,
        .limits = limits_,
        .call = {.stop = options_.stop, .retry_for = std::chrono::seconds(2)}};
    Explanation found = explain(client_, ref, explain_options);
    if (code == ExitCode::timed_out &&
        (found.reason == Reason::none || found.reason == Reason::progressing)) {
      found.reason = Reason::timeout;
    }
    return explained_error(code, ref, found);
  }

  Error failure(const WaitTarget& target, const Readiness& readiness) const {
    Error error = explained(ExitCode::step_failed, target.ref);
    if (target.rule) {
      // Only the component knows why: its words take the place of what the object's kind would say.
      error.message = to_string(target.ref) + " failed: " + readiness.message;
    }
    return error;
  }

  KubeClient& client_;
  const std::vector<WaitTarget>& targets_;
  const WaitOptions& options_;
  ReadinessLimits limits_;
  WatchedObjects watched_;
  std::map<ObjectRef, std::pair<Reason, TimePoint>> since_;
  std::string last_note_;
};

}  // namespace

Result<> wait_until_ready(KubeClient& client, const std::vector<WaitTarget>& targets,
                          const WaitOptions& options) {
  auto limits = TRY(complete_limits(client, targets, options.limits, {.stop = options.stop}));
  return ReadyWait(client, targets, options, std::move(limits)).run();
}

Result<std::vector<TargetReadiness>> readiness_now(KubeClient& client,
                                                   const std::vector<WaitTarget>& targets,
                                                   const ReadinessLimits& limits,
                                                   const Call& call) {
  const auto complete = TRY(complete_limits(client, targets, limits, call));
  const auto refs = refs_of(targets);
  const auto objects = TRY(get_all(client, refs, connections, call));
  std::vector<TargetReadiness> found(targets.size());
  const auto judge = [&](std::size_t i) -> Result<> {
    found[i] = {.ref = refs[i], .readiness = missing()};
    if (!objects[i]) {
      return {};
    }
    Readiness& readiness = found[i].readiness;
    readiness =
        targets[i].rule ? targets[i].rule(*objects[i]) : readiness_of(*objects[i], complete);
    if (readiness.state != ReadyState::ready && !targets[i].rule && is_workload(refs[i])) {
      const auto pods = TRY(pods_of(client, *objects[i], call));
      readiness = readiness_with_pods(
          *objects[i], current_pods(*objects[i], pods.replica_sets, pods.pods), complete);
    }
    return {};
  };
  TRY(for_each_parallel(targets.size(), connections, judge));
  return found;
}

}  // namespace dpctl
