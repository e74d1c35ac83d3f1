// SPDX-License-Identifier: Apache-2.0
// JSON Schema: the part of draft 7 that our schemas and eksctl's use. A keyword that is not known
// here and could change what is valid is an error when the schema is read, so nothing passes
// unchecked.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "util/json.hpp"
#include "util/result.hpp"
#include "util/yaml.hpp"

namespace dpctl {

/// Something in a document that its schema does not allow.
struct SchemaFinding {
  std::string pointer;  // JSON pointer of the value; of the key itself where a key is unknown
  std::string message;  // "cluster.workers must be an integer, not the string \"three\""
  std::string hint;     // the schema's description of the value; may be empty
  bool other_kind =
      false;  // it is the value's type, or its being none of those listed, that does not fit
};

/// What a $ref ("#/definitions/name") of the schema `root` names; nullptr where it is not there.
const Json* resolve_reference(const Json& root, std::string_view reference);

class Schema {
 public:
  /// Takes a schema after checking it: unknown keywords, dangling $ref and broken patterns are an
  /// Error (invalid_input) that names `name` and the place in the schema. $ref may point inside the
  /// same schema only.
  static Result<Schema> compile(Json schema, std::string_view name);

  /// All findings; empty where the value is valid. `at` is the pointer of the value in its
  /// document. Thread-safe.
  std::vector<SchemaFinding> check(const Json& value, std::string_view at = "") const;

  struct Compiled;

 private:
  explicit Schema(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

/// The findings (at least one) as one Error (invalid_input) with the places of `document`: the
/// first is its message, the others follow in lines of their own.
Error schema_error(const std::vector<SchemaFinding>& findings, const YamlDocument& document);

/// Checks a whole document.
Result<> check_document(const Schema& schema, const YamlDocument& document);

}  // namespace dpctl
