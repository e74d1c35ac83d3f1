// SPDX-License-Identifier: Apache-2.0
#include "profile/evaluate.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "jsone/jsone.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

constexpr std::size_t shown_bytes = 120;  // of an expression, so that a message stays one line
constexpr std::size_t shown_names = 12;

bool is_missing_something(const jsone::Error& error) {
  return error.kind == jsone::ErrorKind::interpreter && !error.missing_name.empty();
}

std::string shown(const std::string& expression) {
  std::string line(trimmed(expression));
  for (char& letter : line) {
    letter = letter == '\n' || letter == '\r' || letter == '\t' ? ' ' : letter;
  }
  return elided(line, shown_bytes);
}

/// The expression in brackets, unless `known` says it already.
std::string expression_note(const jsone::Error& error, const std::string& known) {
  const std::string expression = shown(error.expression);
  return expression.empty() || expression == known ? "" : fmt::format(" (in '{}')", expression);
}

std::string missing_text(const jsone::Error& error) {
  const bool is_variable = error.missing_from.empty();
  const std::string suggestion = did_you_mean(error.missing_name, error.known_names);
  const std::string known =
      is_variable ? error.missing_name : error.missing_from + "." + error.missing_name;
  return fmt::format("no '{}' in {}{}{}", error.missing_name,
                     is_variable ? "the context" : shown(error.missing_from),
                     expression_note(error, known), suggestion);
}

std::string message_of(const jsone::Error& error) {
  if (is_missing_something(error)) {
    return missing_text(error);
  }
  return error.message + expression_note(error, "") +
         did_you_mean(error.missing_name, error.known_names);
}

/// What there is, where no name of it is near enough to be suggested.
std::string hint_of(const jsone::Error& error) {
  const bool needs_names = is_missing_something(error) && !error.known_names.empty() &&
                           nearest(error.missing_name, error.known_names).empty();
  if (!needs_names) {
    return error.hint;
  }
  const std::size_t count = std::min(error.known_names.size(), shown_names);
  const std::vector<std::string> names(
      error.known_names.begin(), error.known_names.begin() + static_cast<std::ptrdiff_t>(count));
  return fmt::format("{} has {}{}",
                     error.missing_from.empty() ? "the context" : shown(error.missing_from),
                     join(names, ", "), count < error.known_names.size() ? ", …" : "");
}

Error to_dpctl(const jsone::Error& error, SourcePos where) {
  Error result = make_error(ExitCode::invalid_input, message_of(error), hint_of(error));
  result.where = std::move(where);
  return result;
}

}  // namespace

Result<std::optional<Json>> evaluate(const YamlDocument& document, const Json& context) {
  auto outcome = jsone::render(document.value, context);
  if (!outcome) {
    return fail(to_dpctl(outcome.error(), document.position(outcome.error().pointer)));
  }
  const bool is_nothing = !outcome->has_value() || (*outcome)->is_null();
  return is_nothing ? std::optional<Json>() : *std::move(outcome);
}

Result<Json> evaluate_expression(std::string_view expression, const Json& context,
                                 const SourcePos& where) {
  auto outcome = jsone::evaluate_expression(expression, context);
  if (!outcome) {
    return fail(to_dpctl(outcome.error(), where));
  }
  return *std::move(outcome);
}

bool holds(std::string_view expression, const Json& object, const SourcePos& where) {
  const auto value = evaluate_expression(expression, {{"object", object}}, where);
  return value && value->is_boolean() && value->get<bool>();
}

}  // namespace dpctl
