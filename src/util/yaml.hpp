// SPDX-License-Identifier: Apache-2.0
// YAML in and out. In: the 1.2 core schema, strict (design §3). Out: text that YAML 1.1 and 1.2
// readers read alike.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// One document of a file, with the place of each of its values.
struct YamlDocument {
  Json value;
  std::string file;
  std::map<std::string, SourcePos> positions;  // JSON pointer ("/spec/nodes/0") → where the value
                                               // (for a map entry: its key) stands

  /// Where the value at `pointer` stands; the nearest enclosing value that is known where it does
  /// not exist.
  SourcePos position(std::string_view pointer) const;
};

/// Limits that keep hostile input from eating the machine.
struct YamlLimits {
  std::size_t bytes = 32U << 20;
  std::size_t depth = 100;
  std::size_t nodes = 2'000'000;  // after aliases are expanded
};

/// All documents of `text`, empty ones dropped. `file` is the name used in errors. Errors
/// (invalid_input) carry file:line:column and a hint; see design §3 for what is refused (duplicate
/// keys, tabs, YAML 1.1 booleans…).
Result<std::vector<YamlDocument>> parse_yaml(std::string_view text, std::string_view file,
                                             const YamlLimits& limits = {});

/// The same for YAML that Kubernetes' tools wrote (charts, CRDs): what YAML 1.1 and 1.2 read
/// differently is read as kubectl and helm read it (go-yaml 2: yes, no, on and off are booleans,
/// 0644 is octal), not refused.
Result<std::vector<YamlDocument>> parse_kubernetes_yaml(std::string_view text,
                                                        std::string_view file);

/// Exactly one document, else an Error.
Result<YamlDocument> parse_yaml_document(std::string_view text, std::string_view file);

/// Block style, keys sorted; strings that YAML 1.1 or 1.2 could take for something else are quoted.
std::string emit_yaml(const Json& value);

/// Several documents, each begun by "---".
std::string emit_yaml_documents(const std::vector<Json>& documents);

}  // namespace dpctl
