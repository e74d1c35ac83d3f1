// SPDX-License-Identifier: Apache-2.0
// What a schema cannot say about a profile: names that must exist, lengths that follow from others,
// what a provider needs.
#pragma once

#include "profile/assets.hpp"
#include "profile/profile.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Checks a decoded profile. Errors (invalid_input) carry the place of the value.
Result<> check_profile_rules(const Profile& profile, const Assets& assets);

/// The longest name that a cluster of this kind can have.
std::size_t longest_cluster_name(const ClusterSpec& cluster);

}  // namespace dpctl
