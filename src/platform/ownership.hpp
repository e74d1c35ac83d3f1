// SPDX-License-Identifier: Apache-2.0
// Which clusters dpctl made: written down beside the kubeconfig while one is made, and in the
// cluster once it stands.
#pragma once

#include <string>

#include "platform/session.hpp"
#include "util/result.hpp"

namespace dpctl {

enum class Made {
  no,       // nothing says that dpctl made it
  halfway,  // a run began to make it and did not end
  yes,
};

/// By the note in the state folder alone.
Made made_by_note(const Session& session);

/// Notes that the cluster is about to be made, or stands.
Result<> note_made(const Session& session, Made made);

/// Leaves the mark in the cluster, which outlives a lost state folder.
Result<> mark_cluster(Session& session, const Call& call);

/// Whether the cluster carries that mark.
Result<bool> is_marked(Session& session, const Call& call);

/// What is said where a cluster of that name exists and is not dpctl's (ExitCode::refused).
Error not_made_by_dpctl(const Session& session);

}  // namespace dpctl
