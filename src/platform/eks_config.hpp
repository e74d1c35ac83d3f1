// SPDX-License-Identifier: Apache-2.0
// The ClusterConfig that eksctl makes a cluster from.
#pragma once

#include <string>

#include "platform/session.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// templates/eks/cluster.yaml evaluated for the profile, with the rest of cluster.eks merged over
/// it.
Result<Json> eks_config(const Profile& profile, const Assets& assets);

/// The same as YAML.
Result<std::string> eks_config_text(const Session& session);

}  // namespace dpctl
