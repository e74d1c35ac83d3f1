// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "jsone/interpreter.hpp"
#include "jsone/number.hpp"
#include "jsone/text.hpp"

namespace jsone {

namespace {

constexpr std::string_view only_indexable = "infix: \"[..]\" expects object, array, or string";

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.get_ref<const Json::object_t&>()) {
    keys.push_back(key);
  }
  return keys;
}

/// The source of `node`, where `end` is the place of the token after it.
std::string source_of(const Node& node, std::size_t end, std::string_view text) {
  const std::string_view source = text.substr(node.begin, end - node.begin);
  return std::string(without_trailing_space(source.substr(0, source.rfind('.'))));
}

/// Counts the characters of a list or string, and the work of doing so.
Outcome<std::size_t> length_of(const Json& value, Budget& budget) {
  if (value.is_array()) {
    return value.size();
  }
  const auto& text = value.get_ref<const std::string&>();
  JSONE_TRY(budget.step(text.size() / 4));
  return code_point_count(text);
}

Outcome<Value> item_at(const Node& node, Value target, const Json& index, Budget& budget) {
  const auto number = integer_of(index);
  if (!number) {
    return node_fault(node, "should only use integers to access arrays or strings");
  }
  const auto length = static_cast<std::int64_t>(JSONE_TRY(length_of(*target, budget)));
  if (*number >= length || *number < -length) {
    return node_fault(node, "index out of bounds");
  }
  const auto at = static_cast<std::size_t>(*number < 0 ? *number + length : *number);
  if (target->is_array()) {
    const Json& item = (*target)[at];
    return Value::part_of(std::move(target), item);
  }
  return Value(Json(code_points(target->get_ref<const std::string&>(), at, at + 1)));
}

/// A bound of a slice as a number of items from the beginning, or nullopt where it is no integer.
std::optional<std::size_t> slice_bound(const Json& bound, std::size_t length) {
  const auto number = integer_of(bound);
  if (!number) {
    return std::nullopt;
  }
  const auto size = static_cast<std::int64_t>(length);
  const std::int64_t from_begin =
      *number < 0 ? std::max<std::int64_t>(*number, -size) + size : *number;
  return static_cast<std::size_t>(std::min(from_begin, size));
}

Outcome<Json> sliced(const Json& value, std::size_t first, std::size_t last, Budget& budget) {
  if (value.is_string()) {
    const auto part = code_points(value.get_ref<const std::string&>(), first, last);
    JSONE_TRY(budget.bytes(part.size()));
    return Json(part);
  }
  Json::array_t items;
  for (std::size_t at = first; at < last; ++at) {
    items.push_back(JSONE_TRY(Value::owned(Value::borrowed(value[at]), budget)));
  }
  return Json(std::move(items));
}

}  // namespace

Outcome<Value> evaluate_property(const Node& node, const Evaluation& evaluation) {
  const Node& left = node.children.front();
  Value target = JSONE_TRY(evaluate(left, evaluation));
  if (!target->is_object()) {
    return operand_fault(node, left, "infix: . expects objects");
  }
  const auto& name = node.literal.get_ref<const std::string&>();
  const auto found = target->find(name);
  if (found == target->end()) {
    auto fault = node_fault(node, "object has no property \"" + name + "\"");
    fault.value()->missing_name = name;
    fault.value()->missing_from = source_of(left, node.offset, evaluation.text);
    fault.value()->known_names = keys_of(*target);
    return fault;
  }
  const Json& part = *found;  // an iterator is of no use once its object has moved
  return Value::part_of(std::move(target), part);
}

Outcome<Value> evaluate_index(const Node& node, const Evaluation& evaluation) {
  Value target = JSONE_TRY(evaluate(node.children[0], evaluation));
  const Value index = JSONE_TRY(evaluate(node.children[1], evaluation));
  if (target->is_array() || target->is_string()) {
    return item_at(node, std::move(target), *index, evaluation.run.budget);
  }
  if (!target->is_object()) {
    return operand_fault(node, node.children[0], std::string(only_indexable));
  }
  if (!index->is_string()) {
    return node_fault(node, "object keys must be strings");
  }
  const auto found = target->find(index->get_ref<const std::string&>());
  if (found == target->end()) {
    return Value(Json(nullptr));
  }
  const Json& part = *found;  // an iterator is of no use once its object has moved
  return Value::part_of(std::move(target), part);
}

Outcome<Value> evaluate_slice(const Node& node, const Evaluation& evaluation) {
  Budget& budget = evaluation.run.budget;
  const Value target = JSONE_TRY(evaluate(node.children[0], evaluation));
  const Value first = JSONE_TRY(evaluate(node.children[1], evaluation));
  const Value last = JSONE_TRY(evaluate(node.children[2], evaluation));
  if (!target->is_array() && !target->is_string()) {
    return operand_fault(node, node.children[0], std::string(only_indexable));
  }
  const std::size_t length = JSONE_TRY(length_of(*target, budget));
  const bool from_begin = node.children[1].kind == NodeKind::nothing;
  const bool to_end = node.children[2].kind == NodeKind::nothing;
  const auto begin = from_begin ? std::optional<std::size_t>(0) : slice_bound(*first, length);
  const auto end = to_end ? std::optional(length) : slice_bound(*last, length);
  if (!begin || !end) {
    return node_fault(node, "cannot perform interval access with non-integers");
  }
  auto part = JSONE_TRY(sliced(*target, *begin, std::max(*begin, *end), budget));
  return Value(std::move(part));
}

}  // namespace jsone
