// SPDX-License-Identifier: Apache-2.0
// The target kind: a cluster of docker containers on this machine.
#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "platform/nodes.hpp"
#include "platform/ownership.hpp"
#include "platform/preflight.hpp"
#include "platform/target.hpp"
#include "tools/docker.hpp"
#include "tools/kind.hpp"

namespace dpctl {

namespace {

constexpr const char* role_label = "io.x-k8s.kind.role";

KindSpec spec_of(const ClusterSpec& cluster) {
  return {.name = cluster.name,
          .control_planes = cluster.control_planes,
          .workers = cluster.workers,
          .node_image = cluster.node_image,
          .overrides = cluster.kind};
}

std::size_t node_count(const ClusterSpec& cluster) {
  return static_cast<std::size_t>(cluster.control_planes + cluster.workers);
}

// Docker is no tool of the catalogue: it is a service of the machine, for dpctl to find and not to
// install.
Result<Program> docker_program(Session& session) {
  const auto path = find_on_path("docker");
  if (!path) {
    return fail(ExitCode::tool, "docker is not on PATH",
                "install docker, or rehearse without it: --profile rehearsal");
  }
  return Program{.exec = session.exec(), .program = *path};
}

Result<std::vector<Container>> containers_of(Session& session, const ToolCall& call) {
  const Docker docker(TRY(docker_program(session)));
  auto containers = docker.containers(
      std::string(kind_cluster_label) + "=" + session.profile().cluster.name, call);
  if (!containers && containers.error().code != ExitCode::interrupted) {
    TRY(docker.info(call));  // says better what is wrong where the daemon does not answer
  }
  return containers;
}

int count_role(const std::vector<Container>& containers, const std::string& role) {
  return static_cast<int>(std::ranges::count_if(containers, [&](const Container& container) {
    const auto label = container.labels.find(role_label);
    return label != container.labels.end() && label->second == role;
  }));
}

// Whether the cluster is dpctl's; a lost state folder is made good from the cluster itself.
Result<Made> who_made(Session& session, StepContext& context) {
  const auto noted = made_by_note(session);
  if (noted != Made::no) {
    return noted;
  }
  const Kind kind(TRY(session.program("kind", context.stop)));
  TRY(kind.export_kubeconfig(session.profile().cluster.name, session.kubeconfig(),
                             tool_call_of(context)));
  if (!TRY(is_marked(session, call_of(context)))) {
    session.disconnect();
    return Made::no;
  }
  TRY(note_made(session, Made::yes));
  return Made::yes;
}

Result<> check_shape(const Session& session, const std::vector<Container>& containers) {
  const auto& wanted = session.profile().cluster;
  const int control_planes = count_role(containers, "control-plane");
  const int workers = count_role(containers, "worker");
  if (control_planes == wanted.control_planes && workers == wanted.workers) {
    return {};
  }
  const auto shape = [](int planes, int others) {
    return std::to_string(planes) + " control planes and " + std::to_string(others) + " workers";
  };
  return fail(ExitCode::refused,
              "kind cluster '" + wanted.name + "' has " + shape(control_planes, workers) +
                  ", the profile wants " + shape(wanted.control_planes, wanted.workers) +
                  "; kind cannot change a cluster",
              "dpctl clean, then dpctl setup; or give the other one a name: --set cluster.name=…");
}

Result<State> check(Session& session, StepContext& context) {
  const auto containers = TRY(containers_of(session, tool_call_of(context)));
  if (containers.empty()) {
    return State{.condition = Condition::absent, .reasons = {"there is no such cluster"}};
  }
  const auto made = TRY(who_made(session, context));
  if (made == Made::no) {
    return fail(not_made_by_dpctl(session));
  }
  if (made == Made::halfway) {
    return State{.condition = Condition::differs,
                 .reasons = {"left half made by a run that did not end"}};
  }
  TRY(check_shape(session, containers));
  for (const auto& container : containers) {
    if (container.state != "running") {
      return State{.condition = Condition::differs,
                   .reasons = {"container " + container.name + " is " + container.state}};
    }
  }
  session.cluster_found(true);
  return state_of_nodes(session, context);
}

std::vector<int> mapped_ports(const Json& overrides) {
  std::vector<int> ports;
  for (const auto& node : array_at(overrides, "nodes")) {
    for (const auto& mapping : array_at(node, "extraPortMappings")) {
      ports.push_back(static_cast<int>(int_at(mapping, "hostPort")));
    }
  }
  return ports;
}

Result<> check_machine(Session& session, StepContext& context) {
  const auto& cluster = session.profile().cluster;
  const Docker docker(TRY(docker_program(session)));
  const auto info = TRY(docker.info(tool_call_of(context)));
  if (!cluster.preflight) {
    return {};
  }
  MachineFacts facts{.docker_memory = info.memory,
                     .inotify_instances = number_in("/proc/sys/fs/inotify/max_user_instances"),
                     .inotify_watches = number_in("/proc/sys/fs/inotify/max_user_watches")};
  std::error_code code;
  const auto space = std::filesystem::space(info.root, code);
  if (!code) {
    facts.disk_free = static_cast<std::int64_t>(space.available);
  }
  std::ranges::copy_if(mapped_ports(cluster.kind), std::back_inserter(facts.busy_ports),
                       port_is_busy);
  const auto findings = judge_machine(facts, {.nodes = static_cast<int>(node_count(cluster))});
  for (const auto& warning : findings.warnings) {
    context.note("warning: " + warning);
  }
  if (auto error = unfit_machine(findings)) {
    return fail(std::move(*error));
  }
  return {};
}

// Keeps the evidence, then takes the half-made cluster away: kind itself would delete both (or,
// told to --retain, neither).
Error clear_up(Session& session, const Kind& kind, StepContext& context, Error error) {
  const auto& name = session.profile().cluster.name;
  // Not the step's stop: it may be what ended the creation, and the clearing up must run all the
  // same.
  const ToolCall call{.stop = {}, .log = context.log, .timeout = std::chrono::minutes(2)};
  const auto logs = session.folder() / "kind-logs";
  if (error.code != ExitCode::interrupted && kind.export_logs(name, logs, call)) {
    error.hint +=
        (error.hint.empty() ? "" : "; ") + std::string("the nodes' logs are in ") + logs.string();
  }
  if (kind.remove(name, session.kubeconfig(), call)) {
    std::error_code ignored;
    std::filesystem::remove(session.folder() / "cluster", ignored);
  }
  return error;
}

Result<> create(Session& session, StepContext& context) {
  TRY(check_machine(session, context));
  const Kind kind(TRY(session.program("kind", context.stop)));
  const auto call = tool_call_of(context);
  if (made_by_note(session) == Made::halfway) {
    context.note("removing what an earlier run left half made");
    TRY(kind.remove(session.profile().cluster.name, session.kubeconfig(), call));
  }
  TRY(note_made(session, Made::halfway));
  ToolCall told = call;
  told.on_line = [&context](std::string_view line) { context.note(std::string(line)); };
  auto created = kind.create(spec_of(session.profile().cluster), session.kubeconfig(), told);
  if (!created) {
    return fail(clear_up(session, kind, context, std::move(created).error()));
  }
  TRY(note_made(session, Made::yes));
  return {};
}

// After a restart of docker the nodes are there, stopped.
Result<> start_stopped(Session& session, const std::vector<Container>& containers,
                       StepContext& context) {
  const auto docker = TRY(docker_program(session));
  std::vector<std::string> arguments = {"start"};
  for (const auto& container : containers) {
    if (container.state != "running") {
      arguments.push_back(container.name);
    }
  }
  if (arguments.size() > 1) {
    TRY(run_tool_ok(docker, std::move(arguments), tool_call_of(context)));
  }
  return {};
}

Result<> apply(Session& session, StepContext& context) {
  const auto containers = TRY(containers_of(session, tool_call_of(context)));
  if (containers.empty() || made_by_note(session) != Made::yes) {
    TRY(create(session, context));
  } else {
    TRY(start_stopped(session, containers, context));
  }
  session.cluster_found(true);
  TRY(wait_for_nodes(session, node_count(session.profile().cluster), context));
  return mark_cluster(session, call_of(context));
}

Result<bool> undo(Session& session, StepContext& context) {
  const auto containers = TRY(containers_of(session, tool_call_of(context)));
  if (containers.empty()) {
    return false;
  }
  if (TRY(who_made(session, context)) == Made::no) {
    return fail(not_made_by_dpctl(session));
  }
  session.disconnect();
  const Kind kind(TRY(session.program("kind", context.stop)));
  TRY(kind.remove(session.profile().cluster.name, session.kubeconfig(), tool_call_of(context)));
  return true;
}

Result<std::vector<std::string>> left_in_docker(Session& session) {
  std::vector<std::string> left;
  for (const auto& container : TRY(containers_of(session, {}))) {
    left.push_back("docker container " + container.name);
  }
  return left;
}

Step preload_step(Session& session) {
  const auto images = session.profile().images.preload;
  Step step{.id = "images",
            .title = std::to_string(images.size()) + " images of docker in the nodes",
            .needs = {"cluster"}};
  step.check = [&session, images](StepContext& context) -> Result<State> {
    if (!session.cluster_there()) {
      return no_cluster_yet();
    }
    State state;
    for (const auto& image : TRY(images_missing_on_nodes(session, images, call_of(context)))) {
      state.condition = Condition::absent;
      state.reasons.push_back(image + " is not on every node");
    }
    return state;
  };
  step.apply = [&session, images](StepContext& context) -> Result<> {
    const auto missing = TRY(images_missing_on_nodes(session, images, call_of(context)));
    const Kind kind(TRY(session.program("kind", context.stop)));
    return kind.load_images(session.profile().cluster.name, missing, {}, tool_call_of(context));
  };
  return step;
}

}  // namespace

Target kind_target(Session& session) {
  const auto& cluster = session.profile().cluster;
  Step step{.id = "cluster",
            .title = "kind cluster " + cluster.name + " (" +
                     std::to_string(cluster.control_planes) + " + " +
                     std::to_string(cluster.workers) + " nodes)"};
  step.check = [&session](StepContext& context) { return check(session, context); };
  step.apply = [&session](StepContext& context) { return apply(session, context); };
  step.undo = [&session](StepContext& context) { return undo(session, context); };
  Target target{.title = "kind cluster " + cluster.name, .disposable = true, .steps = {step}};
  target.leftovers = [&session] { return left_in_docker(session); };
  if (!session.profile().images.preload.empty()) {
    target.steps.push_back(preload_step(session));
  }
  return target;
}

}  // namespace dpctl
