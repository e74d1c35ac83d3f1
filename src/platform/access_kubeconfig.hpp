// SPDX-License-Identifier: Apache-2.0
// The kubeconfig that a user gets: the cluster as dpctl's own kubeconfig names it, and the user's
// credentials alone.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "util/json.hpp"
#include "util/process.hpp"
#include "util/result.hpp"

namespace dpctl {

/// The entry `clusters` of a kubeconfig: address, certificate authority, proxy.
struct ClusterEntry {
  std::string name;
  Json cluster;
};

/// Where that entry is read from.
struct KubeconfigSource {
  std::filesystem::path kubectl;
  std::filesystem::path kubeconfig;  // empty: as kubectl finds it
  std::string context;
};

/// Asks kubectl, which puts certificates of files in. The credentials that it answers too are
/// dropped here. Fails (unfit) where the kubeconfig has no such context.
Result<ClusterEntry> read_cluster_entry(const Exec& exec, const KubeconfigSource& source,
                                        std::stop_token stop);

/// A whole kubeconfig with one context, USER@CLUSTER, in namespace `ns`. `credentials` is the
/// user's entry.
Json user_kubeconfig(const ClusterEntry& cluster, const std::string& user, const std::string& ns,
                     const Json& credentials);

}  // namespace dpctl
