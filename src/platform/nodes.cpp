// SPDX-License-Identifier: Apache-2.0
#include "platform/nodes.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "kube/readiness.hpp"
#include "kube/wait.hpp"
#include "platform/render.hpp"
#include "util/timed_stop.hpp"

namespace dpctl {

namespace {

const ListQuery all_nodes{.api_version = "v1", .kind = "Node"};

std::set<std::string> images_on(const Json& node) {
  std::set<std::string> names;
  for (const auto& image : array_at(node, "status.images")) {
    for (const auto& name : array_at(image, "names")) {
      if (name.is_string()) {
        names.insert(full_image_name(name.get<std::string>()));
      }
    }
  }
  return names;
}

bool is_control_plane(const Json& node) {
  return object_at(node, "metadata.labels").contains("node-role.kubernetes.io/control-plane");
}

}  // namespace

Result<> wait_for_nodes(Session& session, std::size_t count, StepContext& context) {
  auto* client = TRY(session.cluster(context.stop));
  std::set<std::string> ready;
  std::set<std::string> known;
  const auto all_ready = [&] { return known.size() >= count && ready.size() == known.size(); };
  const TimedStop end(context.stop, context.deadline);
  TRY(client->watch(all_nodes,
                    [&](EventKind kind, const Json& node) {
                      if (kind != EventKind::synced) {
                        const auto name = string_at(node, "metadata.name");
                        known.insert(name);
                        if (readiness_of(node).state == ReadyState::ready &&
                            kind != EventKind::deleted) {
                          ready.insert(name);
                        } else {
                          ready.erase(name);
                        }
                        context.note(std::to_string(ready.size()) + " of " + std::to_string(count) +
                                     " nodes are ready");
                      }
                      return !all_ready();
                    },
                    {.stop = end.token()}));
  if (all_ready()) {
    return {};
  }
  if (context.stop.stop_requested()) {
    return fail(ExitCode::interrupted, "interrupted");
  }
  return fail(ExitCode::timed_out,
              std::to_string(ready.size()) + " of " + std::to_string(count) + " nodes became ready",
              "kubectl --kubeconfig " + session.kubeconfig().string() + " describe nodes");
}

Result<State> state_of_nodes(Session& session, StepContext& context) {
  auto* client = TRY(session.cluster(context.stop));
  State state;
  for (const auto& node : TRY(client->list(all_nodes, call_of(context)))) {
    const auto readiness = readiness_of(node);
    if (readiness.state != ReadyState::ready) {
      state.condition = Condition::not_ready;
      state.reasons.push_back("Node " + string_at(node, "metadata.name") + ": " +
                              readiness.message);
    }
  }
  return state;
}

Result<std::vector<std::string>> images_missing_on_nodes(Session& session,
                                                         const std::vector<std::string>& images,
                                                         const Call& call) {
  auto* client = TRY(session.cluster(call.stop));
  auto nodes = TRY(client->list(all_nodes, call));
  if (!std::ranges::all_of(nodes, is_control_plane)) {
    std::erase_if(nodes, is_control_plane);
  }
  std::vector<std::string> missing;
  for (const auto& image : images) {
    const auto lacks = [&](const Json& node) {
      return !images_on(node).contains(full_image_name(image));
    };
    if (std::ranges::any_of(nodes, lacks)) {
      missing.push_back(image);
    }
  }
  return missing;
}

}  // namespace dpctl
