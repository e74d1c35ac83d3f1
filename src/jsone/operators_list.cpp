// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <numeric>
#include <string>
#include <utility>

#include "jsone/interpreter.hpp"
#include "jsone/number.hpp"
#include "jsone/operators.hpp"
#include "jsone/template.hpp"

namespace jsone {

namespace {

constexpr BinderRule each_item{"each", 1, 2};
constexpr BinderRule each_step{"each", 2, 3};
constexpr BinderRule by_item{"by", 1, 1};

constexpr std::string_view unsortable = "$sorted values to be sorted must have the same type";

/// The only binder of the template; `message` is the fault where there are none or several.
Outcome<Binder> only_binder(const Json& tmpl, const BinderRule& rule, std::string_view message) {
  auto binders = binders_of(tmpl, rule);
  if (binders.size() != 1) {
    return template_fault(std::string(message));
  }
  return std::move(binders.front());
}

/// Binds names[at], if there is one, to `value`.
void bind_if_named(Scope& scope, const Binder& binder, std::size_t at, const Json& value) {
  if (at < binder.names.size()) {
    scope.bind(binder.names[at], value);
  }
}

Outcome<Rendered> map_list(const Json& tmpl, const Json& list, const Binder& each,
                           const Scope& scope, Run& run) {
  Json::array_t results;
  Scope inner(scope);
  for (std::size_t at = 0; at < list.size(); ++at) {
    const Json index = at;
    bind_if_named(inner, each, 0, list[at]);
    bind_if_named(inner, each, 1, index);
    auto result = JSONE_TRY(render_operand(tmpl, each.key, inner, run));
    if (result) {
      JSONE_TRY(run.budget.bytes(2 * sizeof(Json)));
      results.push_back(*std::move(result));
    }
  }
  return Rendered(std::move(results));
}

/// Renders the template for one entry of an object, as each(value,key) or as each(entry) with its
/// .key and .val.
Outcome<Rendered> map_entry(const Json& tmpl, const Json& key, const Json& value,
                            const Binder& each, const Scope& scope, Run& run) {
  Scope inner(scope);
  if (each.names.size() == 2) {
    inner.bind(each.names[0], value);
    inner.bind(each.names[1], key);
    return render_operand(tmpl, each.key, inner, run);
  }
  auto own = JSONE_TRY(Value::owned(Value::borrowed(value), run.budget));
  Json entry = Json::object();
  entry["key"] = key;
  entry["val"] = std::move(own);
  inner.bind(each.names[0], entry);
  return render_operand(tmpl, each.key, inner, run);
}

Outcome<Rendered> map_object(const Json& tmpl, const Json& object, const Binder& each,
                             const Scope& scope, Run& run) {
  Json results = Json::object();
  for (const auto& [key, value] : object.get_ref<const Json::object_t&>()) {
    auto result = JSONE_TRY(map_entry(tmpl, key, value, each, scope, run));
    if (result && !result->is_object()) {
      return template_fault("$map on objects expects " + std::string(each.key) +
                            " to evaluate to an object");
    }
    if (result) {
      results.update(*result);
    }
  }
  return Rendered(std::move(results));
}

/// What each item is sorted by.
Outcome<std::vector<Value>> sort_keys(const Json& tmpl, const Json& list, const Scope& scope,
                                      Run& run) {
  const auto binders = binders_of(tmpl, by_item);
  if (binders.size() > 1) {
    return template_fault("only one by(..) is allowed");
  }
  std::vector<Value> keys;
  for (const Json& item : list) {
    if (binders.empty()) {
      keys.push_back(Value::borrowed(item));
      continue;
    }
    Scope inner(scope);
    inner.bind(binders.front().names[0], item);
    keys.push_back(JSONE_TRY(evaluate_operand(
        tmpl, binders.front().key, "by(..) must be given a string expression", inner, run)));
  }
  return keys;
}

bool is_before(const Json& left, const Json& right) {
  if (left.is_string()) {
    return left.get_ref<const std::string&>() < right.get_ref<const std::string&>();
  }
  return less(left, right);
}

/// Fails unless all keys are numbers or all are strings; counts the work of comparing them.
Outcome<> check_sortable(const std::vector<Value>& keys, Budget& budget) {
  const std::size_t comparisons = std::bit_width(keys.size());
  for (const Value& key : keys) {
    const bool same = key->is_number() ? keys.front()->is_number()
                                       : key->is_string() && keys.front()->is_string();
    if (!same) {
      return template_fault(std::string(unsortable));
    }
    const std::size_t size = key->is_string() ? key->get_ref<const std::string&>().size() : 0;
    JSONE_TRY(budget.step(comparisons * (1 + size / 64)));
  }
  return {};
}

}  // namespace

Outcome<Rendered> operator_map(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$map"}, &each_item));
  const auto value = JSONE_TRY(operand(tmpl, "$map", scope, run));
  if (!value || !(*value)->is_structured()) {
    return template_fault("$map value must evaluate to an array or object");
  }
  const Binder each =
      JSONE_TRY(only_binder(tmpl, each_item, "$map requires exactly one other property, each(..)"));
  return (*value)->is_array() ? map_list(tmpl, **value, each, scope, run)
                              : map_object(tmpl, **value, each, scope, run);
}

Outcome<Rendered> operator_reduce(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$reduce", "initial"}, &each_step));
  const auto list = JSONE_TRY(operand(tmpl, "$reduce", scope, run));
  if (!list || !(*list)->is_array()) {
    return template_fault("$reduce value must evaluate to an array");
  }
  if (tmpl.size() != 3) {
    return template_fault("$reduce must have exactly three properties");
  }
  const Binder each = JSONE_TRY(only_binder(tmpl, each_step, "$reduce requires each(..)"));
  // The language takes `initial` as it stands, without rendering it.
  Json result = JSONE_TRY(Value::owned(Value::borrowed(*tmpl.find("initial")), run.budget));
  Scope inner(scope);
  for (std::size_t at = 0; at < (*list)->size(); ++at) {
    const Json index = at;
    inner.bind(each.names[0], result);
    inner.bind(each.names[1], (**list)[at]);
    bind_if_named(inner, each, 2, index);
    auto next = JSONE_TRY(render_operand(tmpl, each.key, inner, run));
    if (next) {
      result = *std::move(next);
    }
  }
  return Rendered(std::move(result));
}

Outcome<Rendered> operator_find(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$find"}, &each_item));
  const auto list = JSONE_TRY(operand(tmpl, "$find", scope, run));
  if (!list || !(*list)->is_array()) {
    return template_fault("$find value must evaluate to an array");
  }
  const Binder each = JSONE_TRY(
      only_binder(tmpl, each_item, "$find requires exactly one other property, each(..)"));
  Scope inner(scope);
  for (std::size_t at = 0; at < (*list)->size(); ++at) {
    const Json index = at;
    const Json& item = (**list)[at];
    bind_if_named(inner, each, 0, item);
    bind_if_named(inner, each, 1, index);
    const Value wanted = JSONE_TRY(
        evaluate_operand(tmpl, each.key, "each can evaluate string expressions only", inner, run));
    if (is_truthy(*wanted)) {
      return render_value(item, inner, run);  // the language renders what it has found once more
    }
  }
  return Rendered(std::nullopt);
}

Outcome<Rendered> operator_sort(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$sort"}, &by_item));
  Json list = JSONE_TRY(list_operand(tmpl, "$sort", unsortable, scope, run));
  const auto keys = JSONE_TRY(sort_keys(tmpl, list, scope, run));
  JSONE_TRY(check_sortable(keys, run.budget));
  std::vector<std::size_t> order(list.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&keys](std::size_t left, std::size_t right) {
    return is_before(*keys[left], *keys[right]);
  });
  Json::array_t sorted;
  sorted.reserve(order.size());
  for (const std::size_t at : order) {
    sorted.push_back(std::move(list[at]));
  }
  return Rendered(std::move(sorted));
}

}  // namespace jsone
