// SPDX-License-Identifier: Apache-2.0
// The step of a component that installs or upgrades its helm release, only when something differs.
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "kube/drift.hpp"
#include "kube/status.hpp"
#include "platform/chart_release.hpp"
#include "platform/chart_store.hpp"
#include "platform/component_steps.hpp"
#include "platform/release_objects.hpp"
#include "util/sha256.hpp"

namespace dpctl {

namespace {

constexpr std::size_t fingerprint_length = 32;  // a label value holds 63 characters

// What one run knows of one release; shared by the closures of its step.
struct ChartWork {
  Session* session = nullptr;
  const Component* component = nullptr;
  Json values;
  bool drifted = false;  // the check found objects edited or gone: fields that others took are to
                         // be taken back
};

Result<std::string> fingerprint(const ChartWork& work, StepContext& context) {
  const auto chart = TRY(local_chart(*work.session, *work.component, context));
  const Json identity = {{"chart", chart.sha256},
                         {"values", work.values},
                         {"release", release_key(*work.component).second}};
  return sha256(dump(identity)).substr(0, fingerprint_length);
}

Error not_ours(const ReleaseKey& key) {
  return make_error(
      ExitCode::refused,
      "the helm release " + key.first + "/" + key.second + " was not made by dpctl",
      "remove it, give the component another release name, or take it over with --take-over");
}

// Why the release must be upgraded, judged by its Secrets alone; nothing where they are as wanted.
std::optional<State> state_of(const Release& release, const std::string& wanted) {
  const auto differs = [](std::string reason) {
    return State{.condition = Condition::differs, .reasons = {std::move(reason)}};
  };
  if (release.pending()) {
    return differs("left " + release.latest.status + " by a run that did not end");
  }
  if (release.latest.status != "deployed") {
    return differs("its last revision is " + release.latest.status);
  }
  if (release.latest.fingerprint != wanted) {
    return differs("chart or values changed");
  }
  return std::nullopt;
}

// Objects of the release that are gone or edited.
Result<State> drift_of(ChartWork& work, const ReleaseRevision& revision, StepContext& context) {
  auto* client = TRY(work.session->cluster(context.stop));
  const auto call = call_of(context);
  State state;
  for (const auto& drift :
       TRY(diff_objects(*client, TRY(objects_of_release(*work.session, revision, call)),
                        {.applied_by = AppliedBy::helm, .call = call}))) {
    if (drift.kind == DriftKind::unchanged) {
      continue;
    }
    work.drifted = true;
    state.condition = Condition::differs;
    if (drift.kind == DriftKind::absent) {
      state.reasons.push_back(to_string(drift.ref) + " is absent");
    }
    for (const auto& reason : drift.reasons) {
      state.reasons.push_back(to_string(drift.ref) + ": " + reason);
    }
  }
  return state;
}

Result<State> check(ChartWork& work, StepContext& context) {
  if (!work.session->cluster_there()) {
    return no_cluster_yet();
  }
  const auto* releases = TRY(work.session->releases(call_of(context)));
  const auto key = release_key(*work.component);
  const auto found = releases->find(key);
  if (found == releases->end()) {
    return State{.condition = Condition::absent,
                 .reasons = {"helm release " + key.second + " is absent"}};
  }
  const auto& release = found->second;
  if (release.latest.fingerprint.empty() &&
      work.session->consent().on_conflict == OnConflict::refuse) {
    return fail(not_ours(key));
  }
  if (auto state = state_of(release, TRY(fingerprint(work, context)))) {
    return *state;
  }
  return drift_of(work, release.latest, context);
}

// A run that died left the release pending, and helm refuses to go on. Only that one revision goes:
// not the history (another tool's habit), and not the release.
Result<> repair_pending(Session& session, const ReleaseKey& key, StepContext& context) {
  const auto call = call_of(context);
  const auto release = TRY(find_release(session, key, call));
  if (release && release->pending()) {
    context.note("removing revision " + std::to_string(release->latest.revision) + ", left " +
                 release->latest.status);
    auto* client = TRY(session.cluster(context.stop));
    TRY(remove_revision(*client, release->latest, call));
  }
  return {};
}

Result<> pause(std::chrono::milliseconds duration, const std::stop_token& stop) {
  const auto until = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < until) {
    if (stop.stop_requested()) {
      return fail(ExitCode::interrupted, "interrupted");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return {};
}

// A webhook of an operator that became ready a moment ago may not answer yet; nothing else is tried
// again.
Result<> upgrade_with_retries(const Helm& helm, const HelmUpgrade& upgrade, StepContext& context) {
  constexpr int tries = 6;
  for (int i = 1;; ++i) {
    auto done = helm.upgrade_install(upgrade, tool_call_of(context));
    if (done || i == tries || !is_webhook_transport_error(done.error().output_tail)) {
      return done;
    }
    context.note("an admission webhook does not answer yet; trying again");
    TRY(pause(std::chrono::seconds(i), context.stop));
  }
}

Result<> apply(ChartWork& work, StepContext& context) {
  Session& session = *work.session;
  const auto key = release_key(*work.component);
  const auto call = call_of(context);
  const auto helm = TRY(helm_of(session, context.stop));
  const auto chart = TRY(local_chart(session, *work.component, context));
  auto* inventory = TRY(session.inventory(call));
  TRY(inventory->record(work.component->name, {release_ref(key)}, call));
  TRY(repair_pending(session, key, context));
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(
      context.deadline - std::chrono::steady_clock::now());
  const bool take_over = session.consent().on_conflict == OnConflict::take_over;
  const auto wanted = TRY(fingerprint(work, context));
  return upgrade_with_retries(
      helm,
      {.release = {.name = key.second, .ns = key.first},
       .chart = {.chart = chart.path.string()},
       .values = work.values,
       .labels = {{std::string(fingerprint_label), wanted},
                  {std::string(profile_label), session.profile().name}},
       .timeout = left,
       .crds =
           ChartCrds::skip,  // applied by their own step: helm never upgrades what lies in crds/
       .force_conflicts = work.drifted || take_over,
       .take_ownership = take_over},
      context);
}

}  // namespace

Step chart_step(Session& session, const Rendered& rendered) {
  const auto work = std::make_shared<ChartWork>();
  work->session = &session;
  work->component = rendered.component;
  work->values = rendered.chart_values;
  const ChartSpec& chart = *rendered.component->chart;
  return {.id = rendered.component->name + "/chart",
          .title = rendered.component->name + ": helm release " +
                   release_key(*rendered.component).second + " (chart " + chart.name + " " +
                   chart.version + ")",
          .check = [work](StepContext& context) { return check(*work, context); },
          .apply = [work](StepContext& context) { return apply(*work, context); },
          .undo =
              [work](StepContext& context) {
                return uninstall_release(*work->session, release_key(*work->component), context);
              }};
}

}  // namespace dpctl
