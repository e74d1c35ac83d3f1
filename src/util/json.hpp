// SPDX-License-Identifier: Apache-2.0
// JSON as dpctl uses it: objects with sorted keys (as `kubectl get -o json` prints them), parsing
// without exceptions, and reads that say "nothing there" instead of throwing.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "util/result.hpp"

namespace dpctl {

using Json = nlohmann::json;

/// Parses `text`; on failure an Error (invalid_input) that names `source` and the byte offset's
/// line.
Result<Json> parse_json(std::string_view text, std::string_view source);

/// The value at a dotted path ("metadata.labels"), or nullptr. Keys that hold dots need
/// find_pointer.
const Json* find_path(const Json& value, std::string_view dotted_path);

/// The string at a dotted path, or `otherwise` where there is none.
std::string string_at(const Json& value, std::string_view dotted_path,
                      std::string_view otherwise = "");

/// The integer at a dotted path, or `otherwise` where there is none.
long long int_at(const Json& value, std::string_view dotted_path, long long otherwise = 0);

/// The boolean at a dotted path, or `otherwise` where there is none.
bool bool_at(const Json& value, std::string_view dotted_path, bool otherwise = false);

/// The array at a dotted path, or an empty one.
const Json& array_at(const Json& value, std::string_view dotted_path);

/// The object at a dotted path, or an empty one.
const Json& object_at(const Json& value, std::string_view dotted_path);

/// Merges `over` into `base`: objects key by key, everything else replaced; null in `over` removes
/// the key (as helm does).
void merge_into(Json& base, const Json& over);

/// Compact text; invalid UTF-8 is replaced instead of thrown over.
std::string dump(const Json& value, int indent = -1);

}  // namespace dpctl
