// SPDX-License-Identifier: Apache-2.0
// A manifest made ready for the server, as apply and drift both need it.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kube/client.hpp"
#include "kube/managed_fields.hpp"
#include "kube/object.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// An object with its namespace, as it is sent.
struct Desired {
  ObjectRef ref;
  Json object;
};

/// Puts the object into its namespace (see KubeClient::locate) and takes out what is the server's
/// (for_apply).
Result<Desired> desired_object(KubeClient& client, const Json& object,
                               const std::string& default_ns, const Call& call);

/// Marks it as adopted where it lives already and dpctl never applied to it, or where it is so
/// marked.
void keep_adoption(Json& desired, const Json* live);

/// Whether an answer is a 409 over fields of other managers; gives them, all of them, or none.
std::vector<FieldConflict> conflicts_of(const HttpResponse& response);

/// "spec.replicas: 3 here, 5 in the cluster, set by kubectl-edit".
std::string conflict_text(const FieldConflict& conflict, const Json& desired,
                          const std::optional<Json>& live);

using LiveObjects = std::map<ObjectRef, Json>;

/// dpctl's own objects of the kinds that are wanted often. Only a shortcut: what is not in it is
/// fetched by itself.
LiveObjects list_often_wanted(KubeClient& client, const std::vector<Json>& objects,
                              std::size_t connections, const Call& call);

}  // namespace dpctl
