// SPDX-License-Identifier: Apache-2.0
#include "util/json.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "util/text.hpp"

namespace dpctl {

Result<Json> parse_json(std::string_view text, std::string_view source) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    const auto end = std::min(error.byte, text.size());
    const auto before = text.substr(0, end);
    Error failure = make_error(ExitCode::invalid_input, "is not valid JSON");
    failure.where = SourcePos{.file = std::string(source),
                              .line = static_cast<int>(std::ranges::count(before, '\n')) + 1};
    return fail(std::move(failure));
  }
}

const Json* find_path(const Json& value, std::string_view dotted_path) {
  const Json* at = &value;
  while (!dotted_path.empty()) {
    const auto dot = dotted_path.find('.');
    if (!at->is_object()) {
      return nullptr;
    }
    const auto entry = at->find(std::string(dotted_path.substr(0, dot)));
    if (entry == at->end()) {
      return nullptr;
    }
    at = &*entry;
    dotted_path = dot == std::string_view::npos ? std::string_view() : dotted_path.substr(dot + 1);
  }
  return at;
}

std::string string_at(const Json& value, std::string_view dotted_path, std::string_view otherwise) {
  const Json* found = find_path(value, dotted_path);
  return found != nullptr && found->is_string() ? found->get<std::string>()
                                                : std::string(otherwise);
}

long long int_at(const Json& value, std::string_view dotted_path, long long otherwise) {
  const Json* found = find_path(value, dotted_path);
  return found != nullptr && found->is_number_integer() ? found->get<long long>() : otherwise;
}

bool bool_at(const Json& value, std::string_view dotted_path, bool otherwise) {
  const Json* found = find_path(value, dotted_path);
  return found != nullptr && found->is_boolean() ? found->get<bool>() : otherwise;
}

const Json& array_at(const Json& value, std::string_view dotted_path) {
  static const Json empty = Json::array();
  const Json* found = find_path(value, dotted_path);
  return found != nullptr && found->is_array() ? *found : empty;
}

const Json& object_at(const Json& value, std::string_view dotted_path) {
  static const Json empty = Json::object();
  const Json* found = find_path(value, dotted_path);
  return found != nullptr && found->is_object() ? *found : empty;
}

void merge_into(Json& base, const Json& over) {
  if (!base.is_object() || !over.is_object()) {
    base = over;
    return;
  }
  for (const auto& [key, value] : over.items()) {
    if (value.is_null()) {
      base.erase(key);
    } else if (base.contains(key)) {
      merge_into(base[key], value);
    } else {
      base[key] = value;
    }
  }
}

std::string dump(const Json& value, int indent) {
  return value.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace dpctl
