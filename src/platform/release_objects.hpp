// SPDX-License-Identifier: Apache-2.0
// What a helm release put into the cluster, read from its Secret without starting helm.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kube/release.hpp"
#include "platform/component.hpp"
#include "platform/session.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Namespace and name of a component's release.
ReleaseKey release_key(const Component& component);

/// The release as it stands now; nothing where helm knows none.
Result<std::optional<Release>> find_release(Session& session, const ReleaseKey& key,
                                            const Call& call);

/// The objects of that revision's manifest, each with its namespace.
Result<std::vector<Json>> objects_of_release(Session& session, const ReleaseRevision& revision,
                                             const Call& call);

}  // namespace dpctl
