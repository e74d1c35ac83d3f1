// SPDX-License-Identifier: Apache-2.0
// The target eks: a cluster on AWS, made and removed by eksctl.
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kube/wait.hpp"
#include "platform/eks_config.hpp"
#include "platform/ownership.hpp"
#include "platform/target.hpp"
#include "tools/eksctl.hpp"
#include "util/files.hpp"

namespace dpctl {

namespace {

constexpr auto operation_timeout = std::chrono::minutes(40);

Result<Eksctl> eksctl_of(Session& session, const std::stop_token& stop) {
  return Eksctl(TRY(session.program("eksctl", stop)));
}

EksName name_of(const Session& session) {
  const auto& cluster = session.profile().cluster;
  return {.name = cluster.name, .region = string_at(cluster.eks, "region")};
}

bool is_ours(const EksCluster& cluster) { return cluster.tags.contains("dpctl.dev/cluster"); }

Result<State> check(Session& session, StepContext& context) {
  const auto eksctl = TRY(eksctl_of(session, context.stop));
  const auto call = tool_call_of(context);
  const auto cluster = TRY(eksctl.cluster(name_of(session), call));
  if (!cluster) {
    return State{.condition = Condition::absent, .reasons = {"there is no such cluster"}};
  }
  if (!is_ours(*cluster)) {
    return fail(not_made_by_dpctl(session));
  }
  if (cluster->status != "ACTIVE") {
    return State{.condition = Condition::differs, .reasons = {"it is " + cluster->status}};
  }
  const auto groups = TRY(eksctl.node_groups(name_of(session), call));
  if (!groups || groups->empty()) {
    return State{.condition = Condition::differs, .reasons = {"it has no node group"}};
  }
  std::error_code ignored;
  if (!std::filesystem::exists(session.kubeconfig(), ignored)) {
    TRY(eksctl.write_kubeconfig(name_of(session), session.kubeconfig(), call));
  }
  session.cluster_found(true);
  return State{};
}

// What a run that did not end left: node groups can be added to a cluster that stands; anything
// else eksctl cannot resume.
Result<> resume(const Eksctl& eksctl, const EksCluster& cluster,
                const std::filesystem::path& config, StepContext& context) {
  if (cluster.status != "ACTIVE") {
    return fail(ExitCode::step_failed,
                "the cluster is " + cluster.status + ", and eksctl cannot go on from there",
                "wait if it is CREATING; else dpctl clean, then dpctl setup");
  }
  return eksctl.create_node_groups(config, operation_timeout, tool_call_of(context));
}

Result<> apply(Session& session, StepContext& context) {
  const auto eksctl = TRY(eksctl_of(session, context.stop));
  const auto call = tool_call_of(context);
  const auto config = session.folder() / "cluster.yaml";
  TRY(write_file(config, TRY(eks_config_text(session)), 0600));
  const auto cluster = TRY(eksctl.cluster(name_of(session), call));
  if (cluster) {
    TRY(resume(eksctl, *cluster, config, context));
  } else {
    TRY(eksctl.create_cluster(config, session.kubeconfig(), operation_timeout, call));
  }
  TRY(eksctl.write_kubeconfig(name_of(session), session.kubeconfig(), call));
  session.cluster_found(true);
  return {};
}

// A load balancer or a volume that Kubernetes made outlives the cluster, and costs, if it is not
// asked for its removal first.
Result<> remove_cloud_resources(Session& session, StepContext& context) {
  auto* client = TRY(session.cluster(context.stop));
  const auto call = call_of(context);
  std::vector<ObjectRef> refs;
  for (const auto& service : TRY(client->list({.api_version = "v1", .kind = "Service"}, call))) {
    if (string_at(service, "spec.type") == "LoadBalancer") {
      refs.push_back(TRY(ref_of(service)));
    }
  }
  if (!session.consent().keep_data) {
    for (const auto& claim :
         TRY(client->list({.api_version = "v1", .kind = "PersistentVolumeClaim"}, call))) {
      refs.push_back(TRY(ref_of(claim)));
    }
  }
  for (const auto& ref : refs) {
    TRY(client->remove(ref, {}, call));
  }
  return wait_until_gone(
      *client, refs, {.deadline = context.deadline, .stop = context.stop, .note = context.note});
}

Result<bool> undo(Session& session, StepContext& context) {
  const auto eksctl = TRY(eksctl_of(session, context.stop));
  const auto cluster = TRY(eksctl.cluster(name_of(session), tool_call_of(context)));
  if (!cluster) {
    return false;
  }
  if (!is_ours(*cluster)) {
    return fail(not_made_by_dpctl(session));
  }
  if (session.cluster_there()) {
    TRY(remove_cloud_resources(session, context));
  }
  session.disconnect();
  TRY(eksctl.remove_cluster(name_of(session), tool_call_of(context)));
  return true;
}

}  // namespace

Target eks_target(Session& session) {
  const auto name = name_of(session);
  Step step{.id = "cluster",
            .title = "EKS cluster " + name.name + " in " + name.region,
            .timeout = std::chrono::hours(2)};
  step.check = [&session](StepContext& context) { return check(session, context); };
  step.apply = [&session](StepContext& context) { return apply(session, context); };
  step.undo = [&session](StepContext& context) { return undo(session, context); };
  return {.title = "EKS cluster " + name.name, .disposable = false, .steps = {step}};
}

}  // namespace dpctl
