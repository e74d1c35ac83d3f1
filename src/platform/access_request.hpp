// SPDX-License-Identifier: Apache-2.0
// What `dpctl access grant` is asked for, checked before anything is touched. Pure.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "profile/profile.hpp"
#include "util/result.hpp"

namespace dpctl {

/// How a user proves to the cluster who it is.
enum class AccessWay {
  certificate,  // signed by the cluster for the role's group; cannot be revoked before its end
  token,        // of a service account of its own; dies with it
};

/// "csr", "token": as --via takes them.
std::string_view to_string(AccessWay way);

/// The way that --via names; empty: the token where the provider signs no certificates for users
/// (EKS), else the certificate. Fails (usage) with a suggestion.
Result<AccessWay> access_way(std::string_view via, Provider provider);

/// "24h", "90m", "7d", "3600s", "1h30m". Fails (usage) where it is none, or not between ten
/// minutes, which is the least that Kubernetes gives, and a year.
Result<std::chrono::seconds> access_duration(std::string_view text);

/// Fails (usage) where no certificate or service account can bear the name; (refused) where it is
/// one of Kubernetes' own.
Result<> check_access_user(std::string_view user, AccessWay way);

struct AccessRequest {
  std::string user;
  AccessWay way = AccessWay::certificate;
  std::chrono::seconds duration{0};
};

}  // namespace dpctl
