// SPDX-License-Identifier: Apache-2.0
#include "platform/access_record.hpp"

#include <string>

#include "platform/access_objects.hpp"

namespace dpctl {

Result<> record_access(const AccessScope& scope, const std::vector<Json>& objects,
                       const Call& call) {
  std::vector<ObjectRef> refs;
  for (const auto& object : objects) {
    refs.push_back(TRY(ref_of(object)));
  }
  return scope.inventory->record(std::string(access_inventory), refs, call);
}

Result<> forget_access(const AccessScope& scope, const std::vector<ObjectRef>& refs,
                       const Call& call) {
  const std::string owner(access_inventory);
  auto known = scope.inventory->of(owner);
  for (const auto& ref : refs) {
    known.erase(ref);
  }
  return scope.inventory->replace(owner, {known.begin(), known.end()}, call);
}

Result<> remove_access(const AccessScope& scope, const std::vector<ObjectRef>& refs,
                       const Call& call) {
  if (refs.empty()) {
    return {};
  }
  for (const auto& ref : refs) {
    TRY(scope.client->remove(ref, {}, call));
  }
  return forget_access(scope, refs, call);
}

Result<std::vector<ObjectRef>> bindings_of_user(const AccessScope& scope, std::string_view user,
                                                const Call& call) {
  const ListQuery query{.api_version = "rbac.authorization.k8s.io/v1",
                        .kind = "RoleBinding",
                        .labels = label_selector(scope.profile, access_component) + "," +
                                  std::string(access_user_label) + "=" + std::string(user),
                        .detail = Detail::metadata_only};
  std::vector<ObjectRef> refs;
  for (const auto& binding : TRY(scope.client->list(query, call))) {
    refs.push_back(TRY(ref_of(binding)));
  }
  return refs;
}

}  // namespace dpctl
