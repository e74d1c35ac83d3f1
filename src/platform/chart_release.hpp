// SPDX-License-Identifier: Apache-2.0
// Helm releases as the inventory records them, and their removal.
#pragma once

#include "kube/object.hpp"
#include "kube/release.hpp"
#include "plan/step.hpp"
#include "platform/session.hpp"
#include "util/result.hpp"

namespace dpctl {

/// A release as an entry of the inventory; no API server knows such an object.
ObjectRef release_ref(const ReleaseKey& key);
bool is_release(const ObjectRef& ref);

/// helm uninstall, waiting until its objects are gone. Returns whether there was such a release.
Result<bool> uninstall_release(Session& session, const ReleaseKey& key, StepContext& context);

}  // namespace dpctl
