// SPDX-License-Identifier: Apache-2.0
#include "platform/release_objects.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kube/object.hpp"
#include "util/yaml.hpp"

namespace dpctl {

ReleaseKey release_key(const Component& component) {
  const ChartSpec& chart = *component.chart;
  return {chart.ns.empty() ? component.ns : chart.ns,
          chart.release.empty() ? component.name : chart.release};
}

Result<std::optional<Release>> find_release(Session& session, const ReleaseKey& key,
                                            const Call& call) {
  auto* client = TRY(session.cluster(call.stop));
  const auto secrets = TRY(client->list({.api_version = "v1",
                                         .kind = "Secret",
                                         .ns = key.first,
                                         .labels = "owner=helm,name=" + key.second,
                                         .detail = Detail::metadata_only},
                                        call));
  auto releases = releases_of(secrets);
  const auto found = releases.find(key);
  return found == releases.end() ? std::nullopt : std::optional(std::move(found->second));
}

namespace {

// Helm puts these on each object as it applies it; the manifest that it keeps does not have them.
void add_helm_metadata(Json& object, const ReleaseRevision& revision) {
  merge_into(object, {{"metadata",
                       {{"labels", {{std::string(managed_by_label), "Helm"}}},
                        {"annotations",
                         {{"meta.helm.sh/release-name", revision.name},
                          {"meta.helm.sh/release-namespace", revision.ns}}}}}});
}

}  // namespace

Result<std::vector<Json>> objects_of_release(Session& session, const ReleaseRevision& revision,
                                             const Call& call) {
  auto* client = TRY(session.cluster(call.stop));
  const auto content = TRY(release_content(*client, revision, call));
  std::vector<Json> objects;
  for (const auto& document :
       TRY(parse_kubernetes_yaml(content.manifest, "helm release " + revision.name))) {
    for (auto& object : objects_of(document.value)) {
      const auto kind =
          TRY(client->resource(string_at(object, "apiVersion"), string_at(object, "kind"), call));
      // Charts may leave the namespace out; helm puts such an object into the release's.
      if (kind && kind->namespaced && string_at(object, "metadata.namespace").empty()) {
        object["metadata"]["namespace"] = revision.ns;
      }
      add_helm_metadata(object, revision);
      objects.push_back(std::move(object));
    }
  }
  return objects;
}

}  // namespace dpctl
