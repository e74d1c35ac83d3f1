// SPDX-License-Identifier: Apache-2.0
// Walks a value along its schema and notes what does not fit; only the schema files include it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "util/json.hpp"
#include "util/schema.hpp"
#include "util/schema_compiled.hpp"

namespace dpctl::detail {

class Checker {
 public:
  explicit Checker(const Schema::Compiled& compiled) : compiled_(compiled) {}

  /// What `schema` has against `value`, which stands at the pointer `at`.
  std::vector<SchemaFinding> findings(const Json& schema, const Json& value, const std::string& at);

 private:
  /// The keywords for the least and the greatest size, and what is counted.
  struct SizeWords {
    const char* least;
    const char* most;
    const char* things;
  };

  void note(const std::string& at, std::string message, const Json& schema);
  void note_other_kind(const std::string& at, const std::string& wanted, const Json& value,
                       const Json& schema);
  void check(const Json& schema, const Json& value, const std::string& at);
  void check_keywords(const Json& schema, const Json& value, const std::string& at);
  bool check_type(const Json& schema, const Json& value, const std::string& at);
  void check_choice(const Json& schema, const Json& value, const std::string& at);
  void check_string(const Json& schema, const std::string& value, const std::string& at);
  void check_pattern(const std::string& pattern, const Json& schema, const std::string& value,
                     const std::string& at);
  void check_number(const Json& schema, const Json& value, const std::string& at);
  void check_list(const Json& schema, const Json& value, const std::string& at);
  void check_size(const Json& schema, std::size_t size, const std::string& at,
                  const SizeWords& words);
  void check_unique(const Json& schema, const Json& value, const std::string& at);
  void check_map(const Json& schema, const Json& value, const std::string& at);
  const Json& missing_hint(const Json& schema, const Json& key) const;
  void check_entry(const Json& schema, const std::string& key, const Json& entry,
                   const std::string& at);
  void unknown_key(const Json& properties, const std::string& key, const std::string& at);
  void check_combinations(const Json& schema, const Json& value, const std::string& at);
  /// True where the value itself, and not something in it, is what the findings are about.
  static bool is_other_kind(const std::vector<SchemaFinding>& findings, const std::string& at);
  void check_branches(const Json& schema, const Json& branches, const Json& value,
                      const std::string& at);

  const Schema::Compiled& compiled_;
  std::vector<SchemaFinding> found_;
  int depth_ = 0;
};

}  // namespace dpctl::detail
