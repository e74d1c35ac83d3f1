// SPDX-License-Identifier: Apache-2.0
// Evaluates parsed expressions.
#pragma once

#include <string>

#include "jsone/programs.hpp"
#include "jsone/scope.hpp"
#include "jsone/value.hpp"

namespace jsone {

/// One evaluation of one program.
struct Evaluation {
  const Scope& scope;
  Run& run;
  std::string_view text;  // of the program
};

/// The value of a part of the program. What it borrows lives in the scope or in the program.
Outcome<Value> evaluate(const Node& node, const Evaluation& evaluation);

/// The value of a program that stands at byte `begin` of its string.
Outcome<Value> evaluate_program(const Program& program, std::size_t begin, const Scope& scope,
                                Run& run);

/// The value of an expression, parsed at most once in a run.
Outcome<Value> evaluate_source(const std::string& expression, const Scope& scope, Run& run);

// The parts of `evaluate`, each in its own file.
Outcome<Value> evaluate_infix(const Node& node, const Evaluation& evaluation);
Outcome<Value> evaluate_property(const Node& node, const Evaluation& evaluation);
Outcome<Value> evaluate_index(const Node& node, const Evaluation& evaluation);
Outcome<Value> evaluate_slice(const Node& node, const Evaluation& evaluation);

/// A fault of kind `interpreter` at the node.
tl::unexpected<Fault> node_fault(const Node& node, std::string message);
/// The same, with a hint where `operand` is a "-x" or "!x" that the language groups otherwise than
/// one would think.
tl::unexpected<Fault> operand_fault(const Node& node, const Node& operand, std::string message);

}  // namespace jsone
