// SPDX-License-Identifier: Apache-2.0
// Builds tools from their Go modules, where releases cannot be had.
#pragma once

#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "tools/catalogue.hpp"
#include "tools/host.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Builds `tools`, all of one recipe's `together`, into `folder`/NAME; `log` takes what go says.
/// Fails with ExitCode::tool where there is no go, a tool has no recipe, or the build fails.
Result<> build_with_go(std::span<const KnownTool* const> tools, const ToolHost& host,
                       const std::filesystem::path& folder, const std::filesystem::path& log,
                       const std::stop_token& stop);

/// The go.mod of a module of our own that requires `module` at `version`. Of the module's own
/// go.mod (`theirs`) it takes the go version and the replacements, which count in a main module
/// only; one by a folder of the module (Kubernetes' staging) becomes the version under which that
/// folder is published: v0.MINOR.PATCH.
std::string requiring_go_mod(std::string_view theirs, const std::string& module,
                             const ToolVersion& version);

}  // namespace dpctl
