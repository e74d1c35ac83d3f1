// SPDX-License-Identifier: Apache-2.0
// A profile made into a plan: the one place that knows the order of things.
#pragma once

#include <memory>
#include <vector>

#include "plan/outcome.hpp"
#include "plan/plan.hpp"
#include "platform/capabilities.hpp"
#include "platform/render.hpp"
#include "platform/session.hpp"
#include "platform/target.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Everything that a profile stands for. Not to be moved: the plan's steps point into it.
class Platform {
 public:
  /// Loads the catalogue, selects and renders the components. Starts no program and touches no
  /// cluster.
  static Result<std::unique_ptr<Platform>> create(std::unique_ptr<Session> session);

  Session& session() { return *session_; }
  const Catalogue& catalogue() const { return catalogue_; }
  const std::vector<Rendered>& rendered() const { return rendered_; }
  const Target& target() const { return target_; }

  /// The rendered component of that name, or nullptr where the profile does not want it.
  const Rendered* find(const std::string& component) const;

  /// The steps of a walk: the cluster, the lock (only where something changes), the components,
  /// what is to be pruned. Where clean removes the whole cluster, it does not take its content
  /// apart first.
  Result<Plan> plan(Walk walk);

 private:
  explicit Platform(std::unique_ptr<Session> session) : session_(std::move(session)) {}

  std::unique_ptr<Session> session_;
  Catalogue catalogue_;
  std::vector<Rendered> rendered_;
  Target target_;
};

}  // namespace dpctl
