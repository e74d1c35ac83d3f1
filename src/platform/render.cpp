// SPDX-License-Identifier: Apache-2.0
#include "platform/render.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "kube/object.hpp"
#include "profile/evaluate.hpp"
#include "util/yaml.hpp"

namespace dpctl {

namespace {

// `${…}` in a piece of component.yaml (provides, endpoints, images), with the place of that piece
// for errors.
Result<Json> evaluate_part(const Component& component, const Json& part, const std::string& pointer,
                           const Json& context) {
  YamlDocument document{.value = part, .file = component.document.file, .positions = {}};
  for (const auto& [at, position] : component.document.positions) {
    if (at.starts_with(pointer)) {
      document.positions[at.substr(pointer.size())] = position;
    }
  }
  return TRY(evaluate(document, context)).value_or(Json());
}

std::vector<Json>& list_for(Rendered& rendered, const Json& object) {
  const auto kind = string_at(object, "kind");
  if (!is_builtin_group(group_of(string_at(object, "apiVersion")))) {
    return rendered.resources;
  }
  if (kind == "Namespace") {
    return rendered.namespaces;
  }
  return kind == "CustomResourceDefinition" ? rendered.crds : rendered.objects;
}

Json namespace_object(const std::string& name) {
  return {{"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", {{"name", name}}}};
}

bool holds(const std::vector<Json>& namespaces, const std::string& name) {
  return std::ranges::any_of(
      namespaces, [&](const Json& object) { return string_at(object, "metadata.name") == name; });
}

class Renderer {
 public:
  Renderer(const Profile& profile, const Assets& assets) : profile_(profile), assets_(assets) {}

  Result<Rendered> render(const Selected& selected, const std::vector<std::string>& namespaces) {
    const Component& component = *selected.component;
    Rendered rendered{.component = &component};
    rendered.context = TRY(context_of(selected, namespaces));
    outputs_[component.name] =
        TRY(evaluate_part(component, component.provides, "/provides", rendered.context));
    for (const auto& [_, provider] : selected.providers) {
      rendered.providers.push_back(provider);
    }
    for (const auto& source : component.manifests) {
      for (auto& object : TRY(render_file(assets_, source.file, rendered.context))) {
        add(rendered, std::move(object));
      }
    }
    finish(rendered);
    if (component.chart && !component.chart->values.empty()) {
      rendered.chart_values = TRY(chart_values(component, rendered.context));
    }
    return rendered;
  }

  // The namespaces that a component makes, found by rendering it: what `platform.namespaces` is
  // made of.
  Result<std::vector<std::string>> namespaces_of(const Selected& selected) {
    std::vector<std::string> names;
    for (const auto& object : TRY(render(selected, {})).namespaces) {
      names.push_back(string_at(object, "metadata.name"));
    }
    return names;
  }

 private:
  Result<Json> context_of(const Selected& selected, const std::vector<std::string>& namespaces) {
    const Component& component = *selected.component;
    Json needs = Json::object();
    for (const auto& [need, provider] : selected.providers) {
      const auto& outputs = outputs_[provider];
      needs[need] = outputs.contains(need) ? outputs[need] : Json::object();
      needs[need]["component"] = provider;
    }
    Json context = template_context(profile_);
    context["values"] = TRY(component_values(assets_, component, profile_));
    context["component"] = {{"name", component.name}, {"namespace", component.ns}};
    context["images"] = {{"registry", profile_.images.registry}};
    context["platform"] = {{"namespaces", namespaces}};
    context["needs"] = std::move(needs);
    return context;
  }

  void add(Rendered& rendered, Json object) {
    rewrite_images(object, profile_.images.registry);
    label_object(object, profile_.name, rendered.component->name);
    list_for(rendered, object).push_back(std::move(object));
  }

  void finish(Rendered& rendered) {
    const std::string& own = rendered.component->ns;
    if (!own.empty() && !holds(rendered.namespaces, own)) {
      add(rendered, namespace_object(own));
    }
    sort_for_apply(rendered.objects);
  }

  Result<Json> chart_values(const Component& component, const Json& context) {
    const auto documents = TRY(render_file(assets_, component.chart->values, context));
    return documents.empty() ? Json::object() : documents.front();
  }

  const Profile& profile_;
  const Assets& assets_;
  std::map<std::string, Json> outputs_;  // what each component rendered so far provides
};

void collect_images(const Json& value, std::set<std::string>& images) {
  if (value.is_object()) {
    const auto image = value.find("image");
    if (image != value.end() && image->is_string() && !image->get<std::string>().empty()) {
      images.insert(image->get<std::string>());
    }
  }
  if (value.is_structured()) {
    for (const auto& child : value) {
      collect_images(child, images);
    }
  }
}

}  // namespace

Result<std::vector<Rendered>> render_components(const Profile& profile, const Assets& assets,
                                                const std::vector<Selected>& selected) {
  // Two passes: a component may speak of all namespaces of the platform, and these are known only
  // when all were rendered.
  Renderer first(profile, assets);
  std::vector<std::string> namespaces;
  for (const auto& one : selected) {
    for (auto& name : TRY(first.namespaces_of(one))) {
      namespaces.push_back(std::move(name));
    }
  }
  std::ranges::sort(namespaces);
  namespaces.erase(std::ranges::unique(namespaces).begin(), namespaces.end());

  Renderer second(profile, assets);
  std::vector<Rendered> rendered;
  for (const auto& one : selected) {
    rendered.push_back(TRY(second.render(one, namespaces)));
  }
  return rendered;
}

Result<std::vector<Json>> render_file(const Assets& assets, const std::string& path,
                                      const Json& context) {
  const auto asset = TRY(assets.read(path));
  std::vector<Json> objects;
  for (const auto& document : TRY(parse_yaml(asset.text, asset.name))) {
    const auto value = TRY(evaluate(document, context));
    if (!value) {
      continue;
    }
    for (auto& object : objects_of(*value)) {
      objects.push_back(std::move(object));
    }
  }
  return objects;
}

std::string full_image_name(const std::string& image) {
  const auto slash = image.find('/');
  const std::string first = slash == std::string::npos ? "" : image.substr(0, slash);
  if (first.find_first_of(".:") != std::string::npos || first == "localhost") {
    return image;
  }
  return slash == std::string::npos ? "docker.io/library/" + image : "docker.io/" + image;
}

void rewrite_images(Json& object, const std::string& registry) {
  if (registry.empty()) {
    return;
  }
  if (object.is_object()) {
    const auto image = object.find("image");
    if (image != object.end() && image->is_string() && !image->get<std::string>().empty()) {
      const auto full = full_image_name(image->get<std::string>());
      *image = registry + full.substr(full.find('/'));
    }
  }
  if (object.is_structured()) {
    for (auto& child : object) {
      rewrite_images(child, registry);
    }
  }
}

std::vector<std::string> images_of(const std::vector<Rendered>& rendered) {
  std::set<std::string> images;
  for (const auto& one : rendered) {
    for (const auto* list : {&one.objects, &one.resources}) {
      for (const auto& object : *list) {
        collect_images(object, images);
      }
    }
    collect_images(one.chart_values, images);
  }
  return {images.begin(), images.end()};
}

}  // namespace dpctl
