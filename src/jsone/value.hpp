// SPDX-License-Identifier: Apache-2.0
// What an expression gives: JSON, or a function of the language, either its own or borrowed from a
// context.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "jsone/budget.hpp"

namespace jsone {

/// A value that may still lie in a context, a template or a program, so that `values.a.b` copies
/// nothing. What it is borrowed from must outlive it.
class Value {
 public:
  explicit Value(Json own) : own_(std::move(own)) {}
  static Value borrowed(const Json& json);

  const Json& operator*() const { return borrowed_ != nullptr ? *borrowed_ : own_; }
  const Json* operator->() const { return &**this; }

  /// The value of its own, copied (and counted) where it is borrowed.
  static Outcome<Json> owned(Value value, Budget& budget);
  /// The part of `value` that `part` refers to: borrowed as the whole is, or moved out of it.
  static Value part_of(Value value, const Json& part);

 private:
  Json own_;
  const Json* borrowed_ = nullptr;
};

/// What a template gives: nothing at all where an operator deletes its place.
using Rendered = std::optional<Json>;

/// A builtin as a value. JSON knows no binary strings, so they stand for functions here.
Json function_value(std::size_t number);
/// The number of the builtin, or nullopt for every other value.
std::optional<std::size_t> function_number(const Json& json);

bool is_truthy(const Json& json);
/// "string", "number", "boolean", "array", "object", "null", "function".
std::string_view type_name(const Json& json);
/// A string, number, boolean or null as text.
std::string scalar_text(const Json& json);

/// Deep equality; numbers are equal by value.
Outcome<bool> are_equal(const Json& left, const Json& right, Budget& budget);
/// Whether a function lies anywhere in `json`.
Outcome<bool> holds_function(const Json& json, Budget& budget);

}  // namespace jsone
