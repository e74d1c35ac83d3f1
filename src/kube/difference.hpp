// SPDX-License-Identifier: Apache-2.0
// The difference of two objects in words: "spec.replicas 1 → 3". Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "util/json.hpp"

namespace dpctl {

/// The fields in which `wanted` is not `live`, at most `limit` and then "and 7 more". What the
/// server writes by itself (managedFields, resourceVersion, generation, status…) does not count; a
/// Secret's values read "(secret)".
std::vector<std::string> differences(const Json& live, const Json& wanted, std::size_t limit = 10);

/// A value for one line: strings bare, composites as short JSON, nothing as "(none)".
std::string value_text(const Json* value);

}  // namespace dpctl
