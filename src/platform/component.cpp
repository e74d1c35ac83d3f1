// SPDX-License-Identifier: Apache-2.0
#include "platform/component.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "platform/component_decode.hpp"
#include "profile/layers.hpp"
#include "util/schema.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

Result<Schema> read_schema(const Assets& assets, const std::string& path) {
  const Asset asset = TRY(assets.read(path));
  Json json = TRY(parse_json(asset.text, asset.name));
  return Schema::compile(std::move(json), asset.name);
}

/// Stands in for a values.schema.json that is not there: the keys of the defaults, and no others.
Result<Schema> schema_of_defaults(const Component& component) {
  Json schema = {
      {"type", "object"}, {"additionalProperties", false}, {"properties", Json::object()}};
  for (const auto& [key, value] : component.values.items()) {
    schema["properties"][key] = true;
  }
  return Schema::compile(std::move(schema), component.name);
}

/// The component's defaults at /values/NAME, as if a profile had given them, with their places in
/// component.yaml.
YamlDocument defaults_as_layer(const Component& component) {
  YamlDocument layer{
      {{"values", {{component.name, component.values}}}}, component.document.file, {}};
  const std::string from = "/values";
  const auto& places = component.document.positions;
  for (auto at = places.lower_bound(from); at != places.end() && at->first.starts_with(from);
       ++at) {
    if (at->first.size() == from.size() || at->first[from.size()] == '/') {
      layer.positions["/values/" + component.name + at->first.substr(from.size())] = at->second;
    }
  }
  return layer;
}

Result<> check_name(const YamlDocument& document, std::string_view folder_name) {
  const std::string name = string_at(document.value, "metadata.name");
  if (name == folder_name) {
    return {};
  }
  Error error =
      make_error(ExitCode::invalid_input,
                 fmt::format("metadata.name is '{}', but the folder is '{}'", name, folder_name),
                 "a component has the name of its folder");
  error.where = document.position("/metadata/name");
  return fail(std::move(error));
}

}  // namespace

Result<Component> load_component(const Assets& assets, std::string_view name) {
  const std::string folder = fmt::format("templates/{}", name);
  const std::string file = folder + "/component.yaml";
  if (!assets.has(file)) {
    const std::vector<std::string> names = component_names(assets);
    return fail(ExitCode::invalid_input,
                fmt::format("there is no component '{}'{}", name, did_you_mean(name, names)),
                fmt::format("components: {}", join(names, ", ")));
  }
  const Asset asset = TRY(assets.read(file));
  YamlDocument document = TRY(parse_yaml_document(asset.text, asset.name));
  const Schema schema = TRY(read_schema(assets, "templates/schemas/component.schema.json"));
  TRY(check_document(schema, document));
  TRY(check_name(document, name));
  return decode_component(std::move(document), folder, assets);
}

Result<std::map<std::string, Component>> load_components(const Assets& assets) {
  std::map<std::string, Component> components;
  for (const std::string& name : component_names(assets)) {
    components.emplace(name, TRY(load_component(assets, name)));
  }
  return components;
}

Result<Json> component_values(const Assets& assets, const Component& component,
                              const Profile& profile) {
  YamlDocument merged = defaults_as_layer(component);
  const YamlDocument given{{{"values", {{component.name, profile.values_of(component.name)}}}},
                           profile.document.file,
                           profile.document.positions};
  lay_over(merged, given, Nulls::remove);
  const std::string path = component.folder + "/values.schema.json";
  const Schema schema =
      TRY(assets.has(path) ? read_schema(assets, path) : schema_of_defaults(component));
  Json& values = merged.value["values"][component.name];
  const std::vector<SchemaFinding> findings = schema.check(values, "/values/" + component.name);
  if (!findings.empty()) {
    return fail(schema_error(findings, merged));
  }
  return std::move(values);
}

}  // namespace dpctl
