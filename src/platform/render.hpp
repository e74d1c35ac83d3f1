// SPDX-License-Identifier: Apache-2.0
// From a profile and its components to the objects and chart values that the cluster gets. Reads
// templates, changes nothing.
#pragma once

#include <string>
#include <vector>

#include "platform/capabilities.hpp"
#include "platform/component.hpp"
#include "profile/assets.hpp"
#include "profile/profile.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

struct Rendered {
  const Component* component = nullptr;
  std::vector<std::string> providers;  // the components that it needs
  Json context;                        // what its templates saw
  std::vector<Json> crds;              // of its own manifests; those of a chart are not here
  std::vector<Json> namespaces;        // its own, and those of its manifests; labelled
  std::vector<Json> objects;           // of built-in API groups; labelled, in order of applying
  std::vector<Json> resources;         // custom resources, labelled
  Json chart_values = Json::object();
};

/// Renders the selected components in their order; outputs of one are the needs of the next. Same
/// inputs, same result. Errors (invalid_input) name file:line:column of the template.
Result<std::vector<Rendered>> render_components(const Profile& profile, const Assets& assets,
                                                const std::vector<Selected>& selected);

/// Evaluates one template file of a component (a job's) in `context`; the objects it yields,
/// unlabelled.
Result<std::vector<Json>> render_file(const Assets& assets, const std::string& path,
                                      const Json& context);

/// Replaces the registry of every `image` in the object by `registry`: "ghcr.io/a/b:1" →
/// "registry/a/b:1".
void rewrite_images(Json& object, const std::string& registry);

/// "docker.io/library/redis:7" for "redis:7", as a container runtime reads it.
std::string full_image_name(const std::string& image);

/// Every image that the rendered objects and the component's own list name, sorted, each once.
std::vector<std::string> images_of(const std::vector<Rendered>& rendered);

}  // namespace dpctl
