// SPDX-License-Identifier: Apache-2.0
// Installs tools of the catalogue into the user's cache: as their publishers release them, or built
// by `go`.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "tools/catalogue.hpp"
#include "tools/host.hpp"
#include "util/result.hpp"

namespace dpctl {

enum class InstallFrom {
  automatic,  // the release; where it cannot be had and there is `go`, built by it
  release,
  go,
};

struct InstallOptions {
  InstallFrom from = InstallFrom::automatic;
  bool allow_unverified = false;                         // also a download that nothing vouches for
  std::function<void(std::string_view line)> note = {};  // what happens, for people
  std::function<void(std::string_view tool, unsigned long long done, unsigned long long total)>
      progress = {};  // bytes of a download; total 0 where it is not known
};

struct InstalledTool {
  const KnownTool* tool = nullptr;
  std::filesystem::path path;
  std::string how;  // "there already", "released; SHA-256 as pinned", "built by go"…
};

/// Installs each of `tools` that is not installed yet; another run that installs is waited for.
/// What was installed stays where a later one fails. Fails with ExitCode::tool, or interrupted.
Result<std::vector<InstalledTool>> install_tools(std::span<const KnownTool* const> tools,
                                                 const ToolHost& host,
                                                 const InstallOptions& options,
                                                 const std::stop_token& stop);

}  // namespace dpctl
