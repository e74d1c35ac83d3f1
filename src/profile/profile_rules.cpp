// SPDX-License-Identifier: Apache-2.0
#include "profile/profile_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "util/text.hpp"

namespace dpctl {
namespace {

constexpr std::size_t longest_label = 63;  // of a DNS label, so of host names and label values too

Error fault(const Profile& profile, std::string_view pointer, std::string message,
            std::string hint = {}) {
  Error error = make_error(ExitCode::invalid_input, std::move(message), std::move(hint));
  error.where = profile.document.position(pointer);
  return error;
}

bool is_label_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_dns_label(std::string_view name) {
  return !name.empty() && name.front() != '-' && name.back() != '-' &&
         std::all_of(name.begin(), name.end(), is_label_character);
}

/// What kind appends to a cluster's name to name the longest of its containers.
std::string longest_kind_suffix(const ClusterSpec& cluster) {
  std::string longest = cluster.control_planes > 1 ? "-external-load-balancer" : "-control-plane";
  const std::string worker =
      cluster.workers > 1 ? "-worker" + std::to_string(cluster.workers) : "-worker";
  return worker.size() > longest.size() ? worker : longest;
}

std::string length_reason(const ClusterSpec& cluster) {
  if (cluster.provider == Provider::kind) {
    return fmt::format("kind makes NAME{} of it, and a host name has {} at most",
                       longest_kind_suffix(cluster), longest_label);
  }
  return cluster.provider == Provider::eks ? "EKS allows no more" : "Kubernetes allows no more";
}

Result<> check_name(const Profile& profile, std::string_view pointer, const std::string& what,
                    const std::string& name) {
  if (!is_dns_label(name)) {
    return fail(fault(profile, pointer,
                      fmt::format("{} '{}' is not a name that Kubernetes takes", what, name),
                      "lower-case letters, digits and '-', with a letter or digit at both ends"));
  }
  return {};
}

Result<> check_lengths(const Profile& profile) {
  if (profile.name.size() > longest_label) {
    return fail(fault(profile, "/metadata/name",
                      fmt::format("metadata.name has {} characters and may have {}",
                                  profile.name.size(), longest_label),
                      "it becomes the value of a label"));
  }
  const std::size_t most = longest_cluster_name(profile.cluster);
  if (profile.cluster.name.size() > most) {
    return fail(fault(
        profile, "/cluster/name",
        fmt::format("cluster.name '{}' has {} characters and may have {}: {}", profile.cluster.name,
                    profile.cluster.name.size(), most, length_reason(profile.cluster)),
        "set a shorter one: --set cluster.name=NAME"));
  }
  return {};
}

Result<> check_provider(const Profile& profile) {
  const ClusterSpec& cluster = profile.cluster;
  if (cluster.provider == Provider::existing && cluster.context.empty()) {
    return fail(fault(profile, "/cluster/context",
                      "cluster.context is missing: the context of the cluster to use",
                      "--set cluster.context=NAME; `kubectl config get-contexts` lists them"));
  }
  if (cluster.provider == Provider::eks && string_at(cluster.eks, "region").empty()) {
    return fail(fault(profile, "/cluster/eks", "cluster.eks.region is missing",
                      "--set cluster.eks.region=eu-central-1"));
  }
  return {};
}

Result<> check_component(const Profile& profile, const std::vector<std::string>& known,
                         std::string_view pointer, const std::string& name) {
  if (std::find(known.begin(), known.end(), name) != known.end()) {
    return {};
  }
  return fail(fault(profile, pointer,
                    fmt::format("there is no component '{}'{}", name, did_you_mean(name, known)),
                    fmt::format("components: {}", join(known, ", "))));
}

Result<> check_components(const Profile& profile, const Assets& assets) {
  const std::vector<std::string> known = component_names(assets);
  for (const auto& [name, wanted] : profile.components) {
    TRY(check_component(profile, known, "/components/" + name, name));
  }
  for (const auto& [name, values] : profile.values.items()) {
    TRY(check_component(profile, known, "/values/" + name, name));
  }
  for (const auto& [capability, name] : profile.providers) {
    TRY(check_component(profile, known, "/providers/" + capability, name));
  }
  return {};
}

}  // namespace

std::size_t longest_cluster_name(const ClusterSpec& cluster) {
  if (cluster.provider == Provider::kind) {
    return longest_label - longest_kind_suffix(cluster).size();
  }
  return cluster.provider == Provider::eks ? 100 : longest_label;
}

Result<> check_profile_rules(const Profile& profile, const Assets& assets) {
  TRY(check_name(profile, "/metadata/name", "metadata.name", profile.name));
  TRY(check_name(profile, "/cluster/name", "cluster.name", profile.cluster.name));
  TRY(check_lengths(profile));
  TRY(check_provider(profile));
  return check_components(profile, assets);
}

}  // namespace dpctl
