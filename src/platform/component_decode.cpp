// SPDX-License-Identifier: Apache-2.0
#include "platform/component_decode.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "util/text.hpp"

namespace dpctl {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> strings_of(const Json& list) {
  std::vector<std::string> out;
  for (const Json& one : list) {
    out.push_back(one.get<std::string>());
  }
  return out;
}

Provider provider_of(const Json& word) {
  for (const Provider provider : {Provider::kwok, Provider::existing, Provider::eks}) {
    if (to_string(provider) == word.get_ref<const std::string&>()) {
      return provider;
    }
  }
  return Provider::kind;
}

/// Reads the parts of a component.yaml; the first file that is missing is kept as the fault.
class Decoder {
 public:
  Decoder(const YamlDocument& document, std::string folder, const Assets& assets)
      : document_(document), json_(document.value), folder_(std::move(folder)), assets_(assets) {}

  Component decode() {
    Component component;
    component.name = string_at(json_, "metadata.name");
    component.title = string_at(json_, "metadata.title");
    component.home = string_at(json_, "metadata.home");
    component.license = string_at(json_, "metadata.license");
    component.folder = folder_;
    component.ns = string_at(json_, "namespace");
    for (const Json& word : array_at(json_, "targets")) {
      component.targets.push_back(provider_of(word));
    }
    component.provides = object_at(json_, "provides");
    component.needs = strings_of(array_at(json_, "needs"));
    component.optional = strings_of(array_at(json_, "optional"));
    component.values = object_at(json_, "values");
    component.images = strings_of(array_at(json_, "images"));
    component.crds.from_chart = bool_at(json_, "crds.fromChart");
    component.crds.manifests = manifests(array_at(json_, "crds.manifests"), "/crds/manifests");
    component.manifests = manifests(array_at(json_, "manifests"), "/manifests");
    component.chart = chart(component);
    component.secrets = secrets(component.ns);
    component.ready = ready(component.ns);
    component.failed = failed();
    component.endpoints = endpoints(component.ns);
    component.jobs = jobs(component.ns);
    return component;
  }

  const std::optional<Error>& fault() const { return fault_; }

 private:
  /// The asset path of a file or folder that the value at `pointer` names.
  std::string located(const std::string& name, const std::string& pointer) {
    const std::string path = normal_asset_path(folder_ + "/" + name);
    if (!fault_ && !assets_.has(path) && assets_.list(path).empty()) {
      std::vector<std::string> names;
      for (const std::string& file : assets_.list(folder_)) {
        names.push_back(file.substr(folder_.size() + 1));
      }
      fault_ = make_error(
          ExitCode::invalid_input,
          fmt::format("there is no file '{}' in {}{}", name, folder_, did_you_mean(name, names)));
      fault_->where = document_.position(pointer);
    }
    return path;
  }

  std::string located_at(const std::string& dotted_path, const std::string& pointer) {
    const std::string name = string_at(json_, dotted_path);
    return name.empty() ? "" : located(name, pointer);
  }

  std::vector<ManifestSource> manifests(const Json& list, const std::string& pointer) {
    std::vector<ManifestSource> sources;
    for (const Json& one : list) {
      const std::string at = pointer + "/" + std::to_string(sources.size());
      ManifestSource source;
      if (one.is_string()) {
        source.file = located(one.get<std::string>(), at);
      } else if (one.contains("kustomize")) {
        source.kustomize = located(string_at(one, "kustomize"), at + "/kustomize");
      } else {
        source.url = string_at(one, "url");
        source.digest = string_at(one, "digest");
      }
      sources.push_back(std::move(source));
    }
    return sources;
  }

