// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>

#include "jsone/interpreter.hpp"
#include "jsone/operators.hpp"
#include "jsone/template.hpp"
#include "jsone/text.hpp"

namespace jsone {

namespace {

constexpr std::string_view default_case = "$default";

/// Whether the condition, a key below `name`, holds.
Outcome<bool> case_holds(const std::string& condition, std::string_view name, const Scope& scope,
                         Run& run) {
  auto value = evaluate_source(condition, scope, run);
  if (!value) {
    Fault fault = std::move(value).error();
    fault->in_key = true;
    return failed(below_operand(below_operand(std::move(fault), condition), name));
  }
  return is_truthy(**value);
}

Outcome<Rendered> render_case(const Json& cases, std::string_view condition, std::string_view name,
                              const Scope& scope, Run& run) {
  auto result = render_operand(cases, condition, scope, run);
  if (!result) {
    return failed(below_operand(std::move(result).error(), name));
  }
  return result;
}

}  // namespace

Outcome<Rendered> operator_eval(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$eval"}));
  auto value = JSONE_TRY(
      evaluate_operand(tmpl, "$eval", "$eval must be given a string expression", scope, run));
  auto own = JSONE_TRY(Value::owned(std::move(value), run.budget));
  return Rendered(std::move(own));
}

Outcome<Rendered> operator_if(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$if", "then", "else"}));
  const Value condition =
      JSONE_TRY(evaluate_operand(tmpl, "$if", "$if must be given a string expression", scope, run));
  const std::string_view branch = is_truthy(*condition) ? "then" : "else";
  return tmpl.contains(branch) ? render_operand(tmpl, branch, scope, run)
                               : Outcome<Rendered>(std::nullopt);
}

Outcome<Rendered> operator_let(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$let", "in"}));
  if (!tmpl.find("$let")->is_object()) {
    return template_fault("$let value must be an object");
  }
  const auto names = JSONE_TRY(operand(tmpl, "$let", scope, run));
  if (!names || !(*names)->is_object()) {
    return template_fault("$let value must be an object");
  }
  for (const auto& [name, value] : (*names)->get_ref<const Json::object_t&>()) {
    if (!is_identifier(name)) {
      return template_fault("top level keys of $let must follow /[a-zA-Z_][a-zA-Z0-9_]*/");
    }
  }
  if (!tmpl.contains("in")) {
    return template_fault("$let operator requires an `in` clause");
  }
  return render_operand(tmpl, "in", Scope(&scope, **names), run);
}

Outcome<Rendered> operator_match(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$match"}));
  const Json& cases = *tmpl.find("$match");
  if (!cases.is_object()) {
    return template_fault("$match can evaluate objects only");
  }
  Json::array_t results;
  for (const auto& [condition, value] : cases.get_ref<const Json::object_t&>()) {
    const bool holds = JSONE_TRY(case_holds(condition, "$match", scope, run));
    if (!holds) {
      continue;
    }
    auto result = JSONE_TRY(render_case(cases, condition, "$match", scope, run));
    if (result) {
      results.push_back(*std::move(result));
    }
  }
  return Rendered(std::move(results));
}

Outcome<Rendered> operator_switch(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(check_properties(tmpl, {"$switch"}));
  const Json& cases = *tmpl.find("$switch");
  if (!cases.is_object()) {
    return template_fault("$switch can evaluate objects only");
  }
  const std::string* chosen = nullptr;
  for (const auto& [condition, value] : cases.get_ref<const Json::object_t&>()) {
    const bool holds =
        condition != default_case && JSONE_TRY(case_holds(condition, "$switch", scope, run));
    if (holds && chosen != nullptr) {
      return template_fault("$switch can only have one truthy condition");
    }
    chosen = holds ? &condition : chosen;
  }
  if (chosen == nullptr && !cases.contains(default_case)) {
    return Rendered(std::nullopt);
  }
  return render_case(cases, chosen != nullptr ? std::string_view(*chosen) : default_case, "$switch",
                     scope, run);
}

}  // namespace jsone
