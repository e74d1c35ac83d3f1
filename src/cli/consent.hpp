// SPDX-License-Identifier: Apache-2.0
// The question before dpctl acts on a cluster that is not a throw-away one of this machine.
#pragma once

#include "plan/outcome.hpp"
#include "platform/platform.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Asks on the terminal, telling what setup or clean is about to do to which cluster and, where it
/// costs money, what it costs. Asks nothing for kind and kwok, nor with --yes. Fails with
/// ExitCode::refused where the answer is not yes, and where there is no terminal to ask on.
Result<> ask_consent(Platform& platform, Walk walk);

}  // namespace dpctl
