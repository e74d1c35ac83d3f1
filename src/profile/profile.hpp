// SPDX-License-Identifier: Apache-2.0
// What the user asked for: a profile, merged from its layers, checked, and immutable afterwards.
//
// Layers, later ones win: the profile that `extends` names (and so on down), the profile, DPCTL_…
// variables of its envFile, those of the environment, `-f` files, `--set`, `--set-string`, `--with`
// and `--without`. Maps merge key by key, everything else is replaced, null removes a key.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "profile/assets.hpp"
#include "util/json.hpp"
#include "util/result.hpp"
#include "util/yaml.hpp"

namespace dpctl {

enum class Provider { kind, kwok, existing, eks };
std::string_view to_string(Provider provider);

struct ClusterSpec {
  Provider provider = Provider::kind;
  std::string name;        // kind and kwokctl: of the cluster; eks: metadata.name
  std::string kubernetes;  // "1.34"; empty: the provider's choice
  std::string node_image;  // kind; empty: kind's choice
  int control_planes = 1;
  int workers = 0;
  std::string context;               // existing: the context that the user names
  std::filesystem::path kubeconfig;  // existing: absolute; empty: where kubectl looks
  std::string storage_class;         // empty: the cluster's default
  bool preflight = true;             // kind: whether an unfit machine ends setup before it begins
  Json kind = Json::object();        // merged over the rendered kind configuration
  Json eks = Json::object();         // merged over the rendered ClusterConfig

  int nodes() const { return control_planes + workers; }
};

struct ImageSpec {
  std::string registry;              // host/prefix that images are rewritten to; empty: none
  std::vector<std::string> preload;  // loaded into kind's nodes from docker
};

struct Profile {
  std::string name;
  std::string title;
  ClusterSpec cluster;
  std::string
      charts_mirror;  // absolute folder, http(s) URL or oci://…; empty: each chart's own repository
  ImageSpec images;
  std::map<std::string, bool> components;        // which are wanted
  std::map<std::string, std::string> providers;  // capability → component
  Json values = Json::object();                  // component → its values
  YamlDocument document;  // all layers merged; a place names the layer that won, be it "--set
                          // cluster.workers=x"
  std::vector<std::string> warnings;  // such as DPCTL_ variables that change nothing

  /// The values of one component, as the profile has them.
  const Json& values_of(std::string_view component) const;
};

/// Which profile, and what goes over it.
struct ProfileRequest {
  std::string profile = "kind";  // a name, or a path (has a '/' or ends in .yaml or .yml)
  std::vector<std::filesystem::path> files = {};
  std::vector<std::string> set = {};                    // "a.b=1,c={x,y},d[0]=z", as helm reads it
  std::vector<std::string> set_string = {};             // the same, all values strings
  std::vector<std::string> with = {};                   // components to add
  std::vector<std::string> without = {};                // components to leave out
  std::map<std::string, std::string> environment = {};  // see process_environment
};

/// This process's environment.
std::map<std::string, std::string> process_environment();

/// The embedded assets, below the `dpctl.d/` beside the profile's file (where the request names a
/// file), below `folder`
/// (--assets; may be empty).
Result<Assets> assets_for(const ProfileRequest& request, const std::filesystem::path& folder);

/// Loads, merges and checks a profile. Errors (invalid_input) say where: file:line:column, variable
/// or option.
Result<Profile> load_profile(const Assets& assets, const ProfileRequest& request);

/// `profile` and `cluster` as every template sees them.
Json template_context(const Profile& profile);

}  // namespace dpctl
