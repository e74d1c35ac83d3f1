// SPDX-License-Identifier: Apache-2.0
// What `dpctl tools list` tells: each tool of the catalogue beside what this machine has of it.
#pragma once

#include <stop_token>

#include "tools/locate.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// One object per tool, in the catalogue's order: name, purpose, wanted, accepted, state, version
/// and where (empty where there is none), reason (of a state that is not ok), platforms with what
/// vouches for a download. Fails at a stop.
Result<Json> tool_listing(ToolBox& tools, const std::stop_token& stop);

}  // namespace dpctl
