// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "util/schema_compiled.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

std::string unescaped(std::string_view step) {
  std::string out;
  for (std::size_t i = 0; i < step.size(); ++i) {
    if (step[i] == '~' && i + 1 < step.size()) {
      out += step[++i] == '1' ? '/' : '~';
    } else {
      out += step[i];
    }
  }
  return out;
}

bool is_number(std::string_view step) {
  return !step.empty() && step.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view type_name(std::string_view type) {
  if (type == "object") {
    return "a map";
  }
  if (type == "array") {
    return "a list";
  }
  if (type == "integer") {
    return "an integer";
  }
  if (type == "boolean") {
    return "true or false";
  }
  if (type == "null") {
    return "null";
  }
  return type == "string" ? "a string" : "a number";
}

}  // namespace

std::string dotted_name(std::string_view pointer, std::string_view whole) {
  std::string out;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view step = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(step.size());
    if (is_number(step) && !out.empty()) {
      out += "[" + std::string(step) + "]";
    } else {
      out += (out.empty() ? "" : ".") + unescaped(step);
    }
  }
  return out.empty() ? std::string(whole) : out;
}

std::string described(const Json& value) {
  constexpr std::size_t widest = 60;
  switch (value.type()) {
    case Json::value_t::string:
      return "the string " + elided(dump(value), widest);
    case Json::value_t::object:
      return "a map";
    case Json::value_t::array:
      return "a list";
    case Json::value_t::boolean:
    case Json::value_t::null:
      return dump(value);
    default:
      return "the number " + dump(value);
  }
}

std::string type_names(const Json& type) {
  if (type.is_string()) {
    return std::string(type_name(type.get_ref<const std::string&>()));
  }
  std::string out;
  for (std::size_t i = 0; i < type.size(); ++i) {
    out += i == 0 ? "" : i + 1 == type.size() ? " or " : ", ";
    out += type_name(type[i].get_ref<const std::string&>());
  }
  return out;
}

bool has_type(const Json& value, std::string_view type) {
  if (type == "object") {
    return value.is_object();
  }
  if (type == "array") {
    return value.is_array();
  }
  if (type == "string") {
    return value.is_string();
  }
  if (type == "boolean") {
    return value.is_boolean();
  }
  if (type == "null") {
    return value.is_null();
  }
  if (type == "number") {
    return value.is_number();
  }
  return value.is_number_integer() ||
         (value.is_number_float() && std::trunc(value.get<double>()) == value.get<double>());
}

const Json* resolve_reference(const Json& root, std::string_view reference) {
  if (!reference.starts_with('#')) {
    return nullptr;
  }
  const Json* at = &root;
  for (std::string_view rest = reference.substr(1); !rest.empty();) {
    if (rest.front() != '/' || !at->is_object()) {
      return nullptr;
    }
    const std::string_view step = rest.substr(1, rest.find('/', 1) - 1);
    const auto found = at->find(unescaped(step));
    if (found == at->end()) {
      return nullptr;
    }
    at = &*found;
    rest.remove_prefix(step.size() + 1);
  }
  return at;
}

std::string pointer_to(std::string_view pointer, std::string_view key) {
  std::string out(pointer);
  out += '/';
  for (const char c : key) {
    out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return out;
}

}  // namespace dpctl
