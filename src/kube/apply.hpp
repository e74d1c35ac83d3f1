// SPDX-License-Identifier: Apache-2.0
// Server-side apply that never takes a field from somebody else unasked (design §5).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "kube/client.hpp"
#include "kube/object.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// What happens where a field that is wanted belongs to another manager.
enum class OnConflict {
  refuse,     // an Error (refused) that lists field, both values and manager
  take_over,  // it becomes dpctl's
};

struct ApplyOptions {
  OnConflict on_conflict = OnConflict::refuse;
  std::string default_namespace = {};  // for objects of namespaced kinds that name none
  Call call = {};
  std::size_t connections = 8;  // objects at a time
};

enum class Change { unchanged, configured, created };

struct Applied {
  ObjectRef ref;
  Change change = Change::unchanged;
  bool adopted =
      false;  // it was there before dpctl first applied to it: never to be deleted by dpctl
};

/// Applies one object; waits within the budget for a kind whose CRD just landed and for a webhook
/// that does not answer yet.
Result<Applied> apply_object(KubeClient& client, const Json& object, const ApplyOptions& options);

/// Applies all: by rank, those of one rank side by side; ends at the first failure. Answers in the
/// order of `objects`.
Result<std::vector<Applied>> apply_objects(KubeClient& client, const std::vector<Json>& objects,
                                           const ApplyOptions& options);

}  // namespace dpctl
