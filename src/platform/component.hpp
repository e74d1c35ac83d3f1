// SPDX-License-Identifier: Apache-2.0
// A component as its component.yaml describes it: data, not code. Texts that may hold ${…} are kept
// as they stand.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "profile/assets.hpp"
#include "profile/profile.hpp"
#include "util/json.hpp"
#include "util/result.hpp"
#include "util/yaml.hpp"

namespace dpctl {

/// A manifest: exactly one of file, url and kustomize is set.
struct ManifestSource {
  std::string file;       // asset path of a JSON-e template: "templates/spark/rbac.yaml"
  std::string url;        // of a release's manifest
  std::string digest;     // "sha256:…" of what the url gives
  std::string kustomize;  // asset path of a folder
};

struct CrdSource {
  bool from_chart = false;  // taken out of the chart package and applied by dpctl
  std::vector<ManifestSource> manifests = {};
};

struct ChartSpec {
  std::string repo;  // https://… or oci://…; empty where `path` is set
  std::string path;  // asset path of a folder that holds the chart
  std::string name;
  std::string version;
  std::string digest;   // "sha256:…" of the package; may be empty
  std::string values;   // asset path of the JSON-e template of its values; may be empty
  std::string release;  // default: the component's name
  std::string ns;       // default: the component's namespace
};

/// An object that has to be ready, and what ready means where the usual rule for its kind is not
/// enough.
struct ReadyRule {
  std::string kind;
  std::string name;
  std::string ns;           // default: the component's namespace
  std::string api_version;  // empty: as the kind's own rule or discovery says
  std::string condition;    // JSON-e expression over `object`; empty: the rule of its kind
};

/// When an object will never be ready.
struct FailedRule {
  std::string kind;
  std::string when;    // JSON-e expression over `object`
  std::string reason;  // JSON-e expression over `object`; may be empty
};

struct EndpointSpec {
  std::string name;
  std::string service;
  std::string ns;  // default: the component's namespace
  int port = 80;
  std::string scheme = "http";
  std::string path = "/";
  std::string secret;    // the Secret that holds the credentials; empty: none
  std::string user_key;  // keys in that Secret
  std::string password_key;
};

/// A Secret that is generated once and lives in the cluster only.
struct SecretSpec {
  std::string name;
  std::string ns;  // default: the component's namespace
  std::string type = "Opaque";
  std::map<std::string, int> generate;      // key → how many characters [A-Za-z0-9]
  std::map<std::string, std::string> data;  // fixed entries, such as a user's name
};

struct JobSpec {
  std::string name;
  std::string title;
  std::string file;      // asset path of the template
  std::string ns;        // default: the component's namespace
  std::string selector;  // label selector of the pods to follow
  std::string done;      // JSON-e expressions over `object`
  std::string failed;
  std::string reason;
  std::string log_pod;  // JSON-e expression over `object`: the pod whose log has the result
  std::string log_container;
  std::string log_result;  // regular expression of the result line
};

struct Component {
  std::string name;
  std::string title;
  std::string home;
  std::string license;
  std::string folder;              // "templates/spark"
  std::string ns;                  // may be empty: a component without objects of its own namespace
  std::vector<Provider> targets;   // where it can run; empty: everywhere
  Json provides = Json::object();  // capability → outputs
  std::vector<std::string> needs;  // capabilities or components
  std::vector<std::string> optional;  // used when something provides it
  Json values = Json::object();       // defaults
  std::vector<SecretSpec> secrets;
  CrdSource crds;
  std::optional<ChartSpec> chart;
  std::vector<ManifestSource> manifests;
  std::vector<ReadyRule> ready;
  std::vector<FailedRule> failed;
  std::vector<std::string> images;
  std::vector<EndpointSpec> endpoints;
  std::map<std::string, JobSpec> jobs;
  YamlDocument document;  // as written, with places: document.position("/jobs/spark-pi/done")
};

/// Reads and checks one component. Errors (invalid_input) carry file:line:column; an unknown name
/// gets a suggestion.
Result<Component> load_component(const Assets& assets, std::string_view name);

/// All of them; for lists and tests. A run loads only what it wants.
Result<std::map<std::string, Component>> load_components(const Assets& assets);

/// The component's defaults with the profile's values merged over them, checked against its
/// values.schema.json. A fault is told with the place in the profile's layer that caused it.
Result<Json> component_values(const Assets& assets, const Component& component,
                              const Profile& profile);

}  // namespace dpctl
