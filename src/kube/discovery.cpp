// SPDX-License-Identifier: Apache-2.0
#include "kube/discovery.hpp"

#include <algorithm>
#include <utility>

#include "kube/object.hpp"
#include "kube/status.hpp"

namespace dpctl {
namespace {

/// How long "not served" stands before the server is asked again.
constexpr auto miss_lifetime = std::chrono::milliseconds(500);

constexpr const char* accept_aggregated =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

std::string group_version_path(std::string_view api_version) {
  const bool core = api_version.find('/') == std::string_view::npos;
  return (core ? "/api/" : "/apis/") + std::string(api_version);
}

std::set<std::string> verbs_of(const Json& resource) {
  std::set<std::string> verbs;
  for (const auto& verb : array_at(resource, "verbs")) {
    if (verb.is_string()) {
      verbs.insert(verb.get<std::string>());
    }
  }
  return verbs;
}

HttpRequest get_request(const std::string& path, std::string accept) {
  return {.url = "http://localhost" + path,
          .headers = {{"Accept", std::move(accept)}},
          .timeout = std::chrono::seconds(60)};
}

std::vector<ApiResource> aggregated_resources(const Json& groups) {
  std::vector<ApiResource> resources;
  for (const auto& group : array_at(groups, "items")) {
    const std::string name = string_at(group, "metadata.name");
    for (const auto& version : array_at(group, "versions")) {
      const std::string number = string_at(version, "version");
      for (const auto& resource : array_at(version, "resources")) {
        resources.push_back({.api_version = name.empty() ? number : name + "/" + number,
                             .kind = string_at(resource, "responseKind.kind"),
                             .plural = string_at(resource, "resource"),
                             .namespaced = string_at(resource, "scope") == "Namespaced",
                             .verbs = verbs_of(resource)});
      }
    }
  }
  return resources;
}

/// The versions that the older form of discovery names, preferred ones first.
std::vector<std::string> group_versions(const Json& answer) {
  std::vector<std::string> versions;
  for (const auto& version : array_at(answer, "versions")) {
    versions.push_back(version.is_string() ? version.get<std::string>() : "");
  }
  for (const auto& group : array_at(answer, "groups")) {
    versions.push_back(string_at(group, "preferredVersion.groupVersion"));
    for (const auto& version : array_at(group, "versions")) {
      versions.push_back(string_at(version, "groupVersion"));
    }
  }
  return versions;
}

}  // namespace

std::string ApiResource::path(std::string_view ns, std::string_view name) const {
  std::string path = group_version_path(api_version);
  if (namespaced && !ns.empty()) {
    path += "/namespaces/" + std::string(ns);
  }
  path += "/" + plural;
  return name.empty() ? path : path + "/" + std::string(name);
}

Discovery::Discovery(Send send, Clock clock) : send_(std::move(send)), clock_(std::move(clock)) {}

Result<std::optional<ApiResource>> Discovery::find(const std::string& api_version,
                                                   const std::string& kind, const Call& call) {
  const std::scoped_lock lock(mutex_);
  if (!loaded_) {
    TRY(load_all(call));
  }
  const Key key{api_version, kind};
  if (!known_.contains(key)) {
    const auto asked = asked_.find(api_version);
    if (asked == asked_.end() || clock_.now() - asked->second >= miss_lifetime) {
      TRY(load_group_version(api_version, call));
    }
  }
  const auto found = known_.find(key);
  return found == known_.end() ? std::optional<ApiResource>() : found->second;
}

Result<std::vector<ApiResource>> Discovery::all(const Call& call) {
  const std::scoped_lock lock(mutex_);
  known_.clear();
  order_.clear();
  TRY(load_all(call));
  std::vector<ApiResource> resources;
  std::set<Key> seen;
  for (const auto& key : order_) {
    const ApiResource& resource = known_.at(key);
    const bool usable = resource.verbs.contains("list") && resource.verbs.contains("delete");
    if (usable && seen.emplace(group_of(key.first), key.second).second) {
      resources.push_back(resource);
    }
  }
  return resources;
}

void Discovery::forget_misses() {
  const std::scoped_lock lock(mutex_);
  asked_.clear();
}

Result<> Discovery::load_all(const Call& call) {
  for (const char* path : {"/api", "/apis"}) {
    const HttpResponse response = TRY(send_(get_request(path, accept_aggregated), call));
    if (response.status >= 400) {
      return fail(status_error(response, "ask which APIs the cluster serves"));
    }
    const Json answer = TRY(parse_json(response.body, path));
    if (string_at(answer, "kind") == "APIGroupDiscoveryList") {
      for (auto& resource : aggregated_resources(answer)) {
        remember(std::move(resource));
      }
      continue;
    }
    for (const auto& version : group_versions(answer)) {
      TRY(load_group_version(version, call));
    }
  }
  loaded_ = true;
  return {};
}

Result<> Discovery::load_group_version(const std::string& api_version, const Call& call) {
  const std::string path = group_version_path(api_version);
  const HttpResponse response = TRY(send_(get_request(path, "application/json"), call));
  asked_[api_version] = clock_.now();
  if (response.status == 404) {
    return {};
  }
  if (response.status >= 400) {
    return fail(status_error(response, "ask what " + api_version + " serves"));
  }
  const Json answer = TRY(parse_json(response.body, path));
  for (const auto& resource : array_at(answer, "resources")) {
    const std::string plural = string_at(resource, "name");
    if (plural.find('/') == std::string::npos) {
      remember({.api_version = api_version,
                .kind = string_at(resource, "kind"),
                .plural = plural,
                .namespaced = bool_at(resource, "namespaced"),
                .verbs = verbs_of(resource)});
    }
  }
  return {};
}

void Discovery::remember(ApiResource resource) {
  const Key key{resource.api_version, resource.kind};
  if (known_.insert_or_assign(key, std::move(resource)).second) {
    order_.push_back(key);
  }
}

}  // namespace dpctl
