// SPDX-License-Identifier: Apache-2.0
#include "platform/access.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "platform/access_objects.hpp"
#include "platform/access_record.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

ListQuery grants_query(const AccessScope& scope, std::string kind, AccessWay way) {
  return {.api_version = "v1",
          .kind = std::move(kind),
          .ns = access_namespace(scope.profile),
          .labels = label_selector(scope.profile, access_component) + "," +
                    std::string(access_way_label) + "=" + std::string(to_string(way))};
}

AccessGrant token_grant(const Json& account) {
  return {.user = string_at(account, "metadata.name"),
          .role = object_at(account, "metadata.labels").value(access_role_label, ""),
          .way = AccessWay::token,
          .until = object_at(account, "metadata.annotations").value(access_until_annotation, "")};
}

AccessGrant certificate_grant(const Json& record) {
  return {.user = string_at(record, "data.user"),
          .role = string_at(record, "data.role"),
          .way = AccessWay::certificate,
          .until = string_at(record, "data.until")};
}

// Both in UTC and of one form, so the later one is the greater text.
bool is_over(const AccessGrant& grant, std::string_view now) { return grant.until <= now; }

Result<> remove_token_grants(const AccessScope& scope, const std::string& user, const Call& call) {
  // The service account first: its tokens die with it, whatever becomes of the rest.
  std::vector<ObjectRef> refs = {{.api_version = "v1",
                                  .kind = "ServiceAccount",
                                  .ns = access_namespace(scope.profile),
                                  .name = user}};
  for (auto& binding : TRY(bindings_of_user(scope, user, call))) {
    refs.push_back(std::move(binding));
  }
  return remove_access(scope, refs, call);
}

Result<> remove_old_records(const AccessScope& scope, std::string_view now, const Call& call) {
  std::vector<ObjectRef> over;
  for (const auto& record :
       TRY(scope.client->list(grants_query(scope, "ConfigMap", AccessWay::certificate), call))) {
    if (is_over(certificate_grant(record), now)) {
      over.push_back(TRY(ref_of(record)));
    }
  }
  return remove_access(scope, over, call);
}

tl::unexpected<Error> no_such_grant(std::string_view user, const std::vector<AccessGrant>& grants) {
  std::vector<std::string> users;
  for (const auto& grant : grants) {
    users.push_back(grant.user);
  }
  return fail(ExitCode::usage, fmt::format("'{}' has no access{}", user, did_you_mean(user, users)),
              "dpctl access list shows who has");
}

}  // namespace

Result<> check_access_is_set_up(const AccessScope& scope, const AccessRole& role,
                                const Call& call) {
  const ObjectRef ref{.api_version = "rbac.authorization.k8s.io/v1",
                      .kind = "ClusterRole",
                      .ns = {},
                      .name = role.cluster_role};
  if (!TRY(scope.client->get(ref, call))) {
    return fail(ExitCode::unfit,
                "the cluster has no " + to_string(ref) + ": component access is not set up",
                "dpctl setup --profile " + scope.profile);
  }
  return {};
}

Result<std::vector<AccessGrant>> list_access(const AccessScope& scope, std::string_view now,
                                             const Call& call) {
  std::vector<AccessGrant> grants;
  for (const auto& account :
       TRY(scope.client->list(grants_query(scope, "ServiceAccount", AccessWay::token), call))) {
    grants.push_back(token_grant(account));
  }
  for (const auto& record :
       TRY(scope.client->list(grants_query(scope, "ConfigMap", AccessWay::certificate), call))) {
    auto grant = certificate_grant(record);
    if (!is_over(grant, now)) {
      grants.push_back(std::move(grant));
    }
  }
  std::ranges::sort(grants, {},
                    [](const AccessGrant& grant) { return std::tie(grant.user, grant.until); });
  return grants;
}

Result<RevokedAccess> revoke_access(const AccessScope& scope, std::string_view user,
                                    std::string_view now, const Call& call) {
  const auto grants = TRY(list_access(scope, now, call));
  RevokedAccess revoked;
  for (const auto& grant : grants) {
    if (grant.user == user && grant.way == AccessWay::token) {
      revoked.token = true;
    } else if (grant.user == user) {
      revoked.certificates.push_back(grant);
    }
  }
  if (!revoked.token && revoked.certificates.empty()) {
    return no_such_grant(user, grants);
  }
  if (revoked.token) {
    TRY(remove_token_grants(scope, std::string(user), call));
  }
  TRY(remove_old_records(scope, now, call));
  return revoked;
}

}  // namespace dpctl
