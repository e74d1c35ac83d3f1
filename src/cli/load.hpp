// SPDX-License-Identifier: Apache-2.0
// From the options of a verb to the profile, session and platform that it works on.
#pragma once

#include <memory>

#include "cli/context.hpp"
#include "platform/platform.hpp"
#include "profile/assets.hpp"
#include "profile/profile.hpp"
#include "util/result.hpp"

namespace dpctl {

/// The built-in assets, below the dpctl.d folder beside the profile's file and the folder of
/// --assets.
Result<Assets> assets_of(const ProfileOptions& options);

/// The profile with all overrides; warnings go to stderr.
Result<Profile> profile_of(const ProfileOptions& options);

/// The platform that the options mean. Starts no program.
Result<std::unique_ptr<Platform>> platform_of(CliContext& context, const ProfileOptions& options,
                                              const Consent& consent = {});

}  // namespace dpctl
