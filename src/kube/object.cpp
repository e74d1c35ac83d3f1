// SPDX-License-Identifier: Apache-2.0
#include "kube/object.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "kube/base64.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

constexpr int custom_resource_rank = 8;

int kind_rank(std::string_view kind) {
  static const std::map<std::string_view, int> ranks = {
      {"Namespace", 0},
      {"PriorityClass", 0},
      {"CustomResourceDefinition", 1},
      {"ClusterRoleBinding", 3},
      {"RoleBinding", 3},
      {"Service", 4},
      {"PersistentVolumeClaim", 4},
      {"Pod", 5},
      {"ReplicationController", 5},
      {"ReplicaSet", 5},
      {"Deployment", 5},
      {"StatefulSet", 5},
      {"DaemonSet", 5},
      {"Job", 5},
      {"CronJob", 5},
      {"HorizontalPodAutoscaler", 6},
      {"Ingress", 6},
      {"APIService", 7},
      {"MutatingWebhookConfiguration", 7},
      {"ValidatingWebhookConfiguration", 7},
      {"ValidatingAdmissionPolicyBinding", 7},
  };
  const auto found = ranks.find(kind);
  return found == ranks.end() ? 2
                              : found->second;  // quotas, accounts, configuration, roles, classes
}

std::string expression_text(const Json& expression) {
  std::string key = string_at(expression, "key");
  const std::string op = string_at(expression, "operator");
  if (op == "Exists") {
    return key;
  }
  if (op == "DoesNotExist") {
    return "!" + key;
  }
  std::vector<std::string> values;
  for (const auto& value : array_at(expression, "values")) {
    values.push_back(value.is_string() ? value.get<std::string>() : dump(value));
  }
  return key + (op == "In" ? " in (" : " notin (") + join(values, ",") + ")";
}

}  // namespace

std::string to_string(const ObjectRef& ref) {
  return ref.kind + " " + (ref.ns.empty() ? "" : ref.ns + "/") + ref.name;
}

Result<ObjectRef> ref_of(const Json& object) {
  ObjectRef ref{.api_version = string_at(object, "apiVersion"),
                .kind = string_at(object, "kind"),
                .ns = string_at(object, "metadata.namespace"),
                .name = string_at(object, "metadata.name")};
  const char* missing = ref.api_version.empty() ? "apiVersion"
                        : ref.kind.empty()      ? "kind"
                        : ref.name.empty()      ? "metadata.name"
                                                : nullptr;
  if (missing != nullptr) {
    const std::string kind = ref.kind.empty() ? "an object" : "a " + ref.kind;
    return fail(ExitCode::invalid_input, kind + " without " + missing);
  }
  return ref;
}

std::string group_of(std::string_view api_version) {
  const auto slash = api_version.find('/');
  return slash == std::string_view::npos ? "" : std::string(api_version.substr(0, slash));
}

bool is_builtin_group(std::string_view group) {
  // Named one by one: groups under k8s.io may be custom ones too (sparkoperator.k8s.io,
  // metrics.k8s.io).
  static const std::set<std::string_view> groups = {"",
                                                    "admissionregistration.k8s.io",
                                                    "apiextensions.k8s.io",
                                                    "apiregistration.k8s.io",
                                                    "apps",
                                                    "authentication.k8s.io",
                                                    "authorization.k8s.io",
                                                    "autoscaling",
                                                    "batch",
                                                    "certificates.k8s.io",
                                                    "coordination.k8s.io",
                                                    "discovery.k8s.io",
                                                    "events.k8s.io",
                                                    "flowcontrol.apiserver.k8s.io",
                                                    "internal.apiserver.k8s.io",
                                                    "networking.k8s.io",
                                                    "node.k8s.io",
                                                    "policy",
                                                    "rbac.authorization.k8s.io",
                                                    "resource.k8s.io",
                                                    "scheduling.k8s.io",
                                                    "storage.k8s.io",
                                                    "storagemigration.k8s.io"};
  return groups.contains(group);
}

int apply_rank(std::string_view api_version, std::string_view kind) {
  return is_builtin_group(group_of(api_version)) ? kind_rank(kind) : custom_resource_rank;
}

void sort_for_apply(std::vector<Json>& objects) {
  const auto rank = [](const Json& object) {
    return apply_rank(string_at(object, "apiVersion"), string_at(object, "kind"));
  };
  std::ranges::stable_sort(objects, {}, rank);
}

void sort_for_removal(std::vector<ObjectRef>& refs) {
  const auto rank = [](const ObjectRef& ref) { return -apply_rank(ref.api_version, ref.kind); };
  std::ranges::stable_sort(refs, {}, rank);
}

std::vector<Json> objects_of(const Json& document) {
  if (document.is_null()) {
    return {};
  }
  const bool list = string_at(document, "kind") == "List" && document.contains("items");
  if (!list && !document.is_array()) {
    return {document};
  }
  std::vector<Json> objects;
  for (const auto& item : list ? array_at(document, "items") : document) {
    for (auto& object : objects_of(item)) {
      objects.push_back(std::move(object));
    }
  }
  return objects;
}

void label_object(Json& object, std::string_view profile, std::string_view component) {
  Json labels = {{managed_by_label, "dpctl"}};
  if (!profile.empty()) {
    labels[std::string(profile_label)] = profile;
  }
  if (!component.empty()) {
    labels[std::string(component_label)] = component;
  }
  merge_into(object, {{"metadata", {{"labels", std::move(labels)}}}});
}

std::string label_selector(std::string_view profile, std::string_view component) {
  std::string text = std::string(managed_by_label) + "=dpctl";
  if (!profile.empty()) {
    text += "," + std::string(profile_label) + "=" + std::string(profile);
  }
  if (!component.empty()) {
    text += "," + std::string(component_label) + "=" + std::string(component);
  }
  return text;
}

bool is_adopted(const Json& live) {
  return object_at(live, "metadata.annotations").contains(std::string(adopted_annotation));
}

Json for_apply(Json object) {
  object.erase("status");
  if (auto metadata = object.find("metadata"); metadata != object.end() && metadata->is_object()) {
    for (const char* key : {"managedFields", "resourceVersion", "uid", "generation", "selfLink",
                            "creationTimestamp"}) {
      metadata->erase(key);
    }
  }
  const bool secret =
      string_at(object, "kind") == "Secret" && string_at(object, "apiVersion") == "v1";
  if (secret && object.contains("stringData")) {
    Json data = Json::object();
    for (const auto& [key, value] : object_at(object, "stringData").items()) {
      data[key] = to_base64(value.is_string() ? value.get<std::string>() : dump(value));
    }
    object.erase("stringData");
    merge_into(object, {{"data", std::move(data)}});
  }
  return object;
}

const Json* pod_spec_of(const Json& object) {
  const std::string kind = string_at(object, "kind");
  if (kind == "Pod") {
    return find_path(object, "spec");
  }
  return find_path(
      object, kind == "CronJob" ? "spec.jobTemplate.spec.template.spec" : "spec.template.spec");
}

std::string selector_text(const Json& selector) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : object_at(selector, "matchLabels").items()) {
    parts.push_back(key + "=" + (value.is_string() ? value.get<std::string>() : dump(value)));
  }
  for (const auto& expression : array_at(selector, "matchExpressions")) {
    parts.push_back(expression_text(expression));
  }
  return join(parts, ",");
}

}  // namespace dpctl
