// SPDX-License-Identifier: Apache-2.0
// The end of clean: dpctl's own things in a cluster that stays, and the search for what was left
// behind.
#pragma once

#include <string>
#include <vector>

#include "plan/step.hpp"
#include "platform/render.hpp"
#include "platform/session.hpp"
#include "util/result.hpp"

namespace dpctl {

/// On the way up, last of all: removes what an earlier profile made and this one no longer names
/// (objects, releases, all of a component that is not wanted any more).
Step prune_step(Session& session, const std::vector<Rendered>& rendered);

/// On the way down, after all components: what the inventory knows and no step did, then the
/// inventory itself.
Step rest_step(Session& session);

/// Gives the lock back and removes the namespace dpctl-system, unless another profile's inventory
/// or a cluster's mark is in it.
Result<> remove_system_namespace(Session& session, StepContext& context);

/// All objects in the cluster that still carry the profile's labels: "Deployment a/b". Empty is
/// what clean must end with.
Result<std::vector<std::string>> leftovers(Session& session, const Call& call);

}  // namespace dpctl
