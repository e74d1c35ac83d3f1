// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <utility>

#include "jsone/interpreter.hpp"
#include "jsone/number.hpp"
#include "jsone/token.hpp"

namespace jsone {

namespace {

tl::unexpected<Fault> operands_fault(const Node& node, const std::string& expected) {
  const std::string op(token_name(node.op));
  std::string message = "infix: ";
  message.append(op).append(" expects ").append(expected).append(" ").append(op);
  return node_fault(node, message.append(" ").append(expected));
}

Outcome<Value> evaluate_logic(const Node& node, const Evaluation& evaluation) {
  const Value left = JSONE_TRY(evaluate(node.children[0], evaluation));
  const bool decided = node.op == TokenKind::logical_or;
  if (is_truthy(*left) == decided) {
    return Value(Json(decided));
  }
  const Value right = JSONE_TRY(evaluate(node.children[1], evaluation));
  return Value(Json(is_truthy(*right)));
}

Outcome<Value> calculate(const Node& node, const Json& left, const Json& right) {
  if (!left.is_number() || !right.is_number()) {
    return operands_fault(node, node.op == TokenKind::plus ? "numbers/strings" : "number");
  }
  const bool divides_by_zero = (node.op == TokenKind::divide && right == 0) ||
                               (node.op == TokenKind::power && left == 0 && less(right, Json(0)));
  if (divides_by_zero) {
    return node_fault(node, "division by zero");
  }
  auto result = arithmetic(node.op, left, right);
  if (!result) {
    return node_fault(
        node, "infix: " + std::string(token_name(node.op)) + " gives no number that JSON can hold");
  }
  return Value(*std::move(result));
}

Outcome<Value> add(const Node& node, const Json& left, const Json& right, Budget& budget) {
  if (!left.is_string() || !right.is_string()) {
    return calculate(node, left, right);
  }
  const auto& first = left.get_ref<const std::string&>();
  const auto& second = right.get_ref<const std::string&>();
  JSONE_TRY(budget.bytes(first.size() + second.size()));
  return Value(Json(first + second));
}

/// `left < right` for two numbers or two strings, which sort by code point.
bool is_less(const Json& left, const Json& right) {
  if (left.is_string()) {
    return left.get_ref<const std::string&>() < right.get_ref<const std::string&>();
  }
  return less(left, right);
}

Outcome<Value> compare(const Node& node, const Json& left, const Json& right, Budget& budget) {
  const bool comparable =
      (left.is_number() && right.is_number()) || (left.is_string() && right.is_string());
  if (!comparable) {
    return operands_fault(node, "numbers/strings");
  }
  if (left.is_string()) {
    JSONE_TRY(budget.step(left.get_ref<const std::string&>().size() / 64));
  }
  switch (node.op) {
    case TokenKind::less:
      return Value(Json(is_less(left, right)));
    case TokenKind::greater:
      return Value(Json(is_less(right, left)));
    case TokenKind::at_most:
      return Value(Json(!is_less(right, left)));
    default:
      return Value(Json(!is_less(left, right)));
  }
}

Outcome<bool> list_holds(const Json& list, const Json& wanted, Budget& budget) {
  for (const Json& item : list) {
    const bool same = JSONE_TRY(are_equal(item, wanted, budget));
    if (same) {
      return true;
    }
  }
  return false;
}

Outcome<Value> contained(const Node& node, const Json& left, const Json& right, Budget& budget) {
  if (right.is_array()) {
    const bool found = JSONE_TRY(list_holds(right, left, budget));
    return Value(Json(found));
  }
  if (!right.is_object() && !right.is_string()) {
    return node_fault(node, "infix: in expects Array, string, or object on right side");
  }
  if (!left.is_string()) {
    return node_fault(node, right.is_object() ? "infix: in-object expects string on left side"
                                              : "infix: in-string expects string on left side");
  }
  const auto& wanted = left.get_ref<const std::string&>();
  if (right.is_object()) {
    return Value(Json(right.contains(wanted)));
  }
  const auto& text = right.get_ref<const std::string&>();
  // A search may look at every byte of the text once for every byte of what is wanted.
  JSONE_TRY(budget.step(text.size() / 64 * (wanted.size() / 64 + 1)));
  return Value(Json(text.find(wanted) != std::string::npos));
}

}  // namespace

Outcome<Value> evaluate_infix(const Node& node, const Evaluation& evaluation) {
  if (node.op == TokenKind::logical_or || node.op == TokenKind::logical_and) {
    return evaluate_logic(node, evaluation);
  }
  Budget& budget = evaluation.run.budget;
  const Value left = JSONE_TRY(evaluate(node.children[0], evaluation));
  const Value right = JSONE_TRY(evaluate(node.children[1], evaluation));
  switch (node.op) {
    case TokenKind::equal:
    case TokenKind::unequal: {
      const bool same = JSONE_TRY(are_equal(*left, *right, budget));
      return Value(Json(same == (node.op == TokenKind::equal)));
    }
    case TokenKind::less:
    case TokenKind::greater:
    case TokenKind::at_most:
    case TokenKind::at_least:
      return compare(node, *left, *right, budget);
    case TokenKind::in:
      return contained(node, *left, *right, budget);
    case TokenKind::plus:
      return add(node, *left, *right, budget);
    default:
      return calculate(node, *left, *right);
  }
}

}  // namespace jsone
