// SPDX-License-Identifier: Apache-2.0
#include "kube/release.hpp"

#include <charconv>
#include <utility>

#include "kube/base64.hpp"
#include "kube/gzip.hpp"

namespace dpctl {
namespace {

constexpr std::size_t largest_release = 64UL << 20U;

std::string label(const Json& secret, std::string_view name) {
  return string_at(object_at(secret, "metadata.labels"), name);
}

std::string fingerprint_of(const Json& secret) {
  const auto& labels = object_at(secret, "metadata.labels");
  const auto found = labels.find(std::string(fingerprint_label));  // its name holds a dot
  return found != labels.end() && found->is_string() ? found->get<std::string>() : "";
}

ReleaseRevision revision_of(const Json& secret) {
  const std::string version = label(secret, "version");
  ReleaseRevision revision{.ns = string_at(secret, "metadata.namespace"),
                           .name = label(secret, "name"),
                           .status = label(secret, "status"),
                           .fingerprint = fingerprint_of(secret),
                           .secret = string_at(secret, "metadata.name"),
                           .uid = string_at(secret, "metadata.uid")};
  std::from_chars(version.data(), version.data() + version.size(), revision.revision);
  return revision;
}

ObjectRef secret_ref(const ReleaseRevision& revision) {
  return {"v1", "Secret", revision.ns, revision.secret};
}

Result<std::string> payload_of(const Json& secret) {
  // Once by helm, once more as every Secret's data is.
  const auto outer = from_base64(string_at(secret, "data.release"));
  const auto inner = outer ? from_base64(*outer) : std::nullopt;
  if (!inner || inner->empty()) {
    return fail(ExitCode::invalid_input, "is not base64");
  }
  const bool packed = inner->starts_with("\x1f\x8b");  // helm reads unpacked ones too
  return packed ? gunzip(*inner, largest_release) : Result<std::string>(*inner);
}

}  // namespace

Releases releases_of(const std::vector<Json>& secrets) {
  Releases releases;
  for (const auto& secret : secrets) {
    const ReleaseRevision revision = revision_of(secret);
    if (revision.name.empty() || revision.revision == 0) {
      continue;
    }
    Release& release = releases[{revision.ns, revision.name}];
    const int newest_deployed = release.deployed ? release.deployed->revision : 0;
    if (revision.status == "deployed" && revision.revision > newest_deployed) {
      release.deployed = revision;
    }
    if (revision.revision > release.latest.revision) {
      release.latest = revision;
    }
  }
  return releases;
}

Result<Releases> list_releases(KubeClient& client, const Call& call) {
  return releases_of(TRY(client.list({.api_version = "v1",
                                      .kind = "Secret",
                                      .labels = "owner=helm",
                                      .detail = Detail::metadata_only},
                                     call)));
}

Result<ReleaseContent> decode_release(const Json& secret) {
  const std::string name = "helm release " + string_at(secret, "metadata.name");
  const std::string text = TRY(Result<std::string>(payload_of(secret).map_error(in(name))));
  const Json release = TRY(parse_json(text, name));
  ReleaseContent content{.chart = string_at(release, "chart.metadata.name"),
                         .chart_version = string_at(release, "chart.metadata.version"),
                         .manifest = string_at(release, "manifest")};
  for (const auto& hook : array_at(release, "hooks")) {
    content.hooks.push_back(string_at(hook, "manifest"));
  }
  return content;
}

Result<ReleaseContent> release_content(KubeClient& client, const ReleaseRevision& revision,
                                       const Call& call) {
  const auto secret = TRY(client.get(secret_ref(revision), call));
  if (!secret) {
    return fail(ExitCode::step_failed, "helm release " + revision.ns + "/" + revision.name +
                                           " revision " + std::to_string(revision.revision) +
                                           " is gone");
  }
  return decode_release(*secret);
}

Result<> remove_revision(KubeClient& client, const ReleaseRevision& revision, const Call& call) {
  TRY(client.remove(secret_ref(revision), {.uid = revision.uid}, call));
  return {};
}

}  // namespace dpctl
