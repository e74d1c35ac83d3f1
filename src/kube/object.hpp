// SPDX-License-Identifier: Apache-2.0
// Kubernetes objects as JSON: how one is named, labelled and ordered. Pure.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Names one object of a cluster.
struct ObjectRef {
  std::string api_version;  // "v1", "apps/v1"
  std::string kind;
  std::string ns;  // empty for what is cluster-wide
  std::string name;
  auto operator<=>(const ObjectRef&) const = default;
  bool operator==(const ObjectRef&) const = default;
};

/// "Deployment spark-operator/controller", "Namespace spark-jobs".
std::string to_string(const ObjectRef& ref);

/// The name of an object; fails (invalid_input) where apiVersion, kind or metadata.name is missing.
Result<ObjectRef> ref_of(const Json& object);

/// "apps" of "apps/v1", "" of "v1".
std::string group_of(std::string_view api_version);

/// Whether the API server itself serves the group ("", "apps", "rbac.authorization.k8s.io", …):
/// true for no custom resource.
bool is_builtin_group(std::string_view group);

/// The place of a kind in the order of applying: namespaces, CRDs, quotas, service accounts,
/// configuration, RBAC, …, workloads, webhooks and API services, then everything else. What has the
/// same rank may be applied at the same time.
int apply_rank(std::string_view api_version, std::string_view kind);

/// Sorts by apply_rank, else as given.
void sort_for_apply(std::vector<Json>& objects);

/// Sorts by apply_rank backwards, else as given: custom resources first, namespaces last.
void sort_for_removal(std::vector<ObjectRef>& refs);

/// The objects of one document: the items of a `kind: List`, the elements of an array, or the
/// document itself. Nulls go.
std::vector<Json> objects_of(const Json& document);

inline constexpr std::string_view managed_by_label = "app.kubernetes.io/managed-by";
inline constexpr std::string_view profile_label = "dpctl.dev/profile";
inline constexpr std::string_view component_label = "dpctl.dev/component";
/// On objects that were there before dpctl applied to them; `clean` leaves such an object alone.
inline constexpr std::string_view adopted_annotation = "dpctl.dev/adopted";

/// Puts the three labels on an object; `component` may be empty (none then).
void label_object(Json& object, std::string_view profile, std::string_view component);

/// "app.kubernetes.io/managed-by=dpctl,dpctl.dev/profile=NAME"; with an empty profile only the
/// first.
std::string label_selector(std::string_view profile, std::string_view component = {});

/// Whether the live object existed before dpctl first applied to it.
bool is_adopted(const Json& live);

/// What goes to the server: without status and what the server writes into metadata; a Secret's
/// stringData becomes data, since the server never gives stringData back.
Json for_apply(Json object);

/// The pod spec inside a Pod, a workload or a CronJob; nullptr where there is none.
const Json* pod_spec_of(const Json& object);

/// A label selector's matchLabels and matchExpressions as the text that a query takes: "app=x,tier
/// in (a,b)".
std::string selector_text(const Json& selector);

}  // namespace dpctl
