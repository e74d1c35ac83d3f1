// SPDX-License-Identifier: Apache-2.0
// The files of templates/ and profiles/ that travel inside the binary.
#pragma once

#include <span>
#include <string_view>

namespace dpctl {

struct EmbeddedFile {
  std::string_view path;  // relative to the repository: "templates/spark/component.yaml"
  std::string_view text;
};

/// Every embedded file, sorted by path. Defined in a file that the build generates.
std::span<const EmbeddedFile> embedded_files();

}  // namespace dpctl
