// SPDX-License-Identifier: Apache-2.0
#include "kube/difference.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "util/text.hpp"

namespace dpctl {
namespace {

constexpr std::size_t longest_value = 60;

/// What the server writes by itself.
bool is_servers_own(const std::string& path) {
  static const std::set<std::string_view> own = {"status",
                                                 "metadata.managedFields",
                                                 "metadata.resourceVersion",
                                                 "metadata.generation",
                                                 "metadata.creationTimestamp",
                                                 "metadata.uid",
                                                 "metadata.selfLink"};
  return own.contains(path);
}

class Differ {
 public:
  explicit Differ(bool secret) : secret_(secret) {}

  void compare(const std::string& path, const Json* live, const Json* wanted) {
    if (is_servers_own(path) || (live != nullptr && wanted != nullptr && *live == *wanted)) {
      return;
    }
    const bool both = live != nullptr && wanted != nullptr;
    if (both && live->is_object() && wanted->is_object()) {
      compare_objects(path, *live, *wanted);
    } else if (both && live->is_array() && wanted->is_array()) {
      compare_arrays(path, *live, *wanted);
    } else {
      found_.push_back(path + " " + text(path, live) + " → " + text(path, wanted));
    }
  }

  std::vector<std::string> found() && { return std::move(found_); }

 private:
  static const Json* entry(const Json& object, const std::string& key) {
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
  }

  static const Json* named(const Json& array, const std::string& name) {
    const auto found = std::ranges::find_if(
        array, [&](const Json& element) { return string_at(element, "name") == name; });
    return found == array.end() ? nullptr : &*found;
  }

  static bool all_named(const Json& array) {
    return std::ranges::all_of(
        array, [](const Json& element) { return !string_at(element, "name").empty(); });
  }

  void compare_objects(const std::string& path, const Json& live, const Json& wanted) {
    const std::string prefix = path.empty() ? "" : path + ".";
    for (const auto& [key, value] : live.items()) {
      compare(prefix + key, &value, entry(wanted, key));
    }
    for (const auto& [key, value] : wanted.items()) {
      if (!live.contains(key)) {
        compare(prefix + key, nullptr, &value);
      }
    }
  }

  void compare_arrays(const std::string& path, const Json& live, const Json& wanted) {
    if (all_named(live) && all_named(wanted)) {
      compare_named(path, live, wanted);
      return;
    }
    for (std::size_t i = 0; i < std::max(live.size(), wanted.size()); ++i) {
      compare(path + "[" + std::to_string(i) + "]", i < live.size() ? &live[i] : nullptr,
              i < wanted.size() ? &wanted[i] : nullptr);
    }
  }

  void compare_named(const std::string& path, const Json& live, const Json& wanted) {
    for (const auto& element : live) {
      const std::string name = string_at(element, "name");
      compare(path + "[" + name + "]", &element, named(wanted, name));
    }
    for (const auto& element : wanted) {
      const std::string name = string_at(element, "name");
      if (named(live, name) == nullptr) {
        compare(path + "[" + name + "]", nullptr, &element);
      }
    }
  }

  std::string text(const std::string& path, const Json* value) const {
    // kubectl's annotation repeats the whole object, a Secret's data too.
    const bool hidden = path.starts_with("data") || path.starts_with("stringData") ||
                        path.starts_with("metadata.annotations");
    return secret_ && hidden && value != nullptr ? "(secret)" : value_text(value);
  }

  bool secret_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> differences(const Json& live, const Json& wanted, std::size_t limit) {
  Differ differ(string_at(wanted, "kind") == "Secret" || string_at(live, "kind") == "Secret");
  differ.compare("", &live, &wanted);
  auto found = std::move(differ).found();
  if (found.size() > limit) {
    const std::size_t more = found.size() - limit;
    found.resize(limit);
    found.push_back("and " + std::to_string(more) + " more");
  }
  return found;
}

std::string value_text(const Json* value) {
  if (value == nullptr) {
    return "(none)";
  }
  return elided(value->is_string() ? value->get<std::string>() : dump(*value), longest_value);
}

}  // namespace dpctl
