// SPDX-License-Identifier: Apache-2.0
// The way by token: a service account with bindings of its own, which revoke removes.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "kube/apply.hpp"
#include "platform/access.hpp"
#include "platform/access_objects.hpp"
#include "platform/access_record.hpp"

namespace dpctl {

namespace {

// "default" is there in every namespace, and others may have made some: none of these becomes a
// user.
Result<> check_account_is_free(const AccessScope& scope, const ObjectRef& account,
                               const Call& call) {
  const auto live = TRY(scope.client->get(account, call));
  if (live && object_at(*live, "metadata.labels").value(managed_by_label, "") != "dpctl") {
    return fail(ExitCode::refused, to_string(account) + " is there and not dpctl's",
                "choose another name for the user");
  }
  return {};
}

// The service account had another role before, or the platform had other namespaces.
Result<> remove_other_bindings(const AccessScope& scope, const std::string& user,
                               const std::vector<Json>& wanted, const Call& call) {
  auto bindings = TRY(bindings_of_user(scope, user, call));
  for (const auto& object : wanted) {
    std::erase(bindings, TRY(ref_of(object)));
  }
  return remove_access(scope, bindings, call);
}

// The tokens that were requested before live on, so the annotation keeps the latest end.
Result<> note_end(KubeClient& client, const ObjectRef& account, const std::string& until,
                  const Call& call) {
  const auto live = TRY(client.get(account, call)).value_or(Json::object());
  const auto before = object_at(live, "metadata.annotations").value(access_until_annotation, "");
  const Json annotations = {{access_until_annotation, std::max(before, until)}};
  TRY(client.merge_patch(account, {{"metadata", {{"annotations", annotations}}}}, call));
  return {};
}

}  // namespace

Result<AccessCredentials> grant_token(const AccessScope& scope, const AccessRequest& request,
                                      const AccessRole& role, const Call& call) {
  const auto account = access_account(scope.profile, request, role);
  const auto ref = TRY(ref_of(account));
  const auto bindings = access_bindings(scope.profile, request, role);
  TRY(check_account_is_free(scope, ref, call));

  std::vector<Json> objects = {access_namespace_object(scope.profile), account};
  objects.insert(objects.end(), bindings.begin(), bindings.end());
  TRY(record_access(scope, objects, call));
  TRY(remove_other_bindings(scope, request.user, bindings, call));
  TRY(apply_objects(*scope.client, objects, {.call = call}));

  const auto answer =
      TRY(scope.client->create_subresource(ref, "token", token_request(request.duration), call));
  AccessCredentials credentials{.user = {{"token", string_at(answer, "status.token")}},
                                .until = string_at(answer, "status.expirationTimestamp")};
  TRY(note_end(*scope.client, ref, credentials.until, call));
  return credentials;
}

}  // namespace dpctl
