// SPDX-License-Identifier: Apache-2.0
#include "jsone/value.hpp"

#include <algorithm>
#include <cstdint>

#include "jsone/number.hpp"

namespace jsone {

namespace {

Outcome<> count_copy(const Json& json, Budget& budget) {
  const Level level(budget);
  JSONE_TRY(level.check());
  JSONE_TRY(budget.step());
  JSONE_TRY(budget.bytes(sizeof(Json)));
  if (json.is_string()) {
    return budget.bytes(json.get_ref<const std::string&>().size());
  }
  if (json.is_array()) {
    for (const Json& item : json) {
      JSONE_TRY(count_copy(item, budget));
    }
  } else if (json.is_object()) {
    for (const auto& [key, item] : json.get_ref<const Json::object_t&>()) {
      JSONE_TRY(budget.bytes(key.size() + sizeof(std::string)));
      JSONE_TRY(count_copy(item, budget));
    }
  }
  return {};
}

Outcome<bool> equal_items(const Json& left, const Json& right, Budget& budget) {
  auto other = right.begin();
  for (const Json& item : left) {
    const bool same = JSONE_TRY(are_equal(item, *other, budget));
    if (!same) {
      return false;
    }
    ++other;
  }
  return true;
}

Outcome<bool> equal_entries(const Json& left, const Json& right, Budget& budget) {
  auto other = right.begin();
  for (const auto& [key, item] : left.get_ref<const Json::object_t&>()) {
    const bool same = key == other.key() && JSONE_TRY(are_equal(item, *other, budget));
    if (!same) {
      return false;
    }
    ++other;
  }
  return true;
}

}  // namespace

Value Value::borrowed(const Json& json) {
  Value value(nullptr);
  value.borrowed_ = &json;
  return value;
}

Outcome<Json> Value::owned(Value value, Budget& budget) {
  if (value.borrowed_ == nullptr) {
    return std::move(value.own_);
  }
  JSONE_TRY(count_copy(*value.borrowed_, budget));
  return *value.borrowed_;
}

Value Value::part_of(Value value, const Json& part) {
  if (value.borrowed_ != nullptr) {
    return borrowed(part);
  }
  // The part lies in a Json that this function owns, so that it may be emptied.
  return Value(
      std::move(const_cast<Json&>(part)));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
}

Json function_value(std::size_t number) { return Json::binary({}, number); }

std::optional<std::size_t> function_number(const Json& json) {
  if (!json.is_binary() || !json.get_binary().has_subtype()) {
    return std::nullopt;
  }
  return json.get_binary().subtype();
}

bool is_truthy(const Json& json) {
  switch (json.type()) {
    case Json::value_t::boolean:
      return json.get<bool>();
    case Json::value_t::string:
      return !json.get_ref<const std::string&>().empty();
    case Json::value_t::array:
    case Json::value_t::object:
      return !json.empty();
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
      return json != 0;
    case Json::value_t::binary:
      return true;
    default:
      return false;
  }
}

std::string_view type_name(const Json& json) {
  return json.is_binary() ? "function" : std::string_view(json.type_name());
}

std::string scalar_text(const Json& json) {
  if (json.is_string()) {
    return json.get<std::string>();
  }
  if (json.is_number()) {
    return number_text(json);
  }
  if (json.is_boolean()) {
    return json.get<bool>() ? "true" : "false";
  }
  return "null";
}

Outcome<bool> are_equal(const Json& left, const Json& right, Budget& budget) {
  const Level level(budget);
  JSONE_TRY(level.check());
  JSONE_TRY(budget.step());
  if (left.is_array() && right.is_array()) {
    return left.size() == right.size() ? equal_items(left, right, budget) : Outcome<bool>(false);
  }
  if (left.is_object() && right.is_object()) {
    return left.size() == right.size() ? equal_entries(left, right, budget) : Outcome<bool>(false);
  }
  if (left.is_string() && right.is_string()) {
    JSONE_TRY(budget.step(left.get_ref<const std::string&>().size() / 64));
  }
  return left == right;
}

Outcome<bool> holds_function(const Json& json, Budget& budget) {
  if (!json.is_structured()) {
    return json.is_binary();
  }
  const Level level(budget);
  JSONE_TRY(level.check());
  JSONE_TRY(budget.step());
  for (const Json& item : json) {
    const bool found = JSONE_TRY(holds_function(item, budget));
    if (found) {
      return true;
    }
  }
  return false;
}

}  // namespace jsone
