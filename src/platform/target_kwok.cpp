// SPDX-License-Identifier: Apache-2.0
// The target kwok: a real API server with pretend nodes, for rehearsals. The nodes and what plays
// their kubelets are objects of the component `rehearsal`.
#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "platform/ownership.hpp"
#include "platform/strays.hpp"
#include "platform/target.hpp"
#include "tools/kwokctl.hpp"
#include "util/files.hpp"

namespace dpctl {

namespace {

std::filesystem::path workdir(const Session& session) { return session.folder() / "kwok"; }

Result<Kwokctl> kwokctl_of(Session& session, const std::stop_token& stop) {
  return Kwokctl(TRY(session.program("kwokctl", stop)), workdir(session));
}

// Without it etcd, which asks nobody for credentials, would listen to the whole network; kwokctl
// has no flag for that.
constexpr const char* configuration =
    "apiVersion: config.kwok.x-k8s.io/v1alpha1\n"
    "kind: KwokctlConfiguration\n"
    "options:\n"
    "  bindAddress: 127.0.0.1\n";

Result<KwokSpec> spec_of(Session& session, const std::stop_token& stop) {
  KwokSpec spec{.name = session.profile().cluster.name,
                .binaries = {},
                .kubeconfig = session.kubeconfig(),
                .config = session.folder() / "kwokctl.yaml"};
  spec.binaries.etcd = TRY(session.tool("etcd", stop));
  spec.binaries.kube_apiserver = TRY(session.tool("kube-apiserver", stop));
  spec.binaries.kube_controller_manager = TRY(session.tool("kube-controller-manager", stop));
  spec.binaries.kube_scheduler = TRY(session.tool("kube-scheduler", stop));
  spec.binaries.kwok = TRY(session.tool("kwok", stop));
  spec.binaries.kubectl = TRY(session.tool("kubectl", stop));
  return spec;
}

// kwokctl keeps all that it knows of a cluster in this folder of dpctl's: what lies there, dpctl
// made.
bool is_known(const Session& session) {
  std::error_code ignored;
  return std::filesystem::exists(workdir(session) / "clusters" / session.profile().cluster.name,
                                 ignored);
}

Result<State> check(Session& session, StepContext& context) {
  if (!is_known(session)) {
    return State{.condition = Condition::absent, .reasons = {"there is no such cluster"}};
  }
  if (made_by_note(session) != Made::yes) {
    return State{.condition = Condition::differs,
                 .reasons = {"left half made by a run that did not end"}};
  }
  const auto client = session.cluster(context.stop);
  if (!client) {
    session.disconnect();
    return State{.condition = Condition::differs, .reasons = {"its API server does not answer"}};
  }
  session.cluster_found(true);
  return State{};
}

// kwokctl knows its components by files that it writes after it started them: what an interrupted
// one started goes by program.
Result<> remove_cluster(Session& session, const Kwokctl& kwokctl, const KwokSpec& spec,
                        const ToolCall& call) {
  auto removed = kwokctl.remove(spec, call);
  end_processes_below(workdir(session));
  return removed;
}

Result<> apply(Session& session, StepContext& context) {
  const auto kwokctl = TRY(kwokctl_of(session, context.stop));
  const auto spec = TRY(spec_of(session, context.stop));
  const auto call = tool_call_of(context);
  if (is_known(session) && made_by_note(session) != Made::yes) {
    TRY(remove_cluster(session, kwokctl, spec, call));
  }
  TRY(note_made(session, Made::halfway));
  TRY(write_file(spec.config, configuration));
  auto created = kwokctl.create(spec, call);
  if (!created) {
    const ToolCall unstopped{.stop = {}, .log = context.log, .timeout = std::chrono::minutes(1)};
    static_cast<void>(remove_cluster(session, kwokctl, spec, unstopped).has_value());
    return fail(std::move(created).error());
  }
  // kwokctl exits 0 where its wait ran out: the API server's own word counts, and the proxy waits
  // for that.
  TRY(session.cluster(context.stop));
  TRY(note_made(session, Made::yes));
  session.cluster_found(true);
  return mark_cluster(session, call_of(context));
}

Result<bool> undo(Session& session, StepContext& context) {
  if (!is_known(session)) {
    return false;
  }
  session.disconnect();
  const auto kwokctl = TRY(kwokctl_of(session, context.stop));
  TRY(remove_cluster(session, kwokctl, TRY(spec_of(session, context.stop)), tool_call_of(context)));
  return true;
}

}  // namespace

Target kwok_target(Session& session) {
  const auto& name = session.profile().cluster.name;
  Step step{.id = "cluster", .title = "kwok cluster " + name + " (a rehearsal: pretend nodes)"};
  step.check = [&session](StepContext& context) { return check(session, context); };
  step.apply = [&session](StepContext& context) { return apply(session, context); };
  step.undo = [&session](StepContext& context) { return undo(session, context); };
  Target target{.title = "kwok cluster " + name, .disposable = true, .steps = {step}};
  target.leftovers = [&session]() -> Result<std::vector<std::string>> {
    return is_known(session) ? std::vector<std::string>{workdir(session).string()}
                             : std::vector<std::string>{};
  };
  return target;
}

}  // namespace dpctl
