// SPDX-License-Identifier: Apache-2.0
// The target existing: a cluster that is there, named by a context of the user's kubeconfig. dpctl
// never makes or deletes it.
#include <string>
#include <utility>
#include <vector>

#include "platform/target.hpp"
#include "tools/kubectl.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

// Never the current context by accident: the profile names one, and it must be there.
Result<> check_context(Session& session, StepContext& context) {
  const auto& wanted = session.profile().cluster;
  const Kubectl kubectl(TRY(session.program("kubectl", context.stop)));
  const auto contexts = TRY(kubectl.contexts(wanted.kubeconfig, tool_call_of(context)));
  std::vector<std::string> names;
  for (const auto& known : contexts) {
    if (known.name == wanted.context) {
      return {};
    }
    names.push_back(known.name);
  }
  return fail(ExitCode::invalid_input,
              "the kubeconfig has no context '" + wanted.context + "'" +
                  did_you_mean(wanted.context, names),
              names.empty() ? "there is no context at all: is KUBECONFIG right?"
                            : "contexts: " + join(names, ", "));
}

Result<State> check(Session& session, StepContext& context) {
  TRY(check_context(session, context));
  auto* client = TRY(session.cluster(context.stop));
  TRY(client->version(call_of(context)));
  session.cluster_found(true);
  return State{};
}

}  // namespace

Target existing_target(Session& session) {
  const auto& context_name = session.profile().cluster.context;
  Step step{.id = "cluster", .title = "cluster of the context " + context_name};
  step.check = [&session](StepContext& context) { return check(session, context); };
  // clean looks at the cluster last, in the order of things; what comes before it must know that it
  // is there.
  step.undo = [](StepContext&) -> Result<bool> { return false; };
  return {.title = "cluster of the context " + context_name, .disposable = false, .steps = {step}};
}

}  // namespace dpctl
