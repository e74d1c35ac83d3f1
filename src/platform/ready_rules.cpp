// SPDX-License-Identifier: Apache-2.0
#include "platform/ready_rules.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "profile/evaluate.hpp"

namespace dpctl {

namespace {

std::string text_of(const std::string& expression, const Json& object, const SourcePos& where) {
  const auto value = evaluate_expression(expression, {{"object", object}}, where);
  return value && value->is_string() ? value->get<std::string>() : "";
}

Readiness judge(const Json& object, const std::string& condition,
                const std::vector<FailedRule>& failed, const SourcePos& where) {
  for (const auto& rule : failed) {
    if (holds(rule.when, object, where)) {
      return {.state = ReadyState::failed,
              .reason = Reason::condition,
              .message = text_of(rule.reason, object, where)};
    }
  }
  if (condition.empty()) {
    return readiness_of(object);
  }
  if (holds(condition, object, where)) {
    return {};
  }
  return {.state = ReadyState::waiting,
          .reason = Reason::condition,
          .message = "not yet: " + condition};
}

bool is_workload(const std::string& kind) {
  static const std::set<std::string> kinds = {"Deployment", "StatefulSet", "DaemonSet", "Job",
                                              "PersistentVolumeClaim"};
  return kinds.contains(kind);
}

bool names(const ReadyRule& rule, const ObjectRef& ref, const std::string& own_namespace) {
  const std::string& ns = rule.ns.empty() ? own_namespace : rule.ns;
  return rule.kind == ref.kind && (rule.name.empty() || rule.name == ref.name) &&
         (ref.ns.empty() || ref.ns == ns);
}

// The apiVersion of the kinds that a rule may name without one.
std::string default_api_version(const std::string& kind) {
  if (kind == "Deployment" || kind == "StatefulSet" || kind == "DaemonSet") {
    return "apps/v1";
  }
  return kind == "Job" ? "batch/v1" : "v1";
}

}  // namespace

ReadyRules rules_of(const Rendered& rendered) {
  const Component& component = *rendered.component;
  return {.ns = component.ns,
          .ready = component.ready,
          .failed = component.failed,
          .where = component.document.position("/ready")};
}

std::function<Readiness(const Json&)> rule_for(const ReadyRules& rules, const ObjectRef& ref) {
  std::vector<FailedRule> failed;
  std::ranges::copy_if(rules.failed, std::back_inserter(failed),
                       [&](const FailedRule& rule) { return rule.kind == ref.kind; });
  const auto ready = std::ranges::find_if(
      rules.ready, [&](const ReadyRule& rule) { return names(rule, ref, rules.ns); });
  const std::string condition = ready == rules.ready.end() ? "" : ready->condition;
  if (condition.empty() && failed.empty()) {
    return {};
  }
  return [condition, failed, where = rules.where](const Json& object) {
    return judge(object, condition, failed, where);
  };
}

std::vector<WaitTarget> custom_targets(const ReadyRules& rules, const std::vector<Json>& objects) {
  std::vector<WaitTarget> targets;
  for (const auto& object : objects) {
    const auto ref = ref_of(object);
    if (!ref) {
      continue;
    }
    if (auto rule = rule_for(rules, *ref)) {
      targets.push_back({.ref = *ref, .rule = std::move(rule)});
    }
  }
  return targets;
}

std::vector<WaitTarget> workload_targets(const ReadyRules& rules,
                                         const std::vector<Json>& objects) {
  std::set<ObjectRef> refs;
  for (const auto& object : objects) {
    const auto ref = ref_of(object);
    if (ref && is_workload(ref->kind)) {
      refs.insert(*ref);
    }
  }
  for (const auto& rule : rules.ready) {
    const auto version =
        rule.api_version.empty() ? default_api_version(rule.kind) : rule.api_version;
    if (!rule.name.empty() && is_builtin_group(group_of(version))) {
      refs.insert({.api_version = version,
                   .kind = rule.kind,
                   .ns = rule.ns.empty() ? rules.ns : rule.ns,
                   .name = rule.name});
    }
  }
  std::vector<WaitTarget> targets;
  for (const auto& ref : refs) {
    targets.push_back({.ref = ref, .rule = rule_for(rules, ref)});
  }
  return targets;
}

Result<> wait_for(Session& session, const std::vector<WaitTarget>& targets, StepContext& context) {
  if (targets.empty()) {
    return {};
  }
  auto* client = TRY(session.cluster(context.stop));
  return wait_until_ready(
      *client, targets, {.deadline = context.deadline, .stop = context.stop, .note = context.note});
}

}  // namespace dpctl
