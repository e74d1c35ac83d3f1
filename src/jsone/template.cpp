// SPDX-License-Identifier: Apache-2.0
#include "jsone/template.hpp"

#include <utility>

#include "jsone/interpreter.hpp"
#include "jsone/operators.hpp"
#include "jsone/text.hpp"

namespace jsone {

namespace {

Outcome<std::string> piece_text(const Piece& piece, const Scope& scope, Run& run) {
  const Program& program = *piece.program;
  const Value value = JSONE_TRY(evaluate_program(program, piece.begin, scope, run));
  if (value->is_structured() || value->is_binary()) {
    auto fault = template_fault("interpolation of '" + program.text + "' produced " +
                                (value->is_binary() ? "a function" : "an array or object"));
    return failed(in_expression(std::move(fault.value()), program.text, piece.begin));
  }
  return value->is_null() ? std::string() : scalar_text(*value);
}

Outcome<Rendered> render_string(const std::string& text, const Scope& scope, Run& run) {
  auto result = JSONE_TRY(interpolate(text, scope, run));
  return Rendered(std::move(result));
}

Outcome<Rendered> render_list(const Json& tmpl, const Scope& scope, Run& run) {
  JSONE_TRY(run.budget.bytes(tmpl.size() * sizeof(Json)));
  Json::array_t items;
  items.reserve(tmpl.size());
  for (std::size_t at = 0; at < tmpl.size(); ++at) {
    auto item = render_value(tmpl[at], scope, run);
    if (!item) {
      return failed(below_index(std::move(item).error(), at));
    }
    if (item->has_value()) {
      items.push_back(std::move(**item));
    }
  }
  return Rendered(std::move(items));
}

tl::unexpected<Fault> reserved_key(const std::string& key) {
  auto fault = template_fault("$<identifier> is reserved; use $$<identifier>");
  fault.value()->missing_name = key;
  fault.value()->known_names = operator_names();
  return fault;
}

Outcome<std::string> render_key(const std::string& key, const Scope& scope, Run& run) {
  if (key.substr(0, 2) == "$$") {
    return key.substr(1);
  }
  if (key.substr(0, 1) == "$" && is_identifier(std::string_view(key).substr(1))) {
    return reserved_key(key);
  }
  return interpolate(key, scope, run);
}

Outcome<Rendered> render_entries(const Json& tmpl, const Scope& scope, Run& run) {
  Json::object_t entries;
  for (const auto& [key, inner] : tmpl.get_ref<const Json::object_t&>()) {
    auto name = render_key(key, scope, run);
    if (!name) {
      Fault fault = below_operand(std::move(name).error(), key);
      fault->in_key = true;
      return failed(std::move(fault));
    }
    auto value = render_value(inner, scope, run);
    if (!value) {
      return failed(below_key(std::move(value).error(), key, *name));
    }
    if (value->has_value()) {
      JSONE_TRY(run.budget.bytes(name->size() + sizeof(std::string) + sizeof(Json)));
      entries.insert_or_assign(entries.end(), *std::move(name), std::move(**value));
    }
  }
  return Rendered(std::move(entries));
}

Outcome<Rendered> render_object(const Json& tmpl, const Scope& scope, Run& run) {
  Operator found = nullptr;
  for (const auto& [key, inner] : tmpl.get_ref<const Json::object_t&>()) {
    const Operator here = find_operator(key);
    if (here != nullptr && found != nullptr) {
      return template_fault("only one operator allowed");
    }
    found = here != nullptr ? here : found;
  }
  return found != nullptr ? found(tmpl, scope, run) : render_entries(tmpl, scope, run);
}

}  // namespace

Outcome<std::string> interpolate(const std::string& text, const Scope& scope, Run& run) {
  if (text.find("${") == std::string::npos) {
    JSONE_TRY(run.budget.bytes(text.size()));
    return text;
  }
  const auto* const pieces = JSONE_TRY(run.programs.pieces(text));
  std::string result;
  for (const Piece& piece : *pieces) {
    JSONE_TRY(run.budget.bytes(piece.text.size()));
    result += piece.text;
    if (piece.program) {
      const std::string value = JSONE_TRY(piece_text(piece, scope, run));
      JSONE_TRY(run.budget.bytes(value.size()));
      result += value;
    }
  }
  return result;
}

Outcome<Rendered> render_value(const Json& tmpl, const Scope& scope, Run& run) {
  const Level level(run.budget);
  JSONE_TRY(level.check());
  JSONE_TRY(run.budget.step());
  if (tmpl.is_string()) {
    return render_string(tmpl.get_ref<const std::string&>(), scope, run);
  }
  if (tmpl.is_array()) {
    return render_list(tmpl, scope, run);
  }
  if (tmpl.is_object()) {
    return render_object(tmpl, scope, run);
  }
  return Rendered(tmpl);
}

}  // namespace jsone
