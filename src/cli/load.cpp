// SPDX-License-Identifier: Apache-2.0
#include "cli/load.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <utility>

namespace dpctl {

namespace {

ProfileRequest request_of(const ProfileOptions& options) {
  return {.profile = options.profile,
          .files = {options.files.begin(), options.files.end()},
          .set = options.set,
          .set_string = options.set_string,
          .with = options.with,
          .without = options.without,
          .environment = process_environment()};
}

}  // namespace

Result<Assets> assets_of(const ProfileOptions& options) {
  return assets_for(request_of(options), options.assets);
}

Result<Profile> profile_of(const ProfileOptions& options) {
  auto profile = TRY(load_profile(TRY(assets_of(options)), request_of(options)));
  for (const auto& warning : profile.warnings) {
    fmt::print(stderr, "dpctl: warning: {}\n", warning);
  }
  return profile;
}

Result<std::unique_ptr<Platform>> platform_of(CliContext& context, const ProfileOptions& options,
                                              const Consent& consent) {
  auto profile = TRY(profile_of(options));
  auto session = TRY(Session::create(std::move(profile), TRY(assets_of(options)),
                                     context.processes().exec(), consent));
  return Platform::create(std::move(session));
}

}  // namespace dpctl
