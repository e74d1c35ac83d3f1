// SPDX-License-Identifier: Apache-2.0
// Finds the tools on this machine: what is on PATH where it is good enough, else what dpctl
// installed.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "tools/catalogue.hpp"
#include "tools/host.hpp"
#include "tools/version_cache.hpp"
#include "util/result.hpp"

namespace dpctl {

enum class ToolState {
  ok,
  missing,
  too_old,
  too_new,
  broken,
  silent
};  // silent: it does not tell its version

/// "ok", "missing", "too old", "too new", "known to be broken", "does not tell its version".
std::string_view to_string(ToolState state);

struct FoundTool {
  const KnownTool* tool = nullptr;
  ToolState state = ToolState::missing;
  std::filesystem::path where = {};  // empty where missing
  std::optional<ToolVersion> version = std::nullopt;
  std::string reason = {};  // why it is broken or silent
};

/// Runs the tool at `path` and reads its version from what it prints. Fails (ExitCode::tool) where
/// it prints none.
Result<ToolVersion> ask_version(const KnownTool& tool, const std::filesystem::path& path,
                                const Exec& exec, std::stop_token stop);

/// The failure that says what is wrong with a tool, and what to do about it.
Error not_usable(const FoundTool& found);

/// The tools of one run. Each is looked for once; a version that a binary told an earlier run is
/// not asked again. Thread-safe.
class ToolBox {
 public:
  ToolBox(ToolCatalogue catalogue, ToolHost host);

  /// Path of a tool that is good enough. Fails with ExitCode::tool and how to get it.
  Result<std::filesystem::path> require(std::string_view tool, std::stop_token stop);

  /// What there is of a tool, good or not. Fails where `tool` is not of the catalogue, or at a
  /// stop.
  Result<FoundTool> look(std::string_view tool, std::stop_token stop);

  /// Forgets what was found, after an installation.
  void forget();

  const ToolCatalogue& catalogue() const { return catalogue_; }
  const ToolHost& host() const { return host_; }

 private:
  Result<FoundTool> judge(const KnownTool& tool, const std::filesystem::path& path,
                          const std::stop_token& stop);
  Result<FoundTool> search(const KnownTool& tool, const std::stop_token& stop);

  ToolCatalogue catalogue_;
  ToolHost host_;
  std::mutex mutex_;  // of all below
  VersionCache versions_;
  std::map<std::string, FoundTool, std::less<>> found_;
};

}  // namespace dpctl
