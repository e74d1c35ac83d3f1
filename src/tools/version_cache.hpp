// SPDX-License-Identifier: Apache-2.0
// What binaries told of their versions in earlier runs, so that they are not started only to be
// asked again.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "util/json.hpp"

namespace dpctl {

/// A JSON file of answers by path; one counts as long as the binary has the same time and size.
/// Losing the file costs nothing but time, so nothing here fails. Not thread-safe.
class VersionCache {
 public:
  explicit VersionCache(std::filesystem::path file) : file_(std::move(file)) {}

  /// The version that the binary told before. Nothing where it changed since, or where the answer
  /// may depend on more than the binary (a script, or a link of a version manager, which chooses by
  /// the working folder).
  std::optional<std::string> known(std::string_view tool, const std::filesystem::path& binary);

  /// Keeps an answer for later runs.
  void keep(std::string_view tool, const std::filesystem::path& binary, const std::string& version);

 private:
  void load();

  std::filesystem::path file_;
  Json answers_;  // null until it was read
};

}  // namespace dpctl