  std::optional<ChartSpec> chart(const Component& component) {
    const auto found = json_.find("chart");
    if (found == json_.end()) {
      return std::nullopt;
    }
    ChartSpec chart;
    chart.repo = string_at(*found, "repo");
    chart.path = located_at("chart.path", "/chart/path");
    chart.name = string_at(*found, "name", fs::path(chart.path).filename().string());
    chart.version = string_at(*found, "version");
    chart.digest = string_at(*found, "digest");
    chart.values = located_at("chart.values", "/chart/values");
    chart.release = string_at(*found, "release", component.name);
    chart.ns = string_at(*found, "namespace", component.ns);
    return chart;
  }

  std::vector<SecretSpec> secrets(const std::string& ns) const {
    std::vector<SecretSpec> out;
    for (const Json& one : array_at(json_, "secrets")) {
      SecretSpec secret{.name = string_at(one, "name"), .ns = string_at(one, "namespace", ns)};
      secret.type = string_at(one, "type", secret.type);
      for (const auto& [key, length] : object_at(one, "generate").items()) {
        secret.generate[key] = length.get<int>();
      }
      for (const auto& [key, value] : object_at(one, "data").items()) {
        secret.data[key] = value.get<std::string>();
      }
      out.push_back(std::move(secret));
    }
    return out;
  }

  std::vector<ReadyRule> ready(const std::string& ns) const {
    std::vector<ReadyRule> out;
    for (const Json& one : array_at(json_, "ready")) {
      out.push_back({.kind = string_at(one, "kind"),
                     .name = string_at(one, "name"),
                     .ns = string_at(one, "namespace", ns),
                     .api_version = string_at(one, "apiVersion"),
                     .condition = string_at(one, "condition")});
    }
    return out;
  }

  std::vector<FailedRule> failed() const {
    std::vector<FailedRule> out;
    for (const Json& one : array_at(json_, "failed")) {
      out.push_back({string_at(one, "kind"), string_at(one, "when"), string_at(one, "reason")});
    }
    return out;
  }

  std::vector<EndpointSpec> endpoints(const std::string& ns) const {
    std::vector<EndpointSpec> out;
    for (const Json& one : array_at(json_, "endpoints")) {
      EndpointSpec endpoint;
      endpoint.name = string_at(one, "name");
      endpoint.service = string_at(one, "service");
      endpoint.ns = string_at(one, "namespace", ns);
      endpoint.port = static_cast<int>(int_at(one, "port", endpoint.port));
      endpoint.scheme = string_at(one, "scheme", endpoint.scheme);
      endpoint.path = string_at(one, "path", endpoint.path);
      endpoint.secret = string_at(one, "credentials.secret");
      endpoint.user_key = string_at(one, "credentials.user");
      endpoint.password_key = string_at(one, "credentials.password");
      out.push_back(std::move(endpoint));
    }
    return out;
  }

  std::map<std::string, JobSpec> jobs(const std::string& ns) {
    std::map<std::string, JobSpec> out;
    for (const auto& [name, one] : object_at(json_, "jobs").items()) {
      out[name] = {.name = name,
                   .title = string_at(one, "title"),
                   .file = located(string_at(one, "template"), "/jobs/" + name + "/template"),
                   .ns = string_at(one, "namespace", ns),
                   .selector = string_at(one, "follow.selector"),
                   .done = string_at(one, "done"),
                   .failed = string_at(one, "failed"),
                   .reason = string_at(one, "reason"),
                   .log_pod = string_at(one, "logs.pod"),
                   .log_container = string_at(one, "logs.container"),
                   .log_result = string_at(one, "logs.result")};
    }
    return out;
  }

  const YamlDocument& document_;
  const Json& json_;
  std::string folder_;
  const Assets& assets_;
  std::optional<Error> fault_;
};

}  // namespace

Result<Component> decode_component(YamlDocument document, const std::string& folder,
                                   const Assets& assets) {
  Decoder decoder(document, folder, assets);
  Component component = decoder.decode();
  if (decoder.fault()) {
    return fail(*decoder.fault());
  }
  component.document = std::move(document);
  return component;
}

}  // namespace dpctl
