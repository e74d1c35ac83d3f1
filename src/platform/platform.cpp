// SPDX-License-Identifier: Apache-2.0
#include "platform/platform.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "platform/component_steps.hpp"
#include "platform/leftovers.hpp"

namespace dpctl {

namespace {

constexpr const char* lock_id = "lock";

Step lock_step(Session& session, const std::string& base) {
  Step step{.id = lock_id, .title = "lock of the profile", .needs = {base}};
  const auto lock = [&session](StepContext& context) {
    return session.lock_cluster(call_of(context));
  };
  // Taking the lock changes nothing that a user asked for, so it counts as unchanged: it is done by
  // the check.
  step.check = [lock](StepContext& context) -> Result<State> {
    TRY(lock(context));
    return State{};
  };
  return step;
}

// clean takes the cluster last, but must reach it first. Backward, what needs everything comes
// before everything.
Step connect_step(Session& session, const Target& target, std::vector<std::string> everything) {
  Step step{.id = "connect", .title = "connection and lock", .needs = std::move(everything)};
  step.undo = [&session, look = target.steps.front().check](StepContext& context) -> Result<bool> {
    TRY(look(context));
    if (session.cluster_there()) {
      TRY(session.lock_cluster(call_of(context)));
    }
    return false;
  };
  return step;
}

}  // namespace

Result<std::unique_ptr<Platform>> Platform::create(std::unique_ptr<Session> session) {
  std::unique_ptr<Platform> platform(new Platform(std::move(session)));
  const auto& profile = platform->session().profile();
  const auto& assets = platform->session().assets();
  platform->catalogue_ = TRY(load_components(assets));
  const auto selected = TRY(select_components(profile, platform->catalogue_));
  platform->rendered_ = TRY(render_components(profile, assets, selected));
  platform->target_ = TRY(make_target(platform->session()));
  return platform;
}

const Rendered* Platform::find(const std::string& component) const {
  const auto found = std::ranges::find_if(
      rendered_, [&](const Rendered& rendered) { return rendered.component->name == component; });
  return found == rendered_.end() ? nullptr : &*found;
}

Result<Plan> Platform::plan(Walk walk) {
  auto steps = target_.steps;
  if (walk == Walk::clean && target_.disposable) {
    return make_plan(std::move(steps));
  }
  std::string base = steps.back().id;
  if (walk == Walk::setup) {
    steps.push_back(lock_step(*session_, base));
    base = lock_id;
  }
  if (walk == Walk::clean) {
    auto rest = rest_step(*session_);
    rest.needs = {base};
    base = rest.id;
    steps.push_back(std::move(rest));
  }
  auto namespaces = namespaces_step(*session_, rendered_);
  namespaces.needs = {base};
  base = namespaces.id;
  steps.push_back(std::move(namespaces));
  auto components = component_steps(*session_, rendered_, base);
  auto prune = prune_step(*session_, rendered_);
  prune.needs = {base};
  for (auto& step : components) {
    prune.needs.push_back(step.id);
    steps.push_back(std::move(step));
  }
  if (walk == Walk::clean) {
    steps.push_back(connect_step(*session_, target_, prune.needs));
  } else {
    steps.push_back(std::move(prune));
  }
  return make_plan(std::move(steps));
}

}  // namespace dpctl
