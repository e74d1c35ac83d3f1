// SPDX-License-Identifier: Apache-2.0
// Where a platform runs: a kind cluster, kwok's rehearsal, a cluster that exists, EKS. Each is a
// step that makes the cluster.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "plan/step.hpp"
#include "platform/session.hpp"
#include "util/result.hpp"

namespace dpctl {

struct Target {
  std::string title;        // "kind cluster dpctl-kind"
  bool disposable = false;  // dpctl makes it, and removing it removes all that is in it
  std::vector<Step> steps;  // each needs the one before; all else needs the last
  /// What is left of the cluster itself after clean; empty is as it should be.
  std::function<Result<std::vector<std::string>>()> leftovers = [] {
    return std::vector<std::string>();
  };
};

/// The target that the profile names. `session` must outlive its steps.
Result<Target> make_target(Session& session);

// One function per provider, each in a file of its own (target_kind.cpp, …).
Target kind_target(Session& session);
Target kwok_target(Session& session);
Target existing_target(Session& session);
Target eks_target(Session& session);

}  // namespace dpctl
