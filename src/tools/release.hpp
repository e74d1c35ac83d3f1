// SPDX-License-Identifier: Apache-2.0
// Fetches a tool as its publisher released it, and checks that it is that.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

#include "tools/catalogue.hpp"
#include "tools/host.hpp"
#include "tools/install.hpp"
#include "util/result.hpp"

namespace dpctl {

/// A tool that was fetched: an executable file, and what vouched for it.
struct FetchedTool {
  std::filesystem::path file;
  std::string vouched_by;
};

/// Why there is no tool from a release. Only where the release itself is wrong must no other way be
/// tried.
struct ReleaseFailure {
  enum class Cause { none_there, not_fetched, unusable };
  Error error;
  Cause cause = Cause::unusable;
};

/// Fetches `tool` for the host's platform into `folder` (which exists) and unpacks it there.
tl::expected<FetchedTool, ReleaseFailure> fetch_release(const KnownTool& tool, const ToolHost& host,
                                                        const std::filesystem::path& folder,
                                                        const InstallOptions& options,
                                                        const std::stop_token& stop);

/// The digest that a checksum file gives for a file: either "DIGEST" alone, or lines of "DIGEST
/// NAME". Empty where there is none.
std::string digest_in(std::string_view checksums, std::string_view file_name);

}  // namespace dpctl
