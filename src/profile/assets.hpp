// SPDX-License-Identifier: Apache-2.0
// The files that dpctl works from: those inside the binary, with folders of the user laid over
// them.
//
// Such a folder (`--assets DIR`, or `dpctl.d/` beside the profile's file) mirrors the repository:
// DIR/templates/NAME/… and DIR/profiles/NAME.yaml. A file in it replaces the embedded one of the
// same path, any other is added.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "util/result.hpp"

namespace dpctl {

struct Asset {
  std::string text;
  std::filesystem::path path;  // on disk; empty for a file inside the binary
  std::string
      name;  // for messages: "templates/spark/job.yaml", or the path on disk where a folder has it
};

/// Cheap to copy; reads folders anew at every call.
class Assets {
 public:
  /// Lays a folder over what is there; later ones win. Fails (invalid_input) where it is no folder,
  /// or holds neither templates/ nor profiles/.
  Result<> add_folder(const std::filesystem::path& folder);

  /// True where a file of that path ("templates/spark/component.yaml") exists.
  bool has(std::string_view path) const;

  /// The file at `path`. Fails (invalid_input) where there is none, with the nearest name as a
  /// hint, and where the path leaves the assets.
  Result<Asset> read(std::string_view path) const;

  /// Paths of all files below `folder` ("templates/spark"), sorted; empty where there are none.
  std::vector<std::string> list(std::string_view folder) const;

  /// Writes what lies below `folder` to disk under `target`, for tools that want real files
  /// (charts, kustomizations).
  Result<> unpack(std::string_view folder, const std::filesystem::path& target) const;

 private:
  std::filesystem::path on_disk(std::string_view path) const;

  std::vector<std::filesystem::path> folders_;  // the last one wins
};

/// Names of all components, sorted: the folders of templates/ that hold a component.yaml. Reads no
/// file.
std::vector<std::string> component_names(const Assets& assets);

/// Names of the profiles that ship or that an assets folder adds, sorted; `base`, which is to be
/// extended only, is not among them.
std::vector<std::string> profile_names(const Assets& assets);

/// `path` with "." and ".." resolved ("templates/spark/jobs/../a.yaml"), or "" where it leaves the
/// assets or is absolute.
std::string normal_asset_path(std::string_view path);

}  // namespace dpctl
