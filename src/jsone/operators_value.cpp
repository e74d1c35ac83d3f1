// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "jsone/json_text.hpp"
#include "jsone/moment.hpp"
#include "jsone/operators.hpp"

namespace jsone {

namespace {

void append_items(Json::array_t& list, Json&& more) {
  auto& items = more.get_ref<Json::array_t&>();
  std::move(items.begin(), items.end(), std::back_inserter(list));
}

Outcome<> append_leaves(Json::array_t& list, Json&& value, Budget& budget) {
  const Level level(budget);
  JSONE_TRY(level.check());
  JSONE_TRY(budget.step());
  if (!value.is_array()) {
    list.push_back(std::move(value));
    return {};
  }
  for (Json& item : value) {
    JSONE_TRY(append_leaves(list, std::move(item), budget));
  }
  return {};
}

/// Merges `over` into `base`: objects entry by entry, lists end to end, everything else replaced.
Outcome<> merge_deep(Json& base, Json&& over, Budget& budget) {
  const Level level(budget);
  JSONE_TRY(level.check());
  JSONE_TRY(budget.step());
  if (base.is_array() && over.is_array()) {
    append_items(base.get_ref<Json::array_t&>(), std::move(over));
    return {};
  }
  if (!base.is_object() || !over.is_object()) {
    base = std::move(over);
    return {};
  }
  for (auto& [key, value] : over.get_ref<Json::object_t&>()) {
    const auto [place, is_new] = base.get_ref<Json::object_t&>().try_emplace(key);
    if (is_new) {
      place->second = std::move(value);
    } else {
      JSONE_TRY(merge_deep(place->second, std::move(value), budget));
    }
  }
  return {};
}

/// The operand as a list of objects.
Outcome<Json> objects_operand(const Json& tmpl, const std::string& name, const Scope& scope,
                              Run& run) {
  const std::string message = name + " value must evaluate to an array of objects";
  Json list = JSONE_TRY(list_operand(tmpl, name, message, scope, run));
  const bool all =
      std::all_of(list.begin(), list.end(), [](const Json& item) { return item.is_object(); });
  if (!all) {
    return template_fault(message);
  }
  return list;
}

}  // namespace

Outcome<Rendered> operator_flatten(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$flatten"}));
  Json list = JSONE_TRY(
      list_operand(tmpl, "$flatten", "$flatten value must evaluate to an array", scope, run));
  Json::array_t flat;
  for (Json& item : list) {
    if (item.is_array()) {
      append_items(flat, std::move(item));
    } else {
      flat.push_back(std::move(item));
    }
  }
  return Rendered(std::move(flat));
}

Outcome<Rendered> operator_flatten_deep(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$flattenDeep"}));
  Json list = JSONE_TRY(list_operand(tmpl, "$flattenDeep",
                                     "$flattenDeep value must evaluate to an array", scope, run));
  Json::array_t flat;
  JSONE_TRY(append_leaves(flat, std::move(list), run.budget));
  return Rendered(std::move(flat));
}

Outcome<Rendered> operator_merge(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$merge"}));
  Json list = JSONE_TRY(objects_operand(tmpl, "$merge", scope, run));
  Json::object_t merged;
  for (Json& item : list) {
    for (auto& [key, value] : item.get_ref<Json::object_t&>()) {
      merged.insert_or_assign(key, std::move(value));
    }
  }
  return Rendered(std::move(merged));
}

Outcome<Rendered> operator_merge_deep(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$mergeDeep"}));
  Json list = JSONE_TRY(objects_operand(tmpl, "$mergeDeep", scope, run));
  Json merged = Json::object();
  for (Json& item : list) {
    JSONE_TRY(merge_deep(merged, std::move(item), run.budget));
  }
  return Rendered(std::move(merged));
}

Outcome<Rendered> operator_reverse(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$reverse"}));
  // The message is the language's own; the items may be of any type.
  Json list = JSONE_TRY(list_operand(
      tmpl, "$reverse", "$reverse value must evaluate to an array of objects", scope, run));
  std::reverse(list.begin(), list.end());
  return Rendered(std::move(list));
}

Outcome<Rendered> operator_json(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$json"}));
  const auto value = JSONE_TRY(operand(tmpl, "$json", scope, run));
  if (!value) {
    return template_fault("$json value must not be deleted");
  }
  const bool uncalled = JSONE_TRY(holds_function(**value, run.budget));
  if (uncalled) {
    return template_fault("evaluated template contained uncalled functions");
  }
  auto text = JSONE_TRY(json_text(**value, run.budget));
  return Rendered(std::move(text));
}

Outcome<Rendered> operator_from_now(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$fromNow", "from"}));
  const auto distance = JSONE_TRY(operand(tmpl, "$fromNow", scope, run));
  if (!distance || !(*distance)->is_string()) {
    return template_fault("$fromNow expects a string");
  }
  const Json* reference = scope.find("now");
  std::optional<Value> from;
  if (tmpl.contains("from")) {
    from = JSONE_TRY(operand(tmpl, "from", scope, run));
    reference = from ? &**from : reference;
  }
  auto moment = from_now((*distance)->get_ref<const std::string&>(), reference);
  if (!moment) {
    return template_fault(std::move(moment).error());
  }
  return Rendered(*std::move(moment));
}

}  // namespace jsone
