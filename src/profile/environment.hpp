// SPDX-License-Identifier: Apache-2.0
// DPCTL_… variables: what they change in a profile.
//
// The name is the path in upper case with '_' between its steps and its words:
// DPCTL_CLUSTER_WORKERS is cluster.workers, DPCTL_CLUSTER_NODE_IMAGE cluster.nodeImage,
// DPCTL_VALUES_SPARK_JOB_NAMESPACE values.spark.jobNamespace. It is matched along the schemas, of
// the profile and of the component's values. A value is read as --set reads it, except that it is a
// string where the schema wants one, and that [...] and {...} are read as YAML.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "profile/assets.hpp"
#include "profile/set_option.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// One variable that changes the profile.
struct EnvironmentChange {
  std::string variable;
  Assignment assignment;
};

struct EnvironmentChanges {
  std::vector<EnvironmentChange> changes;
  std::vector<std::string> unknown;  // DPCTL_ variables that lead nowhere
};

/// True for variables that steer dpctl or its tests, and so are no part of a profile
/// (DPCTL_STATE_DIR…).
bool is_reserved_variable(std::string_view name);

/// What the DPCTL_ variables among `variables` change. `schema` is the profile's. Fails
/// (invalid_input) where a value that looks like a list or map is not one.
Result<EnvironmentChanges> environment_changes(const std::map<std::string, std::string>& variables,
                                               const Json& schema, const Assets& assets);

}  // namespace dpctl
