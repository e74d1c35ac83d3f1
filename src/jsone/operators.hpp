// SPDX-License-Identifier: Apache-2.0
// The operators of templates, one function each: {$if: …}, {$map: …}.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "jsone/programs.hpp"
#include "jsone/scope.hpp"
#include "jsone/value.hpp"

namespace jsone {

/// Renders an object that has the operator's name among its keys.
using Operator = Outcome<Rendered> (*)(const Json& tmpl, const Scope& scope, Run& run);

/// The operator of that name ("$if"), or nullptr.
Operator find_operator(std::string_view name);
std::vector<std::string> operator_names();

/// Property `key` of an operator, rendered; nothing where it is deleted. A bare {$eval: …} is not
/// copied.
Outcome<std::optional<Value>> operand(const Json& tmpl, std::string_view key, const Scope& scope,
                                      Run& run);
/// The same as a list of its own; `message` is the fault where it is none.
Outcome<Json> list_operand(const Json& tmpl, std::string_view key, std::string_view message,
                           const Scope& scope, Run& run);
/// The template under property `key` of an operator, rendered.
Outcome<Rendered> render_operand(const Json& tmpl, std::string_view key, const Scope& scope,
                                 Run& run);
/// The value of property `key` of an operator, which must be an expression; `message` is the fault
/// where it is none.
Outcome<Value> evaluate_operand(const Json& tmpl, std::string_view key, std::string_view message,
                                const Scope& scope, Run& run);

/// A property that names variables: "each(x,i)".
struct Binder {
  std::string_view key;
  std::vector<std::string_view> names;
};
/// How many variables a property of that name takes.
struct BinderRule {
  std::string_view name;
  std::size_t least;
  std::size_t most;
};
/// Fails where the template has properties beyond `allowed` and binders that follow the rule.
Outcome<> check_properties(const Json& tmpl, std::initializer_list<std::string_view> allowed,
                           const BinderRule* rule = nullptr);
/// All properties of the template that follow the rule.
std::vector<Binder> binders_of(const Json& tmpl, const BinderRule& rule);

// Control
Outcome<Rendered> operator_eval(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_if(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_let(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_match(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_switch(const Json& tmpl, const Scope& scope, Run& run);
// One thing for each item of a list
Outcome<Rendered> operator_map(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_reduce(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_find(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_sort(const Json& tmpl, const Scope& scope, Run& run);
// A value made of others
Outcome<Rendered> operator_flatten(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_flatten_deep(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_merge(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_merge_deep(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_reverse(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_json(const Json& tmpl, const Scope& scope, Run& run);
Outcome<Rendered> operator_from_now(const Json& tmpl, const Scope& scope, Run& run);

}  // namespace jsone
