// SPDX-License-Identifier: Apache-2.0
// Processes whose program lies below a folder of dpctl's: what an interrupted kwokctl started and
// lost sight of.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <vector>

namespace dpctl {

/// The processes of this user that run a program below `folder`, also one that was deleted since.
std::vector<pid_t> processes_below(const std::filesystem::path& folder);

/// SIGKILL to each of them: kwok's components hold no state that is to outlive their cluster.
void end_processes_below(const std::filesystem::path& folder);

}  // namespace dpctl
