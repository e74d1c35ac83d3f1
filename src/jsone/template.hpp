// SPDX-License-Identifier: Apache-2.0
// Renders templates: strings with "${…}", lists, objects and the operators in them.
#pragma once

#include <string>

#include "jsone/programs.hpp"
#include "jsone/scope.hpp"
#include "jsone/value.hpp"

namespace jsone {

/// The value of the template, or nothing where an operator deletes it.
Outcome<Rendered> render_value(const Json& tmpl, const Scope& scope, Run& run);

/// The text with each ${…} replaced by its value.
Outcome<std::string> interpolate(const std::string& text, const Scope& scope, Run& run);

}  // namespace jsone
