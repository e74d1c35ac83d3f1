// SPDX-License-Identifier: Apache-2.0
// The objects that stand for an access in the cluster. Pure.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "platform/access_request.hpp"
#include "platform/access_roles.hpp"
#include "util/json.hpp"

namespace dpctl {

inline constexpr std::string_view access_way_label = "dpctl.dev/access";  // "csr" or "token"
inline constexpr std::string_view access_user_label =
    "dpctl.dev/access-user";  // of a token's objects
inline constexpr std::string_view access_role_label = "dpctl.dev/access-role";
/// On a service account: when its last token ends.
inline constexpr std::string_view access_until_annotation = "dpctl.dev/access-until";

/// "dpctl-access-PROFILE": one for each profile, so that two in a cluster neither share nor remove
/// each other's users.
std::string access_namespace(std::string_view profile);

Json access_namespace_object(std::string_view profile);

/// The user's service account; its tokens are requested, never mounted.
Json access_account(std::string_view profile, const AccessRequest& request, const AccessRole& role);

/// Gives the service account the role in each of the role's namespaces. Named by role and user: the
/// role of a binding cannot be changed, so another role has other bindings.
std::vector<Json> access_bindings(std::string_view profile, const AccessRequest& request,
                                  const AccessRole& role);

/// What the TokenRequest API takes.
Json token_request(std::chrono::seconds duration);

/// The name of a signing request and of its record: a digest of the request, which is another one
/// at each call.
std::string signing_request_name(std::string_view certificate_request);

/// `certificate_request` is PEM.
Json signing_request(std::string_view profile, std::string_view certificate_request,
                     std::chrono::seconds duration);

/// The signing request as the approval subresource takes it.
Json approved_request(Json signing_request);

/// What is known of a certificate that was handed out: whose, which role, until when. Holds nothing
/// secret.
Json certificate_record(std::string_view profile, const std::string& name,
                        const AccessRequest& request, const AccessRole& role,
                        const std::string& until);

}  // namespace dpctl
