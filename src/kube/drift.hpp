// SPDX-License-Identifier: Apache-2.0
// What lives in the cluster against what is wanted, without a change.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "kube/client.hpp"
#include "kube/object.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

enum class DriftKind {
  unchanged,
  absent,
  differs,
  conflict,  // differs, and the field belongs to another manager: setup would refuse without
             // --take-over
  unknown,   // its kind is not served yet
};

struct Drift {
  ObjectRef ref;
  DriftKind kind = DriftKind::unchanged;
  std::vector<std::string>
      reasons;  // "spec.replicas 1 → 3", at most ten; "until CRD sparkapplications… is there"
};

/// Who applies the objects that are compared.
enum class AppliedBy {
  dpctl,
  helm,  // as part of a release: dpctl's own mark of adoption is not looked for
};

struct DriftOptions {
  AppliedBy applied_by = AppliedBy::dpctl;
  std::string default_namespace = {};  // for objects of namespaced kinds that name none
  Call call = {};
  std::size_t connections = 8;  // objects at a time
};

/// One object: a look at it, and a dry run of the apply only where that look does not settle it.
Result<Drift> diff_object(KubeClient& client, const Json& object, const DriftOptions& options);

/// All of them, in the order of `objects`; kinds with many objects are listed instead of fetched
/// one by one.
Result<std::vector<Drift>> diff_objects(KubeClient& client, const std::vector<Json>& objects,
                                        const DriftOptions& options);

}  // namespace dpctl
