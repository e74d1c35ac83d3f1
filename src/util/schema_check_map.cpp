// SPDX-License-Identifier: Apache-2.0
#include "util/schema_checker.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <regex>
#include <utility>

#include "util/text.hpp"

namespace dpctl::detail {

void Checker::check_list(const Json& schema, const Json& value, const std::string& at) {
  check_size(schema, value.size(), at, {"minItems", "maxItems", "entries"});
  if (bool_at(schema, "uniqueItems")) {
    check_unique(schema, value, at);
  }
  if (const auto items = schema.find("items"); items != schema.end()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      check(*items, value[i], at + "/" + std::to_string(i));
    }
  }
}

void Checker::check_size(const Json& schema, std::size_t size, const std::string& at,
                         const SizeWords& words) {
  const auto count = static_cast<long long>(size);
  if (count < int_at(schema, words.least, 0)) {
    note(at,
         fmt::format("{} must have at least {} {}, it has {}", dotted_name(at),
                     int_at(schema, words.least), words.things, count),
         schema);
  }
  if (schema.contains(words.most) && count > int_at(schema, words.most)) {
    note(at,
         fmt::format("{} may have {} {}, it has {}", dotted_name(at), int_at(schema, words.most),
                     words.things, count),
         schema);
  }
}

void Checker::check_unique(const Json& schema, const Json& value, const std::string& at) {
  std::vector<std::pair<Json, std::size_t>> sorted;
  for (std::size_t i = 0; i < value.size(); ++i) {
    sorted.emplace_back(value[i], i);
  }
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    if (sorted[i].first == sorted[i - 1].first) {
      note(at + "/" + std::to_string(sorted[i].second),
           fmt::format("{} holds {} twice", dotted_name(at), elided(dump(sorted[i].first), 60)),
           schema);
    }
  }
}

void Checker::check_map(const Json& schema, const Json& value, const std::string& at) {
  check_size(schema, value.size(), at, {"minProperties", "maxProperties", "entries"});
  for (const Json& key : array_at(schema, "required")) {
    if (!value.contains(key.get_ref<const std::string&>())) {
      note(at,
           fmt::format("{} is missing",
                       dotted_name(pointer_to(at, key.get_ref<const std::string&>()))),
           missing_hint(schema, key));
    }
  }
  for (const auto& [key, entry] : value.items()) {
    check_entry(schema, key, entry, at);
  }
}

const Json& Checker::missing_hint(const Json& schema, const Json& key) const {
  const Json& properties = object_at(schema, "properties");
  const auto found = properties.find(key.get_ref<const std::string&>());
  return found == properties.end() ? schema : *found;
}

void Checker::check_entry(const Json& schema, const std::string& key, const Json& entry,
                          const std::string& at) {
  const std::string entry_at = pointer_to(at, key);
  if (const auto names = schema.find("propertyNames"); names != schema.end()) {
    for (SchemaFinding& finding : findings(*names, Json(key), "")) {
      note(entry_at, fmt::format("the key '{}' in {}: {}", key, dotted_name(at), finding.message),
           *names);
    }
  }
  const Json& properties = object_at(schema, "properties");
  const auto own = properties.find(key);
  bool known = own != properties.end();
  if (known) {
    check(*own, entry, entry_at);
  }
  for (const auto& [pattern, under_pattern] : object_at(schema, "patternProperties").items()) {
    if (key.size() <= longest_for_pattern &&
        std::regex_search(key, compiled_.patterns.at(pattern))) {
      known = true;
      check(under_pattern, entry, entry_at);
    }
  }
  const auto others = schema.find("additionalProperties");
  if (known || others == schema.end()) {
    return;
  }
  if (others->is_boolean() && !others->get<bool>()) {
    unknown_key(properties, key, at);
  } else {
    check(*others, entry, entry_at);
  }
}

void Checker::unknown_key(const Json& properties, const std::string& key, const std::string& at) {
  std::vector<std::string> keys;
  for (const auto& [known, schema] : properties.items()) {
    keys.push_back(known);
  }
  const std::string guess = did_you_mean(key, keys);
  found_.push_back(
      {pointer_to(at, key),
       fmt::format("unknown key '{}' in {}{}", elided(key, 60), dotted_name(at), guess),
       guess.empty() && keys.size() <= 20 && !keys.empty() ? "known keys: " + join(keys, ", ")
                                                           : ""});
}

void Checker::check_combinations(const Json& schema, const Json& value, const std::string& at) {
  for (const Json& one : array_at(schema, "allOf")) {
    check(one, value, at);
  }
  for (const char* keyword : {"anyOf", "oneOf"}) {
    if (const auto branches = schema.find(keyword); branches != schema.end()) {
      check_branches(schema, *branches, value, at);
    }
  }
  if (const auto refused = schema.find("not");
      refused != schema.end() && findings(*refused, value, at).empty()) {
    note(at, fmt::format("{} must not be like that", dotted_name(at)), schema);
  }
  if (const auto condition = schema.find("if"); condition != schema.end()) {
    const auto follows = schema.find(findings(*condition, value, at).empty() ? "then" : "else");
    if (follows != schema.end()) {
      check(*follows, value, at);
    }
  }
}

bool Checker::is_other_kind(const std::vector<SchemaFinding>& findings, const std::string& at) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const SchemaFinding& one) { return one.pointer == at && one.other_kind; });
}

void Checker::check_branches(const Json& schema, const Json& branches, const Json& value,
                             const std::string& at) {
  std::vector<std::vector<SchemaFinding>> tried;
  std::size_t fitting = 0;
  for (const Json& branch : branches) {
    tried.push_back(findings(branch, value, at));
    fitting += tried.back().empty() ? 1 : 0;
  }
  if (fitting > 1 && schema.contains("oneOf") && &schema["oneOf"] == &branches) {
    return note(at, fmt::format("{} fits more than one of the forms it may have", dotted_name(at)),
                schema);
  }
  if (fitting > 0) {
    return;
  }
  // The branch that the writer meant is the one that the value comes closest to.
  const std::vector<SchemaFinding>* nearest_branch = nullptr;
  for (const auto& findings_of_branch : tried) {
    if (!is_other_kind(findings_of_branch, at) &&
        (nearest_branch == nullptr || findings_of_branch.size() < nearest_branch->size())) {
      nearest_branch = &findings_of_branch;
    }
  }
  if (nearest_branch != nullptr) {
    found_.insert(found_.end(), nearest_branch->begin(), nearest_branch->end());
    return;
  }
  std::string message = tried.front().front().message;
  for (std::size_t i = 1; i < tried.size(); ++i) {
    message += "; or " + tried[i].front().message;
  }
  note(at, message, schema);
  found_.back().other_kind = true;
}

}  // namespace dpctl::detail
