// SPDX-License-Identifier: Apache-2.0
#include "jsone/builtins.hpp"

#include <array>
#include <string>

#include "jsone/moment.hpp"
#include "jsone/text.hpp"

namespace jsone {

namespace {

struct Entry {
  std::string_view name;
  Builtin function;
};

constexpr std::array<Entry, 20> builtins = {{
    {"abs", builtin_abs},          {"ceil", builtin_ceil},
    {"defined", builtin_defined},  {"floor", builtin_floor},
    {"fromNow", builtin_from_now}, {"join", builtin_join},
    {"len", builtin_len},          {"lowercase", builtin_lowercase},
    {"lstrip", builtin_lstrip},    {"max", builtin_max},
    {"min", builtin_min},          {"number", builtin_number},
    {"range", builtin_range},      {"rstrip", builtin_rstrip},
    {"split", builtin_split},      {"sqrt", builtin_sqrt},
    {"str", builtin_str},          {"strip", builtin_strip},
    {"typeof", builtin_typeof},    {"uppercase", builtin_uppercase},
}};

Json all_builtins() {
  Json names = Json::object();
  for (std::size_t number = 0; number < builtins.size(); ++number) {
    names.emplace(builtins.at(number).name, function_value(number));
  }
  return names;
}

}  // namespace

const std::string& Call::text(std::size_t at) const {
  return (*this)[at].get_ref<const std::string&>();
}

const Json& builtin_names() {
  static const Json names = all_builtins();
  return names;
}

std::size_t builtin_count() { return builtins.size(); }

Outcome<Json> call_builtin(std::size_t number, std::span<const Value> arguments, const Scope& scope,
                           Budget& budget) {
  const Entry& entry = builtins.at(number);
  return entry.function({entry.name, arguments, scope, budget});
}

tl::unexpected<Fault> invalid_arguments(const Call& call, std::string_view detail) {
  std::string message = "invalid arguments to builtin: " + std::string(call.name);
  if (!detail.empty()) {
    message.append(": ").append(detail);
  }
  return expression_fault(ErrorKind::builtin, std::move(message), 0);
}

Outcome<Json> builtin_str(const Call& call) {
  const bool scalar =
      call.arguments.size() == 1 && !call[0].is_structured() && !call[0].is_binary();
  if (!scalar) {
    return invalid_arguments(call);
  }
  return Json(scalar_text(call[0]));
}

Outcome<Json> builtin_len(const Call& call) {
  if (call.arguments.size() == 1 && call[0].is_array()) {
    return Json(call[0].size());
  }
  if (call.arguments.size() != 1 || !call[0].is_string()) {
    return invalid_arguments(call);
  }
  JSONE_TRY(call.budget.step(call.text(0).size() / 4));
  return Json(code_point_count(call.text(0)));
}

Outcome<Json> builtin_typeof(const Call& call) {
  if (call.arguments.size() != 1) {
    return invalid_arguments(call);
  }
  return Json(type_name(call[0]));
}

Outcome<Json> builtin_defined(const Call& call) {
  if (call.arguments.size() != 1 || !call[0].is_string()) {
    return invalid_arguments(call);
  }
  return Json(call.scope.find(call.text(0)) != nullptr);
}

Outcome<Json> builtin_from_now(const Call& call) {
  if (call.arguments.empty()) {
    return invalid_arguments(call, "expected at least 1 arguments");
  }
  for (const Value& argument : call.arguments) {
    if (!argument->is_string() || call.arguments.size() > 2) {
      return invalid_arguments(call);
    }
  }
  const bool has_reference = call.arguments.size() == 2 && !call.text(1).empty();
  auto moment = from_now(call.text(0), has_reference ? &call[1] : call.scope.find("now"));
  if (!moment) {
    return invalid_arguments(call, moment.error());
  }
  return Json(*std::move(moment));
}

}  // namespace jsone
