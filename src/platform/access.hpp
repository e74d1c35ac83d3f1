// SPDX-License-Identifier: Apache-2.0
// Granting, listing and revoking access to a platform.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kube/client.hpp"
#include "kube/inventory.hpp"
#include "platform/access_request.hpp"
#include "platform/access_roles.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Under which name the inventory keeps what grants made. Not a component: grants are no part of a
/// profile, so a setup must leave them, and a clean take them away.
inline constexpr std::string_view access_inventory = "access.grants";

/// Where accesses are granted; both pointers outlive every call.
struct AccessScope {
  KubeClient* client = nullptr;
  Inventory* inventory = nullptr;
  std::string profile;
};

/// What a kubeconfig needs to be the user. Goes nowhere but into that.
struct AccessCredentials {
  Json user;          // the `user` of a kubeconfig's entry: a token, or a certificate with its key
  std::string until;  // RFC 3339
};

/// One access that was granted.
struct AccessGrant {
  std::string user;
  std::string role;
  AccessWay way = AccessWay::certificate;
  std::string until;  // RFC 3339, UTC
};

struct RevokedAccess {
  bool token = false;                     // a service account was removed, its tokens died with it
  std::vector<AccessGrant> certificates;  // still good: nothing can revoke them
};

/// Fails (unfit) where the cluster has not got the role: setup was not run, or without component
/// access.
Result<> check_access_is_set_up(const AccessScope& scope, const AccessRole& role, const Call& call);

/// Has the cluster sign a certificate for the user in the role's group. Leaves a record of it, for
/// list and revoke.
Result<AccessCredentials> grant_certificate(const AccessScope& scope, const AccessRequest& request,
                                            const AccessRole& role, const Call& call);

/// Makes the user's service account, gives it this role and no other, and requests a token.
Result<AccessCredentials> grant_token(const AccessScope& scope, const AccessRequest& request,
                                      const AccessRole& role, const Call& call);

/// All grants of the profile, by user; those whose time ran out by `now` (RFC 3339, UTC) only where
/// they are tokens, since a service account stays.
Result<std::vector<AccessGrant>> list_access(const AccessScope& scope, std::string_view now,
                                             const Call& call);

/// Removes the user's service account and bindings, and records of certificates that ran out by
/// `now`. Fails (usage) with a suggestion where the user has no grant.
Result<RevokedAccess> revoke_access(const AccessScope& scope, std::string_view user,
                                    std::string_view now, const Call& call);

}  // namespace dpctl
