// SPDX-License-Identifier: Apache-2.0
#include "jsone/interpreter.hpp"

#include <utility>
#include <vector>

#include "jsone/builtins.hpp"
#include "jsone/number.hpp"
#include "jsone/token.hpp"

namespace jsone {

namespace {

Outcome<Value> evaluate_name(const Node& node, const Evaluation& evaluation) {
  const auto& name = node.literal.get_ref<const std::string&>();
  if (const Json* const value = evaluation.scope.find(name)) {
    return Value::borrowed(*value);
  }
  auto fault = node_fault(node, "unknown context value " + name);
  fault.value()->missing_name = name;
  fault.value()->known_names = evaluation.scope.names();
  return fault;
}

Outcome<Value> evaluate_list(const Node& node, const Evaluation& evaluation) {
  Json::array_t items;
  for (const Node& child : node.children) {
    auto item = JSONE_TRY(evaluate(child, evaluation));
    items.push_back(JSONE_TRY(Value::owned(std::move(item), evaluation.run.budget)));
  }
  JSONE_TRY(evaluation.run.budget.bytes(items.size() * sizeof(Json)));
  return Value(Json(std::move(items)));
}

Outcome<Value> evaluate_object(const Node& node, const Evaluation& evaluation) {
  Json::object_t entries;
  for (std::size_t at = 0; at < node.keys.size(); ++at) {
    auto item = JSONE_TRY(evaluate(node.children[at], evaluation));
    JSONE_TRY(evaluation.run.budget.bytes(node.keys[at].size() + sizeof(Json)));
    entries[node.keys[at]] = JSONE_TRY(Value::owned(std::move(item), evaluation.run.budget));
  }
  return Value(Json(std::move(entries)));
}

Outcome<Value> evaluate_negation(const Node& node, const Evaluation& evaluation) {
  const Value operand = JSONE_TRY(evaluate(node.children.front(), evaluation));
  if (node.op == TokenKind::logical_not) {
    return Value(Json(!is_truthy(*operand)));
  }
  if (!operand->is_number()) {
    return operand_fault(node, node,
                         "unary " + std::string(token_name(node.op)) + " expects number");
  }
  return Value(node.op == TokenKind::plus ? *operand : negated(*operand).value_or(*operand));
}

std::string shown(const Json& json) {
  return json.is_structured() ? "a value of type " + std::string(type_name(json))
                              : scalar_text(json);
}

Outcome<Value> evaluate_call(const Node& node, const Evaluation& evaluation) {
  const Node& callee = node.children.front();
  const Value function = JSONE_TRY(evaluate(callee, evaluation));
  const auto number = function_number(*function);
  if (!number || *number >= builtin_count()) {
    return operand_fault(node, callee, shown(*function) + " is not callable");
  }
  std::vector<Value> arguments;
  for (std::size_t at = 1; at < node.children.size(); ++at) {
    arguments.push_back(JSONE_TRY(evaluate(node.children[at], evaluation)));
  }
  auto result = call_builtin(*number, arguments, evaluation.scope, evaluation.run.budget);
  if (!result) {
    result.error()->offset = node.offset;
    return failed(std::move(result).error());
  }
  return Value(*std::move(result));
}

}  // namespace

tl::unexpected<Fault> node_fault(const Node& node, std::string message) {
  return expression_fault(ErrorKind::interpreter, std::move(message), node.offset);
}

tl::unexpected<Fault> operand_fault(const Node& node, const Node& operand, std::string message) {
  auto fault = node_fault(node, std::move(message));
  const bool surprising =
      operand.kind == NodeKind::negation && operand.children.front().kind == NodeKind::name;
  if (surprising) {
    const std::string sign(token_name(operand.op));
    fault.value()->hint = "in JSON-e '" + sign + "' binds tighter than '.', '[' and '('; write " +
                          sign + "(…) around what follows it";
  }
  return fault;
}

Outcome<Value> evaluate(const Node& node, const Evaluation& evaluation) {
  const Level level(evaluation.run.budget);
  JSONE_TRY(level.check());
  JSONE_TRY(evaluation.run.budget.step());
  switch (node.kind) {
    case NodeKind::literal:
    case NodeKind::nothing:
      return Value::borrowed(node.literal);
    case NodeKind::name:
      return evaluate_name(node, evaluation);
    case NodeKind::list:
      return evaluate_list(node, evaluation);
    case NodeKind::object:
      return evaluate_object(node, evaluation);
    case NodeKind::negation:
      return evaluate_negation(node, evaluation);
    case NodeKind::infix:
      return evaluate_infix(node, evaluation);
    case NodeKind::property:
      return evaluate_property(node, evaluation);
    case NodeKind::index:
      return evaluate_index(node, evaluation);
    case NodeKind::slice:
      return evaluate_slice(node, evaluation);
    case NodeKind::call:
      return evaluate_call(node, evaluation);
  }
  return Value::borrowed(node.literal);
}

Outcome<Value> evaluate_program(const Program& program, std::size_t begin, const Scope& scope,
                                Run& run) {
  auto result = evaluate(program.root, {scope, run, program.text});
  if (!result) {
    return failed(in_expression(std::move(result).error(), program.text, begin));
  }
  return result;
}

Outcome<Value> evaluate_source(const std::string& expression, const Scope& scope, Run& run) {
  const Program* const program = JSONE_TRY(run.programs.expression(expression));
  return evaluate_program(*program, 0, scope, run);
}

}  // namespace jsone
