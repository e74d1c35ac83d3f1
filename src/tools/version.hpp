// SPDX-License-Identifier: Apache-2.0
// Version numbers of tools, and the ranges of them that dpctl takes.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace dpctl {

/// A semantic version; what follows a "+" is not kept, because it says nothing of the order.
struct ToolVersion {
  int major = 0;
  int minor = 0;
  int patch = 0;
  std::string pre = {};  // "rc.1"; empty for a release

  /// The order of semver.org: a pre-release comes before its release.
  std::strong_ordering operator<=>(const ToolVersion& other) const;
  bool operator==(const ToolVersion& other) const = default;
};

/// Reads "1.34.4", "v4.0.0-rc.1+build" or "1.34" (patch 0); nothing where it is none of these.
std::optional<ToolVersion> parse_version(std::string_view text);

/// "1.34.4", "4.0.0-rc.1".
std::string to_string(const ToolVersion& version);

/// From `min` to just before `below`; a pre-release of `below` is not in it.
struct VersionRange {
  ToolVersion min = {};
  ToolVersion below = {};

  bool too_old(const ToolVersion& version) const { return version < min; }
  bool too_new(const ToolVersion& version) const;
  bool contains(const ToolVersion& version) const { return !too_old(version) && !too_new(version); }
};

/// ">=1.30.0 <2.0.0".
std::string to_string(const VersionRange& range);

}  // namespace dpctl
