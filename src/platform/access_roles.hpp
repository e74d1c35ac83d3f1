// SPDX-License-Identifier: Apache-2.0
// The roles that component access brings, as its rendered objects define them: their names stand in
// its templates alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/render.hpp"
#include "util/result.hpp"

namespace dpctl {

inline constexpr std::string_view access_component = "access";

struct AccessRole {
  std::string name;                     // "view"
  std::string cluster_role;             // "dpctl:kind:view"
  std::string group;                    // who is in it has the role: "dpctl:view"
  std::vector<std::string> namespaces;  // where the role counts, sorted
};

/// The roles, by name: what the component provides as `access.roles` (ClusterRoles) and
/// `access.groups`, and the namespaces whose RoleBindings it renders. Fails (invalid_input) where a
/// role has no group or no binding.
Result<std::vector<AccessRole>> access_roles(const Rendered& access);

/// The role of that name; fails (usage) with a suggestion.
Result<AccessRole> find_access_role(const std::vector<AccessRole>& roles, std::string_view name);

}  // namespace dpctl
