// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>

#include "kube/readiness_rules.hpp"
#include "util/text.hpp"

namespace dpctl::detail {
namespace {

constexpr std::size_t longest_message = 300;

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// Whether a registry said that there is no such image, as opposed to not answering.
bool is_missing_image(std::string_view message) {
  constexpr std::array<std::string_view, 6> no_answer = {
      "dial tcp", "no such host", "i/o timeout", "connection refused", "TLS handshake", "EOF"};
  constexpr std::array<std::string_view, 5> no_image = {
      "not found", "manifest unknown", "does not exist", "name unknown", "no match for platform"};
  const auto in_message = [&](std::string_view part) { return has(message, part); };
  return std::ranges::none_of(no_answer, in_message) && std::ranges::any_of(no_image, in_message);
}

std::string last_exit(const Json& container) {
  const auto& ended = object_at(container, "lastState.terminated");
  if (ended.empty()) {
    return "";
  }
  const std::string reason = string_at(ended, "reason");
  return ", last exit " + std::to_string(int_at(ended, "exitCode")) +
         (reason.empty() || reason == "Error" ? "" : " (" + reason + ")");
}

Readiness crash_loop(const Json& container, const std::string& name,
                     const ReadinessLimits& limits) {
  const long long restarts = int_at(container, "restartCount");
  const std::string message = name + " crashes again and again: " + std::to_string(restarts) +
                              " restarts" + last_exit(container);
  return restarts >= limits.restarts ? failed(Reason::crash_loop, message)
                                     : waiting(Reason::crash_loop, message);
}

Readiness image_pull(const Json& container, const std::string& name, const std::string& reason) {
  static const std::set<std::string_view> final_reasons = {"InvalidImageName", "ErrImageNeverPull"};
  const std::string why = string_at(container, "state.waiting.message");
  std::string message = name + ": image " + string_at(container, "image") + ": " + reason;
  if (!why.empty()) {
    message += ": " + elided(why, longest_message);
  }
  const bool final = final_reasons.contains(reason) || is_missing_image(why);
  return final ? failed(Reason::image_pull, message) : waiting(Reason::image_pull, message);
}

/// What a waiting container says; nothing where it waits for nothing special.
std::optional<Readiness> waiting_container(const Json& container, const ReadinessLimits& limits) {
  static const std::set<std::string_view> pulls = {
      "ErrImagePull",      "ImagePullBackOff",    "InvalidImageName",         "ErrImageNeverPull",
      "ImageInspectError", "RegistryUnavailable", "SignatureValidationFailed"};
  const std::string reason = string_at(container, "state.waiting.reason");
  const std::string name = "container " + string_at(container, "name");
  const std::string message =
      elided(string_at(container, "state.waiting.message"), longest_message);
  if (pulls.contains(reason)) {
    return image_pull(container, name, reason);
  }
  if (reason == "CrashLoopBackOff") {
    return crash_loop(container, name, limits);
  }
  if (reason == "CreateContainerConfigError") {
    return waiting(Reason::config_missing, name + ": " + message);
  }
  if (reason == "CreateContainerError" || reason == "RunContainerError") {
    return waiting(Reason::crash_loop, name + ": " + reason + ": " + message);
  }
  return std::nullopt;
}

std::optional<Readiness> worst_container(const Json& pod, const ReadinessLimits& limits) {
  std::optional<Readiness> worst;
  for (const char* list : {"status.initContainerStatuses", "status.containerStatuses"}) {
    for (const auto& container : array_at(pod, list)) {
      const auto found = waiting_container(container, limits);
      if (found &&
          (!worst || (found->state == ReadyState::failed && worst->state != ReadyState::failed))) {
        worst = found;
      }
    }
  }
  return worst;
}

Readiness not_scheduled(const Json& condition) {
  const std::string message = string_at(condition, "message", "no node takes it");
  if (string_at(condition, "reason") == "SchedulingGated") {
    return waiting(Reason::suspended, message);
  }
  const bool volumes = has(message, "unbound immediate PersistentVolumeClaims") ||
                       (has(message, "persistentvolumeclaim") && has(message, "not found"));
  return waiting(volumes ? Reason::pvc_pending : Reason::unschedulable, message);
}

Readiness starting(const Json& pod) {
  for (const auto& container : array_at(pod, "status.initContainerStatuses")) {
    const bool sidecar = bool_at(container, "started") && bool_at(container, "ready");
    if (!sidecar && string_at(container, "state.terminated.reason") != "Completed") {
      return waiting(Reason::progressing,
                     "init container " + string_at(container, "name") + " has not ended");
    }
  }
  for (const auto& container : array_at(pod, "status.containerStatuses")) {
    const std::string name = "container " + string_at(container, "name");
    const auto& state = object_at(container, "state");
    if (state.contains("terminated") && int_at(state, "terminated.exitCode") != 0) {
      return waiting(Reason::crash_loop, name + " ended with exit " +
                                             std::to_string(int_at(state, "terminated.exitCode")));
    }
    if (state.contains("running") && !bool_at(container, "ready")) {
      return waiting(Reason::not_passing_probe, name + " runs but is not ready");
    }
    if (state.contains("waiting")) {
      return waiting(Reason::progressing,
                     name + ": " + string_at(state, "waiting.reason", "starting"));
    }
  }
  return waiting(Reason::progressing, "starting");
}

}  // namespace

Readiness pod_readiness(const Json& pod, const ReadinessLimits& limits) {
  const std::string phase = string_at(pod, "status.phase");
  if (phase == "Succeeded") {
    return {};
  }
  if (phase == "Failed") {
    const std::string reason = string_at(pod, "status.reason", "it failed");
    const std::string message = string_at(pod, "status.message");
    return failed(Reason::pod_failed, message.empty() ? reason : reason + ": " + message);
  }
  const Json* scheduled = condition_of(pod, "PodScheduled");
  if (scheduled != nullptr && string_at(*scheduled, "status") == "False") {
    return not_scheduled(*scheduled);
  }
  if (const auto worst = worst_container(pod, limits)) {
    return *worst;
  }
  const Json* ready = condition_of(pod, "Ready");
  return ready != nullptr && string_at(*ready, "status") == "True" ? Readiness{} : starting(pod);
}

}  // namespace dpctl::detail
