// SPDX-License-Identifier: Apache-2.0
// What dpctl knows of the tools that it drives: which versions are good, how to ask for theirs,
// where they come from.
#pragma once

#include <map>
#include <optional>
#include <regex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/version.hpp"
#include "util/result.hpp"

namespace dpctl {

/// A version that must not be used although the range has it.
struct BrokenVersion {
  ToolVersion version;
  std::string reason;
};

/// How a tool tells its version.
struct VersionQuestion {
  std::vector<std::string> arguments;
  std::regex pattern;  // its first group is the version
};

/// The publisher's file for one platform.
struct ToolRelease {
  std::string url;
  std::string
      member;  // the tool's path in the archive at `url`; empty where the file is the tool itself
  std::string sha256;  // pinned digest of the file at `url`; empty where no public source gave one
  std::string checksum_url;  // the publisher's checksum file; empty where there is none
};

/// How `go` builds the same version.
enum class GoMethod {
  install,  // go install package@version
  require,  // from a module of our own that requires it: its go.mod replaces modules, which
            // `install` refuses
};

struct GoRecipe {
  GoMethod method = GoMethod::install;
  std::string module;
  std::string package;
  std::vector<std::string> variables;  // "path.name=value", set by the linker
  std::string together;  // tools with the same word here come out of one build; may be empty
};

struct KnownTool {
  std::string name;
  std::string purpose;
  ToolVersion version;  // the one that gets installed
  VersionRange accepted;
  std::vector<BrokenVersion> broken;
  VersionQuestion question;
  std::map<std::string, ToolRelease> releases;  // by platform: "linux-amd64"
  std::string digests_from;                     // the public sources of the pinned digests
  std::optional<GoRecipe> go;

  /// Why this version must not be used, or nullptr.
  const BrokenVersion* broken_as(const ToolVersion& found) const;
};

class ToolCatalogue {
 public:
  ToolCatalogue() = default;
  ToolCatalogue(std::vector<KnownTool> tools,
                std::map<std::string, std::vector<std::string>> providers)
      : tools_(std::move(tools)), providers_(std::move(providers)) {}

  std::span<const KnownTool> tools() const { return tools_; }
  /// The tool of that name; an unknown one is a usage error with a suggestion.
  Result<const KnownTool*> find(std::string_view name) const;
  /// What a cluster of that provider (kind, kwok, eks, existing) needs; an unknown one is a usage
  /// error.
  Result<std::vector<const KnownTool*>> tools_for(std::string_view provider) const;

 private:
  std::vector<KnownTool> tools_;  // in the order of the file
  std::map<std::string, std::vector<std::string>> providers_;
};

/// Reads the catalogue (templates/tools.yaml). Fails with the place of what is wrong in it.
Result<ToolCatalogue> parse_tool_catalogue(std::string_view text, std::string_view file);

/// The platform that this binary is built for: "linux-amd64", "darwin-arm64"….
std::string this_platform();

}  // namespace dpctl
