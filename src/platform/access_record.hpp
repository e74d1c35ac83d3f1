// SPDX-License-Identifier: Apache-2.0
// What grants made, kept in the inventory so that clean finds it after a run that was killed too.
#pragma once

#include <vector>

#include "kube/object.hpp"
#include "platform/access.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Before the objects are made.
Result<> record_access(const AccessScope& scope, const std::vector<Json>& objects,
                       const Call& call);

/// After the objects are gone.
Result<> forget_access(const AccessScope& scope, const std::vector<ObjectRef>& refs,
                       const Call& call);

/// Removes objects that are there, and forgets them.
Result<> remove_access(const AccessScope& scope, const std::vector<ObjectRef>& refs,
                       const Call& call);

/// The role bindings of a user's service account, in all namespaces.
Result<std::vector<ObjectRef>> bindings_of_user(const AccessScope& scope, std::string_view user,
                                                const Call& call);

}  // namespace dpctl
