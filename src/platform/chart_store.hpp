// SPDX-License-Identifier: Apache-2.0
// The charts of components as archives on this machine: from a mirror folder, or pulled once and
// kept.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "plan/step.hpp"
#include "platform/component.hpp"
#include "platform/session.hpp"
#include "tools/helm.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// A chart on this machine.
struct LocalChart {
  std::filesystem::path path;  // an archive, or a folder
  std::string sha256;          // of the archive, or of the folder's files
};

/// The component's chart; pulled (and checked against its digest, where it states one) if neither a
/// mirror folder nor the cache has it. Fails with ExitCode::tool where the digest does not match.
Result<LocalChart> local_chart(Session& session, const Component& component, StepContext& context);

/// The CRDs that the chart carries. Extracted by helm once per chart and kept, so that a run with
/// nothing to do starts no helm.
Result<std::vector<Json>> crds_of_chart(Session& session, const Component& component,
                                        StepContext& context);

/// The driver of helm for this session's cluster.
Result<Helm> helm_of(Session& session, std::stop_token stop);

}  // namespace dpctl
