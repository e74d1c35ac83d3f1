// SPDX-License-Identifier: Apache-2.0
#include "util/schema_checker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <regex>
#include <utility>

#include "util/text.hpp"

namespace dpctl::detail {
namespace {

// The nesting of schemas, not of values: a schema may call itself without an end.
constexpr int deepest = 400;

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string listed(const Json& values) {
  std::string out;
  for (std::size_t i = 0; i < values.size(); ++i) {
    out += (i == 0 ? "" : i + 1 == values.size() ? " or " : ", ") + dump(values[i]);
  }
  return out;
}

}  // namespace

std::vector<SchemaFinding> Checker::findings(const Json& schema, const Json& value,
                                             const std::string& at) {
  std::vector<SchemaFinding> found;
  std::swap(found, found_);
  check(schema, value, at);
  std::swap(found, found_);
  return found;
}

void Checker::note(const std::string& at, std::string message, const Json& schema) {
  found_.push_back({at, std::move(message), string_at(schema, "description")});
}

void Checker::note_other_kind(const std::string& at, const std::string& wanted, const Json& value,
                              const Json& schema) {
  note(at, fmt::format("{} must be {}, not {}", dotted_name(at), wanted, described(value)), schema);
  found_.back().other_kind = true;
}

void Checker::check(const Json& schema, const Json& value, const std::string& at) {
  if (schema.is_boolean()) {
    if (!schema.get<bool>()) {
      note(at, fmt::format("{} is not allowed", dotted_name(at)), schema);
    }
    return;
  }
  if (++depth_ > deepest) {
    note(at, fmt::format("{} is nested too deep to be checked", dotted_name(at)), schema);
  } else {
    check_keywords(schema, value, at);
  }
  --depth_;
}

void Checker::check_keywords(const Json& schema, const Json& value, const std::string& at) {
  if (const auto reference = schema.find("$ref"); reference != schema.end()) {
    check(*compiled_.resolve(reference->get_ref<const std::string&>()), value, at);
  }
  if (!check_type(schema, value, at)) {
    return;  // what else the schema says is about a value of that type
  }
  check_choice(schema, value, at);
  if (value.is_string()) {
    check_string(schema, value.get_ref<const std::string&>(), at);
  } else if (value.is_number()) {
    check_number(schema, value, at);
  } else if (value.is_array()) {
    check_list(schema, value, at);
  } else if (value.is_object()) {
    check_map(schema, value, at);
  }
  check_combinations(schema, value, at);
}

bool Checker::check_type(const Json& schema, const Json& value, const std::string& at) {
  const auto type = schema.find("type");
  if (type == schema.end()) {
    return true;
  }
  const bool fits = type->is_string()
                        ? has_type(value, type->get_ref<const std::string&>())
                        : std::any_of(type->begin(), type->end(), [&](const Json& one) {
                            return has_type(value, one.get_ref<const std::string&>());
                          });
  if (!fits) {
    note_other_kind(at, type_names(*type), value, schema);
  }
  return fits;
}

void Checker::check_choice(const Json& schema, const Json& value, const std::string& at) {
  if (const auto fixed = schema.find("const"); fixed != schema.end() && *fixed != value) {
    note_other_kind(at, dump(*fixed), value, schema);
  }
  const auto choice = schema.find("enum");
  if (choice == schema.end() || std::find(choice->begin(), choice->end(), value) != choice->end()) {
    return;
  }
  note_other_kind(at, listed(*choice), value, schema);
  if (value.is_string()) {
    std::vector<std::string> words;
    for (const Json& one : *choice) {
      words.push_back(one.is_string() ? one.get<std::string>() : dump(one));
    }
    found_.back().message += did_you_mean(value.get_ref<const std::string&>(), words);
  }
}

void Checker::check_string(const Json& schema, const std::string& value, const std::string& at) {
  const auto length = static_cast<long long>(characters(value));
  if (length < int_at(schema, "minLength", 0)) {
    note(at,
         value.empty() ? fmt::format("{} must not be empty", dotted_name(at))
                       : fmt::format("{} must have at least {} characters, it has {}",
                                     dotted_name(at), int_at(schema, "minLength"), length),
         schema);
  }
  if (schema.contains("maxLength") && length > int_at(schema, "maxLength")) {
    note(at,
         fmt::format("{} may have {} characters, it has {}", dotted_name(at),
                     int_at(schema, "maxLength"), length),
         schema);
  }
  if (const auto pattern = schema.find("pattern"); pattern != schema.end()) {
    check_pattern(pattern->get_ref<const std::string&>(), schema, value, at);
  }
}

void Checker::check_pattern(const std::string& pattern, const Json& schema,
                            const std::string& value, const std::string& at) {
  if (value.size() > longest_for_pattern) {
    note(at,
         fmt::format("{} is longer than the {} bytes that can be checked", dotted_name(at),
                     longest_for_pattern),
         schema);
  } else if (!std::regex_search(value, compiled_.patterns.at(pattern))) {
    note(at,
         fmt::format("{} must look like {}, not {}", dotted_name(at), pattern, described(value)),
         schema);
  }
}

void Checker::check_number(const Json& schema, const Json& value, const std::string& at) {
  const auto bound = [&](const char* keyword, bool (*broken)(const Json&, const Json&),
                         const char* words) {
    if (const auto limit = schema.find(keyword); limit != schema.end() && broken(value, *limit)) {
      note(at,
           fmt::format("{} must be {} {}, not {}", dotted_name(at), words, dump(*limit),
                       dump(value)),
           schema);
    }
  };
  bound("minimum", [](const Json& a, const Json& b) { return a < b; }, "at least");
  bound("maximum", [](const Json& a, const Json& b) { return a > b; }, "at most");
  bound("exclusiveMinimum", [](const Json& a, const Json& b) { return a <= b; }, "more than");
  bound("exclusiveMaximum", [](const Json& a, const Json& b) { return a >= b; }, "less than");
  bound(
      "multipleOf",
      [](const Json& a, const Json& b) {
        return std::fmod(a.get<double>(), b.get<double>()) != 0.0;
      },
      "a multiple of");
}

}  // namespace dpctl::detail

namespace dpctl {

std::vector<SchemaFinding> Schema::check(const Json& value, std::string_view at) const {
  return detail::Checker(*compiled_).findings(compiled_->root, value, std::string(at));
}

}  // namespace dpctl
