// SPDX-License-Identifier: Apache-2.0
// Whether this machine can carry a kind cluster, asked before anything is made. Pure: facts in,
// findings out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "util/result.hpp"

namespace dpctl {

/// What was found out about the machine; what could not be found out is absent and is not judged.
struct MachineFacts {
  std::int64_t docker_memory = 0;                 // bytes that docker has; 0: unknown
  std::optional<std::int64_t> disk_free;          // bytes where docker keeps its data
  std::optional<std::int64_t> inotify_instances;  // fs.inotify.max_user_instances
  std::optional<std::int64_t> inotify_watches;    // fs.inotify.max_user_watches
  std::vector<int> busy_ports;                    // of those that the profile maps to the host
};

/// What a cluster of that many nodes asks for.
struct MachineNeeds {
  int nodes = 1;
  std::int64_t requested_memory = 0;  // bytes that the rendered workloads request; 0: unknown
};

struct Findings {
  std::vector<std::string> errors;  // with what to do about each
  std::vector<std::string> warnings;
};

/// Judges. Floors per node: 600 MB for a control plane or worker of kind besides what the workloads
/// request; disk 10 GB; inotify 512 instances and 65536 watches once there is more than one node
/// (kind's known issues).
Findings judge_machine(const MachineFacts& facts, const MachineNeeds& needs);

/// Reads a number from a file of /proc; nothing where it cannot.
std::optional<std::int64_t> number_in(const std::string& file);

/// Whether something listens on that port of loopback.
bool port_is_busy(int port);

/// The first error of the findings as an Error (unfit) that lists all; nothing where there is none.
std::optional<Error> unfit_machine(const Findings& findings);

}  // namespace dpctl
