// SPDX-License-Identifier: Apache-2.0
// JSON-e on documents whose places are known: a template's error becomes file:line:column with a
// suggestion.
#pragma once

#include <optional>
#include <string_view>

#include "util/json.hpp"
#include "util/result.hpp"
#include "util/yaml.hpp"

namespace dpctl {

/// The evaluated document; nothing where it evaluates to null or away. Errors (invalid_input) name
/// the expression.
Result<std::optional<Json>> evaluate(const YamlDocument& document, const Json& context);

/// One expression, without ${}. `where` is named in errors.
Result<Json> evaluate_expression(std::string_view expression, const Json& context,
                                 const SourcePos& where);

/// Whether an expression over `object` is true. One that cannot be evaluated yet (it asks for a
/// status that is not there) does not hold.
bool holds(std::string_view expression, const Json& object, const SourcePos& where);

}  // namespace dpctl
