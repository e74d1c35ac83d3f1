// SPDX-License-Identifier: Apache-2.0
// A rendered component as steps of a plan: crds, objects → chart → ready → resources, each only
// where there is something.
#pragma once

#include <string>
#include <vector>

#include "plan/step.hpp"
#include "platform/render.hpp"
#include "platform/session.hpp"

namespace dpctl {

/// The namespaces of all components: made before anything goes into one, removed when nothing is
/// left in any.
Step namespaces_step(Session& session, const std::vector<Rendered>& rendered);

/// The steps of all components; each needs `base` (a step's id) and the last steps of its
/// providers. `session` must outlive them; what they need of `rendered` they keep.
std::vector<Step> component_steps(Session& session, const std::vector<Rendered>& rendered,
                                  const std::string& base);

// One function per step, each in the file of its topic. The returned step has no needs yet.
Step crds_step(Session& session, const Rendered& rendered);
Step objects_step(Session& session, const Rendered& rendered);
Step chart_step(Session& session, const Rendered& rendered);
Step ready_step(Session& session, const Rendered& rendered);
Step resources_step(Session& session, const Rendered& rendered);

}  // namespace dpctl
