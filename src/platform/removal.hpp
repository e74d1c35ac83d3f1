// SPDX-License-Identifier: Apache-2.0
// Taking things away: what dpctl made, never what was there before it, and with a wait until it is
// gone.
#pragma once

#include <string>
#include <vector>

#include "kube/object.hpp"
#include "plan/step.hpp"
#include "platform/session.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Removes the objects that exist and that dpctl made (adopted ones stay), backwards in the order
/// of applying, and waits until they are gone. With --keep-data volumes and what holds them stay.
/// Returns whether there was anything to remove; fails (timed_out) naming what holds an object up.
Result<bool> remove_objects(Session& session, std::vector<ObjectRef> refs, StepContext& context);

/// Removes every object of the kinds that the component's CRDs define, whoever made it: their
/// operator goes next, and nobody would honour their finalizers then.
Result<bool> remove_instances(Session& session, const std::string& component, StepContext& context);

/// The CRDs in the cluster that dpctl applied for the component.
Result<std::vector<Json>> live_crds(Session& session, const std::string& component, Detail detail,
                                    const Call& call);

}  // namespace dpctl
