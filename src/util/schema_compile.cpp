// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "util/schema.hpp"
#include "util/schema_compiled.hpp"

namespace dpctl {
namespace {

using Text = std::string_view;

constexpr std::array<Text, 14> annotations = {
    "$schema", "$id",      "$comment",  "title",      "description",    "default",     "examples",
    "format",  "readOnly", "writeOnly", "deprecated", "preferredOrder", "definitions", "$defs"};
constexpr std::array<Text, 7> type_words = {"object", "array",   "string", "integer",
                                            "number", "boolean", "null"};

bool is_type_word(const Json& word) {
  return word.is_string() && std::find(type_words.begin(), type_words.end(),
                                       word.get_ref<const std::string&>()) != type_words.end();
}

bool is_type(const Json& value) {
  return is_type_word(value) || (value.is_array() && !value.empty() &&
                                 std::all_of(value.begin(), value.end(), is_type_word));
}

bool is_list_of_strings(const Json& value) {
  return value.is_array() &&
         std::all_of(value.begin(), value.end(), [](const Json& one) { return one.is_string(); });
}

bool is_count(const Json& value) { return value.is_number_integer() && value >= 0; }
bool is_any_number(const Json& value) { return value.is_number(); }
bool is_flag(const Json& value) { return value.is_boolean(); }
bool is_list(const Json& value) { return value.is_array(); }
bool is_anything(const Json& /*value*/) { return true; }
bool is_text(const Json& value) { return value.is_string(); }

struct Keyword {
  Text name;
  bool (*is_well_formed)(const Json&);
};

constexpr std::array<Keyword, 18> plain_keywords = {{{"type", is_type},
                                                     {"enum", is_list},
                                                     {"const", is_anything},
                                                     {"required", is_list_of_strings},
                                                     {"minLength", is_count},
                                                     {"maxLength", is_count},
                                                     {"minItems", is_count},
                                                     {"maxItems", is_count},
                                                     {"uniqueItems", is_flag},
                                                     {"minProperties", is_count},
                                                     {"maxProperties", is_count},
                                                     {"minimum", is_any_number},
                                                     {"maximum", is_any_number},
                                                     {"exclusiveMinimum", is_any_number},
                                                     {"exclusiveMaximum", is_any_number},
                                                     {"multipleOf", is_any_number},
                                                     {"pattern", is_text},
                                                     {"$ref", is_text}}};

constexpr std::array<Text, 7> one_schema = {
    "additionalProperties", "propertyNames", "items", "not", "if", "then", "else"};
constexpr std::array<Text, 2> schemas_by_name = {"properties", "patternProperties"};
constexpr std::array<Text, 3> schema_lists = {"oneOf", "anyOf", "allOf"};

template <std::size_t n>
bool contains(const std::array<Text, n>& words, Text word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Walks a schema once and notes the first thing that is wrong with it.
class Inspector {
 public:
  explicit Inspector(Schema::Compiled& compiled) : compiled_(compiled) {}
  const std::string& fault() const { return fault_; }

  void schema(const Json& value, const std::string& at) {
    if (value.is_boolean() || !fault_.empty()) {
      return;
    }
    if (!value.is_object()) {
      return note(at, "a schema must be a map, true or false");
    }
    for (const auto& [keyword, argument] : value.items()) {
      this->keyword(keyword, argument, pointer_to(at, keyword));
    }
    // What nothing points at is checked as well: it may be pointed at tomorrow.
    for (const char* definitions : {"definitions", "$defs"}) {
      if (value.contains(definitions)) {
        by_name(value[definitions], pointer_to(at, definitions));
      }
    }
  }

 private:
  void note(const std::string& at, const std::string& what) {
    if (fault_.empty()) {
      fault_ = at.empty() ? what : at + ": " + what;
    }
  }

  void keyword(const std::string& name, const Json& argument, const std::string& at) {
    if (contains(one_schema, name)) {
      return schema(argument, at);
    }
    if (contains(schemas_by_name, name)) {
      return by_name(argument, at);
    }
    if (contains(schema_lists, name)) {
      return list(argument, at);
    }
    const auto* plain = std::find_if(plain_keywords.begin(), plain_keywords.end(),
                                     [&](const Keyword& one) { return one.name == name; });
    if (plain != plain_keywords.end()) {
      return plain->is_well_formed(argument) ? value_of(name, argument, at)
                                             : note(at, "has a value of the wrong type");
    }
    if (!contains(annotations, name) && !name.starts_with("x-")) {
      note(at, fmt::format("the keyword '{}' is not supported", name));
    }
  }

  void value_of(const std::string& name, const Json& argument, const std::string& at) {
    if (name == "pattern") {
      pattern(argument.get_ref<const std::string&>(), at);
    } else if (name == "$ref" &&
               compiled_.resolve(argument.get_ref<const std::string&>()) == nullptr) {
      note(at, fmt::format("{} is not in the schema", argument.dump()));
    } else if (name == "$ref" && leads_to_itself(argument.get_ref<const std::string&>())) {
      note(at, fmt::format("{} leads to itself", argument.dump()));
    } else if (name == "multipleOf" && argument.get<double>() <= 0) {
      note(at, "must be more than 0");
    }
  }

  bool leads_to_itself(const std::string& reference) const {
    const Json* schema = compiled_.resolve(reference);
    for (int steps = 0; steps < 100; ++steps) {
      if (schema == nullptr || !schema->is_object() || !schema->contains("$ref") ||
          !(*schema)["$ref"].is_string()) {
        return false;
      }
      schema = compiled_.resolve((*schema)["$ref"].get_ref<const std::string&>());
    }
    return true;
  }

  void by_name(const Json& schemas, const std::string& at) {
    if (!schemas.is_object()) {
      return note(at, "must be a map of schemas");
    }
    for (const auto& [name, one] : schemas.items()) {
      if (at.ends_with("/patternProperties")) {
        pattern(name, at);
      }
      schema(one, pointer_to(at, name));
    }
  }

  void list(const Json& schemas, const std::string& at) {
    if (!schemas.is_array() || schemas.empty()) {
      return note(at, "must be a list of schemas");
    }
    for (std::size_t i = 0; i < schemas.size(); ++i) {
      schema(schemas[i], pointer_to(at, std::to_string(i)));
    }
  }

  void pattern(const std::string& text, const std::string& at) {
    try {
      compiled_.patterns.try_emplace(text, text, std::regex::ECMAScript | std::regex::optimize);
    } catch (const std::regex_error& error) {
      note(at, fmt::format("'{}' is not a regular expression: {}", text, error.what()));
    }
  }

  Schema::Compiled& compiled_;
  std::string fault_;
};

}  // namespace

Result<Schema> Schema::compile(Json schema, std::string_view name) {
  auto compiled = std::make_shared<Compiled>();
  compiled->root = std::move(schema);
  Inspector inspector(*compiled);
  inspector.schema(compiled->root, "");
  if (!inspector.fault().empty()) {
    return fail(ExitCode::invalid_input,
                fmt::format("the schema {} cannot be used: {}", name, inspector.fault()));
  }
  return Schema(std::move(compiled));
}

}  // namespace dpctl
