// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "util/yaml.hpp"
#include "util/yaml_scalar.hpp"
#include "util/yaml_text.hpp"

namespace dpctl {
namespace {

/// Printable, and a line break to no reader: YAML 1.1 takes U+0085, U+2028 and U+2029 for line
/// breaks, YAML 1.2 does not.
bool stands_for_itself(char32_t code) {
  return is_yaml_printable(code) && code != '\t' && code != '\n' && code != 0x85 &&
         code != 0x2028 && code != 0x2029 && code != 0xFEFF;
}

std::string double_quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Char one = decode_utf8(text, at).value_or(Utf8Char{0xFFFD, 1});
    if (one.code == '"' || one.code == '\\') {
      out += '\\';
      out += static_cast<char>(one.code);
    } else if (one.code == '\n') {
      out += "\\n";
    } else if (one.code == '\t') {
      out += "\\t";
    } else if (one.code == 0xFFFD) {
      out += "\xEF\xBF\xBD";
    } else if (stands_for_itself(one.code)) {
      out += text.substr(at, one.bytes);
    } else {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(one.code));
    }
    at += one.bytes;
  }
  return out + '"';
}

template <class Predicate>
bool all_characters(std::string_view text, Predicate predicate) {
  for (std::size_t at = 0; at < text.size();) {
    const auto one = decode_utf8(text, at);
    if (!one || !predicate(one->code)) {
      return false;
    }
    at += one->bytes;
  }
  return true;
}

bool has_syntax(std::string_view text) {
  constexpr std::string_view indicators = "-?:,[]{}#&*!|>'\"%@`=<~.";
  const char first = text.front();
  const bool is_option = first == '-' && text.size() > 1 &&
                         text.find_first_not_of('-') != std::string_view::npos &&
                         !text.starts_with("---") && text[1] != ' ';
  const bool is_path = first == '.' && text.find_first_of("/abcdefghijklmnopqrstuvwxyz") == 1;
  if (indicators.find(first) != std::string_view::npos && !is_option && !is_path) {
    return true;
  }
  return first == ' ' || text.back() == ' ' || text.back() == ':' ||
         text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos;
}

bool may_be_plain(std::string_view text) {
  return !text.empty() && !has_syntax(text) && all_characters(text, stands_for_itself) &&
         yaml_disagreement(text).empty() && core_schema_value(text).is_string();
}

/// Block scalars keep their text as it is, so all of it must be printable and no line may begin or
/// end in a way that readers or editors change.
bool may_be_block(std::string_view text) {
  if (text.find('\n') == std::string_view::npos || text.front() == '\n' || text.front() == ' ') {
    return false;
  }
  const auto fits = [](char32_t code) { return code == '\n' || stands_for_itself(code); };
  return all_characters(text, fits) && text.find(" \n") == std::string_view::npos &&
         text.back() != ' ';
}

std::string block_scalar(std::string_view text, std::size_t indent) {
  const std::size_t breaks = text.size() - 1 - text.find_last_not_of('\n');
  std::string out = breaks == 0 ? "|-" : breaks == 1 ? "|" : "|+";
  if (breaks > 0) {
    text.remove_suffix(1);
  }
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    out += '\n';
    if (end > start) {
      out += std::string(indent, ' ');
      out += text.substr(start, end - start);
    }
    start = end + 1;
  }
  return out;
}

std::string number_text(const Json& value) {
  std::string text = value.dump();
  // YAML 1.1 takes a number with an exponent for a string unless it has a dot.
  const std::size_t exponent = text.find('e');
  if (value.is_number_float() && exponent != std::string::npos &&
      text.find('.') == std::string::npos) {
    text.insert(exponent, ".0");
  }
  return text;
}

std::string key_text(std::string_view key) {
  return may_be_plain(key) ? std::string(key) : double_quoted(key);
}

void emit_value(std::string& out, const Json& value, std::size_t indent);

void emit_scalar(std::string& out, const Json& value, std::size_t indent) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    out += may_be_plain(text)   ? text
           : may_be_block(text) ? block_scalar(text, indent)
                                : double_quoted(text);
  } else if (value.is_number()) {
    out += number_text(value);
  } else if (value.is_boolean()) {
    out += value.get<bool>() ? "true" : "false";
  } else {
    out += value.is_array() ? "[]" : value.is_object() ? "{}" : "null";
  }
  out += '\n';
}

void emit_map(std::string& out, const Json& map, std::size_t indent) {
  constexpr std::size_t longest_implicit_key = 1000;  // YAML allows 1024 characters up to the colon
  bool first = true;
  for (const auto& [key, value] : map.items()) {
    out += first ? "" : std::string(indent, ' ');
    first = false;
    const std::string shown = key_text(key);
    out += shown.size() > longest_implicit_key
               ? "? " + shown + "\n" + std::string(indent, ' ') + ":"
               : shown + ":";
    if (value.is_object() && !value.empty()) {
      out += "\n" + std::string(indent + 2, ' ');
      emit_value(out, value, indent + 2);
    } else if (value.is_array() && !value.empty()) {
      out += "\n" + std::string(indent, ' ');
      emit_value(out, value, indent);
    } else {
      out += ' ';
      emit_scalar(out, value, indent + 2);
    }
  }
}

void emit_list(std::string& out, const Json& list, std::size_t indent) {
  bool first = true;
  for (const Json& value : list) {
    out += first ? "- " : std::string(indent, ' ') + "- ";
    first = false;
    emit_value(out, value, indent + 2);
  }
}

/// Writes `value` from where `out` stands, which is column `indent` for lists and maps.
void emit_value(std::string& out, const Json& value, std::size_t indent) {
  if (value.is_object() && !value.empty()) {
    emit_map(out, value, indent);
  } else if (value.is_array() && !value.empty()) {
    emit_list(out, value, indent);
  } else {
    emit_scalar(out, value, indent);
  }
}

}  // namespace

std::string emit_yaml(const Json& value) {
  std::string out;
  if (value.is_structured()) {
    emit_value(out, value, 0);
  } else {
    emit_scalar(out, value, 2);
  }
  return out;
}

std::string emit_yaml_documents(const std::vector<Json>& documents) {
  std::string out;
  for (const Json& document : documents) {
    out += "---\n" + emit_yaml(document);
  }
  return out;
}

}  // namespace dpctl
