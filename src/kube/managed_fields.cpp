// SPDX-License-Identifier: Apache-2.0
#include "kube/managed_fields.hpp"

#include <algorithm>
#include <set>

#include "kube/client.hpp"
#include "kube/object.hpp"

namespace dpctl {
namespace {

const Json* entry_of_dpctl(const Json& live) {
  for (const auto& entry : array_at(live, "metadata.managedFields")) {
    if (string_at(entry, "manager") == field_manager && string_at(entry, "operation") == "Apply" &&
        string_at(entry, "subresource").empty()) {
      return &entry;
    }
  }
  return nullptr;
}

/// Whether `live` says all that `wanted` says; it may say more in objects, where defaults go.
bool holds(const Json& live, const Json& wanted) {
  if (wanted.is_object() && live.is_object()) {
    return std::ranges::all_of(wanted.items(), [&](const auto& item) {
      const auto found = live.find(item.key());
      return found != live.end() && holds(*found, item.value());
    });
  }
  if (wanted.is_array() && live.is_array()) {
    return std::ranges::equal(live, wanted, holds);
  }
  return live == wanted;
}

/// Whether an element of a keyed list is the one that "k:{…}" names. Keys that a manifest leaves to
/// their defaults match.
bool is_keyed(const Json& element, const Json& keys, bool exact) {
  return element.is_object() && std::ranges::all_of(keys.items(), [&](const auto& key) {
           const auto found = element.find(key.key());
           return found == element.end() ? !exact : *found == key.value();
         });
}

/// Whether the owned fields are the wanted ones, no more and no fewer, and live with the wanted
/// values.
class Settled {
 public:
  static bool check(const Json& owned, const Json& live, const Json& wanted) {
    if (wanted.is_null()) {
      return false;
    }
    if (owned.empty()) {
      return holds(live, wanted);  // a value, or a list or map that is owned as a whole
    }
    if (wanted.is_object() && live.is_object()) {
      return check_object(owned, live, wanted);
    }
    return wanted.is_array() && live.is_array() && check_list(owned, live, wanted);
  }

  static bool check_object(const Json& owned, const Json& live, const Json& wanted) {
    std::size_t fields = 0;
    for (const auto& [path, inner] : owned.items()) {
      if (path == ".") {
        continue;
      }
      const std::string key = path.starts_with("f:") ? path.substr(2) : "";
      const auto in_wanted = wanted.find(key);
      const auto in_live = live.find(key);
      if (in_wanted == wanted.end() || in_live == live.end() ||
          !check(inner, *in_live, *in_wanted)) {
        return false;
      }
      ++fields;
    }
    return fields == wanted.size();
  }

 private:
  static bool check_list(const Json& owned, const Json& live, const Json& wanted) {
    std::size_t elements = 0;
    for (const auto& [path, inner] : owned.items()) {
      if (path == ".") {
        continue;
      }
      const bool by_key = path.starts_with("k:");
      if (!by_key && !path.starts_with("v:")) {
        return false;
      }
      const auto keys = parse_json(std::string_view(path).substr(2), "managedFields");
      const bool same = keys && (by_key ? check_element(*keys, inner, live, wanted)
                                        : is_among(*keys, live) && is_among(*keys, wanted));
      if (!same) {
        return false;
      }
      ++elements;
    }
    return elements == wanted.size();
  }

  static bool is_among(const Json& value, const Json& list) {
    return std::ranges::find(list, value) != list.end();
  }

