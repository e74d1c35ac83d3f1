// SPDX-License-Identifier: Apache-2.0
#include "platform/chart_release.hpp"

#include <algorithm>
#include <chrono>

#include "platform/chart_store.hpp"
#include "platform/release_objects.hpp"

namespace dpctl {

namespace {
constexpr const char* release_api_version =
    "helm.sh/v3";  // the type of helm's Secrets: helm.sh/release.v1 of storage v3
}

ObjectRef release_ref(const ReleaseKey& key) {
  return {
      .api_version = release_api_version, .kind = "Release", .ns = key.first, .name = key.second};
}

bool is_release(const ObjectRef& ref) {
  return ref.api_version == release_api_version && ref.kind == "Release";
}

Result<bool> uninstall_release(Session& session, const ReleaseKey& key, StepContext& context) {
  if (!session.cluster_there() || !TRY(find_release(session, key, call_of(context)))) {
    return false;
  }
  const auto helm = TRY(helm_of(session, context.stop));
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(
      context.deadline - std::chrono::steady_clock::now());
  TRY(helm.uninstall({.name = key.second, .ns = key.first}, std::max(left, std::chrono::seconds(1)),
                     tool_call_of(context)));
  return true;
}

}  // namespace dpctl
