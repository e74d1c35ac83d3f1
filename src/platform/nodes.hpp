// SPDX-License-Identifier: Apache-2.0
// The nodes of a cluster: are they there and Ready, and which images do they hold.
#pragma once

#include <string>
#include <vector>

#include "plan/step.hpp"
#include "platform/session.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Waits until the cluster has `count` nodes and all are Ready.
Result<> wait_for_nodes(Session& session, std::size_t count, StepContext& context);

/// present where all nodes are Ready, else not_ready with the reasons.
Result<State> state_of_nodes(Session& session, StepContext& context);

/// Those of `images` that a node (a worker where there is one) does not report to hold. A node
/// reports at most 50 images (kubelet's nodeStatusMaxImages), so this may name one that is there.
Result<std::vector<std::string>> images_missing_on_nodes(Session& session,
                                                         const std::vector<std::string>& images,
                                                         const Call& call);

}  // namespace dpctl
