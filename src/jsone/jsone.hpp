// SPDX-License-Identifier: Apache-2.0
// The JSON-e template language (https://json-e.js.org): template, context and result are JSON. A
// library of its own.
//
// Where the reference implementations differ among themselves, this one holds that JSON has one
// type of number: 4 / 2 is 2 and prints as "2", integers of 64 bits are exact, and true is not
// equal to 1.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace jsone {

enum class ErrorKind { syntax, template_rule, interpreter, builtin, limit };

struct Error {
  ErrorKind kind = ErrorKind::template_rule;
  std::string message;
  std::string pointer;     // JSON pointer to the faulty value of the template
  bool in_key = false;     // the fault is in the key of the entry at `pointer`, not in its value
  std::string location;    // as the language writes it: ".spec.nodes[0]", operators left out
  std::string expression;  // empty if no expression is at fault
  std::size_t offset = 0;  // of the fault, in bytes of `expression`
  std::size_t text_offset =
      0;  // of the fault, in bytes of the template's string that holds the expression
  std::string missing_name;  // the variable or property that is not there, or empty
  std::string missing_from;  // the expression whose value lacks it; empty for a variable
  std::vector<std::string> known_names;  // what is there instead, for suggestions
  std::string hint;                      // what to write instead; may be empty
};

/// As the reference implementations print it: "TemplateError at template.spec: $let value must be
/// an object".
std::string to_string(const Error& error);

/// What one call may use up; going beyond is an Error of kind `limit`. All of it is counted,
/// nothing is timed, so that the same template fails at the same place on every machine.
struct Limits {
  std::size_t depth = 200;        // of nested templates, expressions and values together
  std::size_t steps = 4'000'000;  // values and expressions evaluated; 4 million take about a second
  std::size_t bytes = 128U << 20;  // of everything built on the way
};

struct Options {
  Limits limits;
  std::optional<std::string>
      now;  // what `now` is where the context has none; there is no clock here
};

/// The value of `tmpl` in `context`, or nullopt where it evaluates to nothing ({$if: 'false', then:
/// 1}).
tl::expected<std::optional<nlohmann::json>, Error> render(const nlohmann::json& tmpl,
                                                          const nlohmann::json& context,
                                                          const Options& options = {});

/// The value of one expression, written as inside of ${…}.
tl::expected<nlohmann::json, Error> evaluate_expression(std::string_view expression,
                                                        const nlohmann::json& context,
                                                        const Options& options = {});

}  // namespace jsone
