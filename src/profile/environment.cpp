// SPDX-License-Identifier: Apache-2.0
#include "profile/environment.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "util/schema.hpp"
#include "util/yaml.hpp"

namespace dpctl {
namespace {

constexpr std::string_view prefix = "DPCTL_";

/// "jobNamespace" and "job-namespace" are both JOB_NAMESPACE.
std::string variable_form(std::string_view key) {
  std::string out;
  for (const char c : key) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_lower = c >= 'a' && c <= 'z';
    const bool is_digit = c >= '0' && c <= '9';
    if (is_upper && !out.empty() && out.back() != '_') {
      out += '_';
    }
    out += is_lower ? static_cast<char>(c - 32) : is_upper || is_digit ? c : '_';
  }
  return out;
}

/// "KAFKA_CONNECT" as the key "kafka-connect", where no schema knows the key.
std::string key_form(std::string_view rest) {
  std::string out(rest);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return out;
}

struct Target {
  std::vector<PathStep> path;
  const Json* schema = nullptr;
};

/// Follows the rest of a variable's name along schemas.
class Matcher {
 public:
  Matcher(const Json& schema, const Assets& assets) : schema_(schema), assets_(assets) {}

  std::optional<Target> match(const std::string& rest) {
    Target target;
    return follow(schema_, schema_, rest, target) ? std::optional(target) : std::nullopt;
  }

 private:
  bool follow(const Json& root, const Json& schema, const std::string& rest, Target& target) {
    const Json& here = resolved(root, schema);
    if (rest.empty()) {
      target.schema = &here;
      return !target.path.empty();
    }
    for (const auto& [key, under_key] : object_at(here, "properties").items()) {
      if (step(key, under_key, root, rest, target)) {
        return true;
      }
    }
    const bool in_values =
        target.path.size() == 1 && std::get<std::string>(target.path[0]) == "values";
    return in_values ? follow_component(rest, target) : follow_free_key(root, here, rest, target);
  }

  bool step(const std::string& key, const Json& schema, const Json& root, const std::string& rest,
            Target& target) {
    const std::string name = variable_form(key);
    const bool fits =
        rest.starts_with(name) && (rest.size() == name.size() || rest[name.size()] == '_');
    if (!fits) {
      return false;
    }
    target.path.emplace_back(key);
    if (follow(root, schema, rest.size() == name.size() ? "" : rest.substr(name.size() + 1),
               target)) {
      return true;
    }
    target.path.pop_back();
    return false;
  }

  bool follow_component(const std::string& rest, Target& target) {
    for (const std::string& name : component_names(assets_)) {
      if (!rest.starts_with(variable_form(name))) {
        continue;
      }
      const Json& schema = values_schema(name);
      if (step(name, schema, schema, rest, target)) {
        return true;
      }
    }
    return false;
  }

  /// A map with keys of the user's own: all that is left of the name is the key.
  bool follow_free_key(const Json& root, const Json& schema, const std::string& rest,
                       Target& target) {
    const auto others = schema.find("additionalProperties");
    if (others == schema.end() || !others->is_object()) {
      return false;
    }
    target.path.emplace_back(key_form(rest));
    target.schema = &resolved(root, *others);
    return true;
  }

  static const Json& resolved(const Json& root, const Json& schema) {
    const auto reference = schema.find("$ref");
    if (reference != schema.end() && reference->is_string()) {
      const Json* named = resolve_reference(root, reference->get_ref<const std::string&>());
      return named != nullptr ? *named : schema;
    }
    return schema;
  }

  const Json& values_schema(const std::string& component) {
    const auto known = schemas_.find(component);
    if (known != schemas_.end()) {
      return known->second;
    }
    const auto asset = assets_.read("templates/" + component + "/values.schema.json");
    auto schema = asset ? parse_json(asset->text, asset->name) : Result<Json>(Json::object());
    return schemas_.emplace(component, schema ? std::move(*schema) : Json::object()).first->second;
  }

  const Json& schema_;
  const Assets& assets_;
  std::map<std::string, Json> schemas_;
};

bool wants_string(const Json& schema) {
  const auto type = schema.find("type");
  return type != schema.end() && *type == "string";
}

Result<Json> value_for(const std::string& text, const Json& schema, const std::string& variable) {
  if (wants_string(schema)) {
    return Json(text);
  }
  if (!text.starts_with('[') && !text.starts_with('{')) {
    return typed_scalar(text);
  }
  return std::move(TRY(parse_yaml_document(text, variable)).value);
}

}  // namespace

bool is_reserved_variable(std::string_view name) {
  constexpr std::array<std::string_view, 12> names = {
      "DPCTL_PROFILE",       "DPCTL_STATE_DIR", "DPCTL_CACHE_DIR", "DPCTL_ASSETS",
      "DPCTL_TESTDATA",      "DPCTL_LAB",       "DPCTL_VERSION",   "DPCTL_JSONE_PYTHON",
      "DPCTL_UPDATE_GOLDEN", "DPCTL_OUTPUT",    "DPCTL_JOBS",      "DPCTL_YES"};
  return name.starts_with("DPCTL_TEST_") || name.starts_with("DPCTL_LAB_") ||
         std::find(names.begin(), names.end(), name) != names.end();
}

Result<EnvironmentChanges> environment_changes(const std::map<std::string, std::string>& variables,
                                               const Json& schema, const Assets& assets) {
  EnvironmentChanges result;
  Matcher matcher(schema, assets);
  for (auto at = variables.lower_bound(std::string(prefix));
       at != variables.end() && at->first.starts_with(prefix); ++at) {
    const auto& [name, text] = *at;
    if (is_reserved_variable(name) || text.empty()) {
      continue;
    }
    std::optional<Target> target = matcher.match(name.substr(prefix.size()));
    if (!target) {
      result.unknown.push_back(name);
      continue;
    }
    Json value = TRY(value_for(text, *target->schema, name));
    result.changes.push_back({name, {std::move(target->path), std::move(value)}});
  }
  return result;
}

}  // namespace dpctl
