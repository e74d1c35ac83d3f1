// SPDX-License-Identifier: Apache-2.0
#include "jsone/operators.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "jsone/interpreter.hpp"
#include "jsone/template.hpp"
#include "jsone/text.hpp"

namespace jsone {

namespace {

struct Entry {
  std::string_view name;
  Operator function;
};

constexpr std::array<Entry, 16> operators = {{
    {"$eval", operator_eval},
    {"$find", operator_find},
    {"$flatten", operator_flatten},
    {"$flattenDeep", operator_flatten_deep},
    {"$fromNow", operator_from_now},
    {"$if", operator_if},
    {"$json", operator_json},
    {"$let", operator_let},
    {"$map", operator_map},
    {"$match", operator_match},
    {"$merge", operator_merge},
    {"$mergeDeep", operator_merge_deep},
    {"$reduce", operator_reduce},
    {"$reverse", operator_reverse},
    {"$sort", operator_sort},
    {"$switch", operator_switch},
}};

/// Takes a property such as "each(x, i)" apart; nullopt where it does not follow the rule.
std::optional<Binder> parse_binder(std::string_view key, const BinderRule& rule) {
  const std::size_t open = rule.name.size();
  if (key.substr(0, open) != rule.name || key.size() < open + 2 || key[open] != '(' ||
      key.back() != ')') {
    return std::nullopt;
  }
  Binder binder{key, {}};
  std::string_view rest = key.substr(open + 1, key.size() - open - 2);
  while (true) {
    const std::size_t comma = rest.find(',');
    binder.names.push_back(rest.substr(0, comma));
    if (!is_identifier(binder.names.back())) {
      return std::nullopt;
    }
    if (comma == std::string_view::npos) {
      break;
    }
    rest = without_leading_space(rest.substr(comma + 1));
  }
  const bool fits = binder.names.size() >= rule.least && binder.names.size() <= rule.most;
  return fits ? std::optional(std::move(binder)) : std::nullopt;
}

/// The expression of {$eval: "…"}, or nullptr for every other template.
const std::string* bare_expression(const Json& tmpl) {
  if (!tmpl.is_object() || tmpl.size() != 1) {
    return nullptr;
  }
  const auto found = tmpl.find("$eval");
  return found != tmpl.end() && found->is_string() ? &found->get_ref<const std::string&>()
                                                   : nullptr;
}

}  // namespace

Operator find_operator(std::string_view name) {
  if (name.empty() || name.front() != '$') {
    return nullptr;
  }
  for (const Entry& entry : operators) {
    if (entry.name == name) {
      return entry.function;
    }
  }
  return nullptr;
}

std::vector<std::string> operator_names() {
  std::vector<std::string> names;
  for (const Entry& entry : operators) {
    names.emplace_back(entry.name);
  }
  return names;
}

Outcome<> check_properties(const Json& tmpl, std::initializer_list<std::string_view> allowed,
                           const BinderRule* rule) {
  std::string unknown;
  std::string first;
  for (const auto& [key, value] : tmpl.get_ref<const Json::object_t&>()) {
    const bool known = std::find(allowed.begin(), allowed.end(), key) != allowed.end() ||
                       (rule != nullptr && parse_binder(key, *rule));
    if (!known) {
      first = first.empty() ? key : first;
      unknown.append(" ").append(key);
    }
  }
  if (unknown.empty()) {
    return {};
  }
  auto fault =
      template_fault(std::string(*allowed.begin()) + " has undefined properties:" + unknown);
  fault.value()->missing_name = first;
  fault.value()->known_names.assign(allowed.begin(), allowed.end());
  fault.value()->in_key = true;
  return failed(below_operand(std::move(fault.value()), first));
}

std::vector<Binder> binders_of(const Json& tmpl, const BinderRule& rule) {
  std::vector<Binder> binders;
  for (const auto& [key, value] : tmpl.get_ref<const Json::object_t&>()) {
    if (auto binder = parse_binder(key, rule)) {
      binders.push_back(*std::move(binder));
    }
  }
  return binders;
}

Outcome<Rendered> render_operand(const Json& tmpl, std::string_view key, const Scope& scope,
                                 Run& run) {
  auto result = render_value(*tmpl.find(key), scope, run);
  if (!result) {
    return failed(below_operand(std::move(result).error(), key));
  }
  return result;
}

Outcome<Value> evaluate_operand(const Json& tmpl, std::string_view key, std::string_view message,
                                const Scope& scope, Run& run) {
  const Json& expression = *tmpl.find(key);
  if (!expression.is_string()) {
    return template_fault(std::string(message));
  }
  auto value = evaluate_source(expression.get_ref<const std::string&>(), scope, run);
  if (!value) {
    return failed(below_operand(std::move(value).error(), key));
  }
  return value;
}

Outcome<std::optional<Value>> operand(const Json& tmpl, std::string_view key, const Scope& scope,
                                      Run& run) {
  const std::string* const expression = bare_expression(*tmpl.find(key));
  if (expression == nullptr) {
    auto rendered = JSONE_TRY(render_operand(tmpl, key, scope, run));
    return rendered ? std::optional(Value(*std::move(rendered))) : std::nullopt;
  }
  auto value = evaluate_source(*expression, scope, run);
  if (!value) {
    return failed(below_operand(below_operand(std::move(value).error(), "$eval"), key));
  }
  return std::optional(*std::move(value));
}

Outcome<Json> list_operand(const Json& tmpl, std::string_view key, std::string_view message,
                           const Scope& scope, Run& run) {
  auto value = JSONE_TRY(operand(tmpl, key, scope, run));
  if (!value || !(*value)->is_array()) {
    return template_fault(std::string(message));
  }
  return Value::owned(*std::move(value), run.budget);
}

}  // namespace jsone
