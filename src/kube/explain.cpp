// SPDX-License-Identifier: Apache-2.0
#include "kube/explain.hpp"

#include <algorithm>
#include <utility>

#include "kube/gather.hpp"
#include "kube/readiness_rules.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

std::string describe_command(const std::string& kubectl, const ObjectRef& ref) {
  const std::string group = group_of(ref.api_version);
  const bool plain = is_builtin_group(group);
  return kubectl + (ref.ns.empty() ? "" : " -n " + ref.ns) + " describe " + lower(ref.kind) +
         (plain ? "" : "." + group) + " " + ref.name;
}

/// The container at fault: one that waits or ended, else one that is not ready, else the first.
const Json* container_at_fault(const Json& pod) {
  const Json* unready = nullptr;
  const Json* first = nullptr;
  for (const char* list : {"status.initContainerStatuses", "status.containerStatuses"}) {
    for (const auto& container : array_at(pod, list)) {
      const auto& state = object_at(container, "state");
      const bool ended = state.contains("terminated") && int_at(state, "terminated.exitCode") != 0;
      if (ended || (state.contains("waiting") && int_at(container, "restartCount") > 0)) {
        return &container;
      }
      if (unready == nullptr && state.contains("running") && !bool_at(container, "ready")) {
        unready = &container;
      }
      first = first == nullptr ? &container : first;
    }
  }
  return unready != nullptr ? unready : first;
}

class Explainer {
 public:
  Explainer(KubeClient& client, const ExplainOptions& options)
      : client_(client), options_(options) {}

  Explanation explain(const ObjectRef& ref) {
    Explanation found{.root = ref, .command = describe_command(options_.kubectl, ref)};
    auto object = client_.get(ref, options_.call);
    if (!object) {
      found.message = summary_line(object.error());
      return found;
    }
    if (!*object) {
      found.reason = Reason::missing;
      found.message = "it does not exist";
      return found;
    }
    tell(found, **object, readiness_of(**object, options_.limits));
    if (is_workload(ref)) {
      explain_workload(found, **object);
    } else if (ref.kind == "Pod" && ref.api_version == "v1") {
      explain_pod(found, **object);
    }
    return found;
  }

 private:
  void tell(Explanation& found, const Json& object, const Readiness& readiness) {
    found.reason = readiness.reason;
    found.message = readiness.message;
    found.last_event = event_text(last_event(client_, object, options_.call).value_or(Json()));
  }

  void explain_workload(Explanation& found, const Json& workload) {
    const auto gathered = pods_of(client_, workload, options_.call);
    if (!gathered) {
      return;
    }
    const auto pods = current_pods(workload, gathered->replica_sets, gathered->pods);
    const Json* worst = worst_pod(workload, pods, options_.limits);
    if (worst == nullptr && string_at(workload, "kind") == "Job") {
      worst = last_failed(gathered->pods, workload);
    }
    if (worst != nullptr) {
      explain_pod(found, *worst);
    } else if (pods.empty()) {
      explain_no_pods(found, workload, gathered->replica_sets);
    }
  }

  /// The newest pod of a Job that failed.
  static const Json* last_failed(const std::vector<Json>& pods, const Json& /*job*/) {
    const Json* last = nullptr;
    for (const auto& pod : pods) {
      const bool newer = last == nullptr || string_at(pod, "metadata.creationTimestamp") >
                                                string_at(*last, "metadata.creationTimestamp");
      if (string_at(pod, "status.phase") == "Failed" && newer) {
        last = &pod;
      }
    }
    return last;
  }

  /// No pod was made: the one who should make it says why in its events.
  void explain_no_pods(Explanation& found, const Json& workload,
                       const std::vector<Json>& replica_sets) {
    std::vector<const Json*> makers = {&workload};
    for (const auto& set : replica_sets) {
      makers.push_back(&set);
    }
    for (const Json* maker : makers) {
      const Json event = last_event(client_, *maker, options_.call).value_or(Json());
      if (string_at(event, "reason") == "FailedCreate") {
        found.message = string_at(event, "message");
        found.reason = detail::refusal_reason(found.message);
        found.last_event = event_text(event);
      }
    }
  }

  void explain_pod(Explanation& found, const Json& pod) {
    Json named = pod;
    named["apiVersion"] = "v1";
    named["kind"] = "Pod";
    const auto ref = ref_of(named);
    if (!ref) {
      return;
    }
    const Reason before = found.reason;
    found.root = *ref;
    found.command = describe_command(options_.kubectl, *ref);
    tell(found, named, readiness_of(named, options_.limits));
    if (before == Reason::job_failed) {
      found.reason = before;
    }
    if (found.reason == Reason::pvc_pending) {
      explain_claims(found, pod);
    } else if (found.reason != Reason::unschedulable && found.reason != Reason::image_pull) {
      read_log(found, pod);
    }
  }

  /// The first claim of a pod that is not bound is the root of it.
  void explain_claims(Explanation& found, const Json& pod) {
    for (const auto& volume : array_at(pod, "spec.volumes")) {
      const std::string claim = string_at(volume, "persistentVolumeClaim.claimName");
      if (claim.empty()) {
        continue;
      }
      const ObjectRef ref{"v1", "PersistentVolumeClaim", string_at(pod, "metadata.namespace"),
                          claim};
      const auto object = client_.get(ref, options_.call).value_or(std::optional<Json>());
      if (object && string_at(*object, "status.phase") == "Bound") {
        continue;
      }
      found.root = ref;
      found.command = describe_command(options_.kubectl, ref);
      found.message = object ? "no volume is bound to it" : "the claim does not exist";
      found.last_event =
          object ? event_text(last_event(client_, *object, options_.call).value_or(Json())) : "";
      return;
    }
  }

  void read_log(Explanation& found, const Json& pod) {
    const Json* container = container_at_fault(pod);
    if (container == nullptr) {
      return;
    }
    const bool waits = object_at(*container, "state").contains("waiting");
    const bool previous = waits && int_at(*container, "restartCount") > 0;
    const LogQuery query{.ns = found.root.ns,
                         .pod = found.root.name,
                         .container = string_at(*container, "name"),
                         .tail = options_.log_lines,
                         .previous = previous};
    const auto log = client_.pod_log(query, options_.call);
    if (log && !trimmed(*log).empty()) {
      found.log_tail =
          std::string(trimmed(last_lines(*log, static_cast<std::size_t>(options_.log_lines))));
      found.command = options_.kubectl + " -n " + query.ns + " logs " + query.pod + " -c " +
                      query.container + (previous ? " --previous" : "");
    }
  }

  KubeClient& client_;
  const ExplainOptions& options_;
};

}  // namespace

Explanation explain(KubeClient& client, const ObjectRef& ref, const ExplainOptions& options) {
  return Explainer(client, options).explain(ref);
}

Error explained_error(ExitCode code, const ObjectRef& waited_for, const Explanation& explanation) {
  std::string message =
      to_string(waited_for) + " is not ready: " + std::string(to_string(explanation.reason));
  if (explanation.root != waited_for) {
    message += ": " + to_string(explanation.root);
  }
  if (!explanation.message.empty()) {
    message += ": " + explanation.message;
  }
  if (!explanation.last_event.empty()) {
    message += "\n  last event: " + explanation.last_event;
  }
  Error error = make_error(code, std::move(message), "try: " + explanation.command);
  error.output_tail = explanation.log_tail;
  return error;
}

}  // namespace dpctl
