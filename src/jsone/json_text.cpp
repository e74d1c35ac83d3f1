// SPDX-License-Identifier: Apache-2.0
#include "jsone/json_text.hpp"

#include <array>
#include <cstdio>

#include "jsone/number.hpp"

namespace jsone {

namespace {

void append_escaped(std::string& out, char letter) {
  static constexpr std::string_view named =
      "\"\"\\\\\bb\ff\nn\rr\tt";  // pairs: what stands, what is written
  for (std::size_t at = 0; at < named.size(); at += 2) {
    if (named[at] == letter) {
      out += '\\';
      out += named[at + 1];
      return;
    }
  }
  if (static_cast<unsigned char>(letter) >= 0x20U) {
    out += letter;
    return;
  }
  std::array<char, 8> code{};
  std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned>(letter));
  out += code.data();
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char letter : text) {
    append_escaped(out, letter);
  }
  out += '"';
}

Outcome<> append(std::string& out, const Json& json, Budget& budget);

Outcome<> append_items(std::string& out, const Json& list, Budget& budget) {
  char separator = '[';
  for (const Json& item : list) {
    out += separator;
    separator = ',';
    JSONE_TRY(append(out, item, budget));
  }
  out += list.empty() ? "[]" : "]";
  return {};
}

Outcome<> append_entries(std::string& out, const Json& object, Budget& budget) {
  char separator = '{';
  for (const auto& [key, value] : object.items()) {
    out += separator;
    separator = ',';
    JSONE_TRY(budget.bytes(key.size()));
    append_quoted(out, key);
    out += ':';
    JSONE_TRY(append(out, value, budget));
  }
  out += object.empty() ? "{}" : "}";
  return {};
}

Outcome<> append(std::string& out, const Json& json, Budget& budget) {
  const Level level(budget);
  JSONE_TRY(level.check());
  JSONE_TRY(budget.step());
  JSONE_TRY(budget.bytes(sizeof(Json)));
  if (json.is_array()) {
    return append_items(out, json, budget);
  }
  if (json.is_object()) {
    return append_entries(out, json, budget);
  }
  if (json.is_string()) {
    const auto& text = json.get_ref<const std::string&>();
    JSONE_TRY(budget.bytes(text.size()));
    append_quoted(out, text);
  } else if (json.is_number()) {
    out += number_text(json);
  } else if (json.is_boolean()) {
    out += json.get<bool>() ? "true" : "false";
  } else {
    out += "null";
  }
  return {};
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out;
  append_quoted(out, text);
  return out;
}

Outcome<std::string> json_text(const Json& json, Budget& budget) {
  std::string out;
  JSONE_TRY(append(out, json, budget));
  return out;
}

}  // namespace jsone
