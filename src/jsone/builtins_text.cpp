// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include "jsone/builtins.hpp"
#include "jsone/letter_case.hpp"
#include "jsone/text.hpp"

namespace jsone {

namespace {

using View = std::string_view (*)(std::string_view text);
using Change = std::string (*)(std::string_view text);

bool takes_one_string(const Call& call) {
  return call.arguments.size() == 1 && call[0].is_string();
}

Outcome<Json> stripped(const Call& call, View strip) {
  if (!takes_one_string(call)) {
    return invalid_arguments(call);
  }
  JSONE_TRY(call.budget.bytes(call.text(0).size()));
  return Json(strip(call.text(0)));
}

Outcome<Json> changed(const Call& call, Change change) {
  if (!takes_one_string(call)) {
    return invalid_arguments(call);
  }
  const std::size_t size = call.text(0).size();
  JSONE_TRY(call.budget.step(size));
  JSONE_TRY(call.budget.bytes(32 * size));  // a list of the letters, and some grow to three
  return Json(change(call.text(0)));
}

bool is_joinable(const Json& json) { return !json.is_structured() && !json.is_binary(); }

bool is_separator(const Json& json) { return json.is_string() || json.is_number(); }

Outcome<Json> split_letters(const Call& call) {
  const std::string& text = call.text(0);
  JSONE_TRY(call.budget.bytes(text.size() * 3 * sizeof(Json)));
  Json::array_t letters;
  for (const std::string_view letter : each_code_point(text)) {
    letters.emplace_back(letter);
  }
  return Json(std::move(letters));
}

}  // namespace

Outcome<Json> builtin_lowercase(const Call& call) { return changed(call, lowercase); }

Outcome<Json> builtin_uppercase(const Call& call) { return changed(call, uppercase); }

Outcome<Json> builtin_lstrip(const Call& call) { return stripped(call, without_leading_space); }

Outcome<Json> builtin_rstrip(const Call& call) { return stripped(call, without_trailing_space); }

Outcome<Json> builtin_strip(const Call& call) {
  return stripped(call, [](std::string_view text) {
    return without_leading_space(without_trailing_space(text));
  });
}

Outcome<Json> builtin_join(const Call& call) {
  if (call.arguments.size() != 2 || !call[0].is_array() || !is_separator(call[1])) {
    return invalid_arguments(call);
  }
  const std::string separator = scalar_text(call[1]);
  std::string result;
  for (const Json& item : call[0]) {
    if (!is_joinable(item)) {
      return invalid_arguments(call, "cannot join a value of type " + std::string(type_name(item)));
    }
    const std::string text = scalar_text(item);
    JSONE_TRY(call.budget.step());
    JSONE_TRY(call.budget.bytes(separator.size() + text.size()));
    if (&item != &call[0].front()) {
      result += separator;
    }
    result += text;
  }
  return Json(std::move(result));
}

Outcome<Json> builtin_split(const Call& call) {
  if (call.arguments.size() != 2 || !call[0].is_string() || !is_separator(call[1])) {
    return invalid_arguments(call);
  }
  const std::string separator = scalar_text(call[1]);
  if (separator.empty()) {
    return split_letters(call);
  }
  const std::string_view text = call.text(0);
  JSONE_TRY(call.budget.step(text.size() / 64 * (separator.size() / 64 + 1)));
  Json::array_t parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    JSONE_TRY(call.budget.bytes(2 * sizeof(Json) + sizeof(std::string) + end - begin));
    parts.emplace_back(text.substr(begin, end - begin));
    if (end == text.size()) {
      break;
    }
    begin = end + separator.size();
  }
  return Json(std::move(parts));
}

}  // namespace jsone
