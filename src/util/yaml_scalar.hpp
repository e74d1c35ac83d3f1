// SPDX-License-Identifier: Apache-2.0
// What a plain (unquoted) YAML scalar means, and whether all readers of YAML agree on it.
#pragma once

#include <string>
#include <string_view>

#include "util/json.hpp"

namespace dpctl {

/// Why YAML 1.1 and YAML 1.2 readers take this plain scalar for different things ("a boolean to
/// YAML 1.1, a string to YAML 1.2"), or "" where they agree.
std::string yaml_disagreement(std::string_view plain);

/// What a plain scalar is by the YAML 1.2 core schema. Discarded (Json::is_discarded) where JSON
/// cannot hold it: infinity, not-a-number, and numbers out of range.
Json core_schema_value(std::string_view plain);

/// A scalar that was read, or what is wrong with it.
struct ScalarReading {
  Json value;
  std::string fault;  // empty where the value is good
  std::string hint;
};

/// How to take what YAML 1.1 and 1.2 read differently.
enum class YamlDialect {
  strict,      // refuse it
  kubernetes,  // as go-yaml 2 does, which kubectl and helm read with
};

/// Reads a scalar with the tag that yaml-cpp reports: "?" for a plain one, "!" for a quoted one,
/// else an explicit tag.
ScalarReading read_scalar(std::string_view tag, std::string_view text, YamlDialect dialect);

/// `text` cut to what fits into a message.
std::string shortened_scalar(std::string_view text);

}  // namespace dpctl
