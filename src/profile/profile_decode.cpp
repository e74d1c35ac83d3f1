// SPDX-License-Identifier: Apache-2.0
#include "profile/profile_decode.hpp"

#include <string_view>
#include <utility>

#include "util/files.hpp"

namespace dpctl {
namespace {

namespace fs = std::filesystem;
using Folders = std::map<std::string, fs::path>;

Provider provider_of(std::string_view word) {
  for (const Provider provider : {Provider::kwok, Provider::existing, Provider::eks}) {
    if (to_string(provider) == word) {
      return provider;
    }
  }
  return Provider::kind;
}

/// The StorageClass that each provider's clusters come with.
std::string default_storage_class(Provider provider) {
  switch (provider) {
    case Provider::kind:
      return "standard";
    case Provider::kwok:
      return "kwok-volume";
    case Provider::eks:
      return "gp3";
    case Provider::existing:
      break;
  }
  return "";
}

/// The path at `pointer` as an absolute one: relative to the file that it stands in, "~/" is the
/// user's home.
std::string absolute_path(const std::string& path, const SourcePos& place, const Folders& folders) {
  if (path.starts_with("~/")) {
    return (fs::path(environment("HOME").value_or("/")) / path.substr(2)).string();
  }
  const auto folder = folders.find(place.file);
  std::error_code error;
  const fs::path whole =
      fs::absolute(folder == folders.end() ? fs::path(path) : folder->second / path, error);
  return whole.lexically_normal().string();
}

bool is_url(std::string_view text) { return text.find("://") != std::string_view::npos; }

ClusterSpec decode_cluster(const YamlDocument& document, const Folders& folders) {
  const Json& json = document.value["cluster"];
  ClusterSpec cluster;
  cluster.provider = provider_of(string_at(json, "provider"));
  cluster.name = string_at(json, "name");
  cluster.kubernetes = string_at(json, "kubernetes");
  cluster.node_image = string_at(json, "nodeImage");
  cluster.control_planes = static_cast<int>(int_at(json, "controlPlanes", 1));
  cluster.workers = static_cast<int>(int_at(json, "workers", 0));
  cluster.context = string_at(json, "context");
  if (const std::string path = string_at(json, "kubeconfig"); !path.empty()) {
    cluster.kubeconfig = absolute_path(path, document.position("/cluster/kubeconfig"), folders);
  }
  cluster.storage_class = string_at(json, "storageClass");
  cluster.preflight = bool_at(json, "preflight", true);
  cluster.kind = object_at(json, "kind");
  cluster.eks = object_at(json, "eks");
  return cluster;
}

void write_defaults(Json& cluster, const std::string& profile) {
  const Provider provider = provider_of(string_at(cluster, "provider"));
  if (!cluster.contains("name")) {
    cluster["name"] = "dpctl-" + profile;
  }
  if (!cluster.contains("storageClass")) {
    cluster["storageClass"] = default_storage_class(provider);
  }
}

std::string decode_mirror(const YamlDocument& document, const Folders& folders) {
  const std::string mirror = string_at(document.value, "charts.mirror");
  return mirror.empty() || is_url(mirror)
             ? mirror
             : absolute_path(mirror, document.position("/charts/mirror"), folders);
}

}  // namespace

Profile decode_profile(YamlDocument document, const Folders& folders) {
  Profile profile;
  const std::string name = string_at(document.value, "metadata.name");
  write_defaults(document.value["cluster"], name);
  profile.name = name;
  profile.title = string_at(document.value, "metadata.title", name);
  profile.cluster = decode_cluster(document, folders);
  profile.charts_mirror = decode_mirror(document, folders);
  profile.images.registry = string_at(document.value, "images.registry");
  for (const Json& image : array_at(document.value, "images.preload")) {
    profile.images.preload.push_back(image.get<std::string>());
  }
  for (const auto& [component, wanted] : object_at(document.value, "components").items()) {
    profile.components[component] = wanted.get<bool>();
  }
  for (const auto& [capability, component] : object_at(document.value, "providers").items()) {
    profile.providers[capability] = component.get<std::string>();
  }
  profile.values = object_at(document.value, "values");
  profile.document = std::move(document);
  return profile;
}

}  // namespace dpctl