  static bool check_element(const Json& keys, const Json& inner, const Json& live,
                            const Json& wanted) {
    const auto in_live =
        std::ranges::find_if(live, [&](const Json& item) { return is_keyed(item, keys, true); });
    const auto in_wanted =
        std::ranges::find_if(wanted, [&](const Json& item) { return is_keyed(item, keys, false); });
    if (in_live == live.end() || in_wanted == wanted.end()) {
      return false;
    }
    // A key left to its default is owned all the same, but is not in what is wanted.
    Json filled = *in_wanted;
    for (const auto& [key, value] : keys.items()) {
      filled[key] = value;
    }
    return check(inner, *in_live, filled);
  }
};

/// The text between the first pair of double quotes.
std::string quoted_part(std::string_view text) {
  const auto open = text.find('"');
  if (open == std::string_view::npos) {
    return "";
  }
  return std::string(text.substr(open + 1, text.find('"', open + 1) - open - 1));
}

/// "[a="x",b=1]" of a field path as {"a": "x", "b": 1}.
Json keys_of(std::string_view text) {
  Json keys = Json::object();
  while (!text.empty()) {
    bool in_string = false;
    std::size_t end = 0;
    while (end < text.size() && (in_string || text[end] != ',')) {
      in_string = in_string != (text[end] == '"');
      ++end;
    }
    const auto equals = std::min(text.find('='), end);
    const auto value = parse_json(text.substr(equals + 1, end - equals - 1), "field path");
    keys[std::string(text.substr(0, equals))] = value ? *value : Json();
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return keys;
}

const Json* at_element(const Json& list, std::string_view field) {
  const auto close = field.find(']');
  if (!list.is_array() || close == std::string_view::npos) {
    return nullptr;
  }
  const Json keys = keys_of(field.substr(1, close - 1));
  const std::string_view rest = field.substr(close + 1);
  for (const auto& element : list) {
    const bool found =
        element.is_object() ? is_keyed(element, keys, true) : keys.value("", Json()) == element;
    if (found) {
      return at_field(element, rest);
    }
  }
  return nullptr;
}

}  // namespace

bool applied_by_dpctl(const Json& live) { return entry_of_dpctl(live) != nullptr; }

bool is_settled(const Json& live, const Json& wanted) {
  const Json* entry = entry_of_dpctl(live);
  if (entry == nullptr || string_at(*entry, "apiVersion") != string_at(wanted, "apiVersion")) {
    return false;
  }
  Json fields = wanted;
  fields.erase("apiVersion");
  fields.erase("kind");
  if (auto metadata = fields.find("metadata"); metadata != fields.end() && metadata->is_object()) {
    metadata->erase("name");
    metadata->erase("namespace");
    if (metadata->empty()) {
      fields.erase(metadata);
    }
  }
  return Settled::check_object(object_at(*entry, "fieldsV1"), live, fields);
}

bool is_same_application(const Json& before, const Json& after) {
  const Json* then = entry_of_dpctl(before);
  const Json* now = entry_of_dpctl(after);
  const long long generation = int_at(before, "metadata.generation");
  // The dates are whole seconds: only with a generation beside them do they tell two applies apart.
  return then != nullptr && now != nullptr && *then == *now && generation > 0 &&
         generation == int_at(after, "metadata.generation");
}

std::vector<FieldConflict> field_conflicts(const std::vector<Json>& causes) {
  std::vector<FieldConflict> conflicts;
  for (const auto& cause : causes) {
    if (string_at(cause, "reason") != "FieldManagerConflict") {
      continue;
    }
    const std::string message = string_at(cause, "message");
    // The server names the API version only of managers that updated.
    conflicts.push_back({.field = string_at(cause, "field"),
                         .manager = quoted_part(message),
                         .by_apply = message.find(" using ") == std::string::npos});
  }
  return conflicts;
}

bool may_take_back(const FieldConflict& conflict, const Json& live) {
  if (conflict.manager == field_manager) {
    return true;
  }
  if (conflict.by_apply || !applied_by_dpctl(live) || is_adopted(live)) {
    return false;
  }
  static const std::set<std::string_view> hands = {"kubectl",         "k9s",     "Lens",
                                                   "headlamp-server", "Mozilla", "curl"};
  const bool kubectl = conflict.manager.starts_with("kubectl-") &&
                       conflict.manager != "kubectl-client-side-apply" &&
                       conflict.manager != "kubectl-last-applied";
  return kubectl || hands.contains(conflict.manager);
}

const Json* at_field(const Json& object, std::string_view field) {
  if (field.empty()) {
    return &object;
  }
  if (field.front() == '[') {
    return at_element(object, field);
  }
  field.remove_prefix(1);
  // Names may hold dots themselves (labels): every end is tried.
  for (std::size_t end = 1; end <= field.size() && object.is_object(); ++end) {
    if (end < field.size() && field[end] != '.' && field[end] != '[') {
      continue;
    }
    const auto found = object.find(std::string(field.substr(0, end)));
    if (const Json* value = found == object.end() ? nullptr : at_field(*found, field.substr(end))) {
      return value;
    }
  }
  return nullptr;
}

}  // namespace dpctl
