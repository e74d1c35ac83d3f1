// SPDX-License-Identifier: Apache-2.0
// Starting one child with posix_spawn. Only process.cpp and background.cpp use it.
#pragma once

#include <sys/types.h>

#include "util/fd.hpp"
#include "util/process.hpp"
#include "util/result.hpp"

namespace dpctl::detail {

struct Pipe {
  Fd read_end;
  Fd write_end;
};

/// A pipe that no other child inherits; both ends are empty where the system has no descriptors
/// left.
Pipe make_pipe();

/// Descriptors that become the child's standard streams; -1 stands for /dev/null.
struct Stdio {
  int in = -1;
  int out = -1;
  int err = -1;
};

/// Starts `command` in a process group of its own, with no signal blocked or ignored. Returns its
/// pid, which is also the group's; fails with ExitCode::tool and the system's reason.
Result<pid_t> spawn(const Command& command, const Stdio& stdio);

/// A waitpid status as a shell would tell it: 128 + n for signal n.
int exit_code_of(int wait_status);

}  // namespace dpctl::detail
