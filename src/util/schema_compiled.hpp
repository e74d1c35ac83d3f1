// SPDX-License-Identifier: Apache-2.0
// What the schema files share: a schema that was read, and how values and places are named in
// messages.
#pragma once

#include <map>
#include <regex>
#include <string>
#include <string_view>
#include <vector>

#include "util/json.hpp"
#include "util/schema.hpp"

namespace dpctl {

struct Schema::Compiled {
  Json root;
  std::map<std::string, std::regex, std::less<>> patterns;  // of `pattern` and `patternProperties`

  /// The schema that a $ref of this schema names; nullptr where it is not there.
  const Json* resolve(const std::string& reference) const {
    return resolve_reference(root, reference);
  }
};

/// The longest string that a pattern is tried on: std::regex recurses once per character, and the
/// stack has an end.
inline constexpr std::size_t longest_for_pattern = 2000;

/// "/cluster/nodes/0" as "cluster.nodes[0]"; `whole` for the document itself.
std::string dotted_name(std::string_view pointer, std::string_view whole = "the document");

/// "the string \"three\"", "the number 3", "a list", "null"…
std::string described(const Json& value);

/// "an integer", "a list"…, or several of them with "or", for the value of a `type` keyword.
std::string type_names(const Json& type);

/// True where `value` is of the type named, as draft 7 means it: 3.0 is an integer.
bool has_type(const Json& value, std::string_view type);

/// `pointer` with one more step.
std::string pointer_to(std::string_view pointer, std::string_view key);

}  // namespace dpctl
