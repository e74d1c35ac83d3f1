// SPDX-License-Identifier: Apache-2.0
#include "platform/access_roles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "profile/evaluate.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

// Where the role counts: the namespaces that have a binding to it.
std::vector<std::string> bound_namespaces(const std::vector<Json>& objects,
                                          const std::string& cluster_role) {
  std::vector<std::string> namespaces;
  for (const auto& object : objects) {
    if (string_at(object, "kind") == "RoleBinding" &&
        string_at(object, "roleRef.kind") == "ClusterRole" &&
        string_at(object, "roleRef.name") == cluster_role) {
      namespaces.push_back(string_at(object, "metadata.namespace"));
    }
  }
  std::ranges::sort(namespaces);
  return namespaces;
}

}  // namespace

Result<std::vector<AccessRole>> access_roles(const Rendered& access) {
  const auto& file = access.component->document.file;
  const YamlDocument provides{.value = access.component->provides, .file = file, .positions = {}};
  const auto outputs = TRY(evaluate(provides, access.context)).value_or(Json::object());
  std::vector<AccessRole> roles;
  for (const auto& [name, _] : object_at(outputs, "access.roles").items()) {
    AccessRole role{.name = name,
                    .cluster_role = string_at(outputs, "access.roles." + name),
                    .group = string_at(outputs, "access.groups." + name),
                    .namespaces = {}};
    role.namespaces = bound_namespaces(access.objects, role.cluster_role);
    if (role.group.empty() || role.namespaces.empty()) {
      return fail(ExitCode::invalid_input,
                  fmt::format("component access: role '{}' has no {}", name,
                              role.group.empty() ? "group" : "RoleBinding"),
                  "its provides.access.groups must name a group, its manifests must bind " +
                      role.cluster_role);
    }
    roles.push_back(std::move(role));
  }
  return roles;
}

Result<AccessRole> find_access_role(const std::vector<AccessRole>& roles, std::string_view name) {
  std::vector<std::string> names;
  for (const auto& role : roles) {
    if (role.name == name) {
      return role;
    }
    names.push_back(role.name);
  }
  return fail(ExitCode::usage, fmt::format("unknown role '{}'{}", name, did_you_mean(name, names)),
              "the roles are " + join(names, ", "));
}

}  // namespace dpctl
