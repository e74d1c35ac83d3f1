// SPDX-License-Identifier: Apache-2.0
// Who owns which field of a live object, read from metadata.managedFields. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "util/json.hpp"

namespace dpctl {

/// Whether dpctl ever applied (server-side) to this object.
bool applied_by_dpctl(const Json& live);

/// Whether `live` is beyond doubt what an apply of `wanted` would leave: dpctl owns exactly the
/// fields that are wanted, and they have the wanted values. False means: ask the server.
bool is_settled(const Json& live, const Json& wanted);

/// Whether an apply between two looks at an object surely changed nothing, whatever controllers
/// wrote meanwhile: the server dates anew what a manager owns whenever its apply changes something.
/// Says so only of kinds that count generations.
bool is_same_application(const Json& before, const Json& after);

/// One field that an apply may not have, from the causes of a 409.
struct FieldConflict {
  std::string field;      // ".spec.replicas", `.spec.template.spec.containers[name="a"].image`
  std::string manager;    // "kubectl-edit"
  bool by_apply = false;  // the manager applied it (as opposed to: updated)
};

/// The conflicts named by the causes of a Status.
std::vector<FieldConflict> field_conflicts(const std::vector<Json>& causes);

/// Whether dpctl may take the field back unasked: it is dpctl's own, or a person's hand (kubectl
/// edit, patch, scale, set…) changed it on an object that dpctl made.
bool may_take_back(const FieldConflict& conflict, const Json& live);

/// The value at a field path as conflicts name it, or nullptr.
const Json* at_field(const Json& object, std::string_view field);

}  // namespace dpctl
