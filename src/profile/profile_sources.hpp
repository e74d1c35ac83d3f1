// SPDX-License-Identifier: Apache-2.0
// Finds and reads a profile and those that it extends.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "profile/assets.hpp"
#include "util/result.hpp"
#include "util/yaml.hpp"

namespace dpctl {

/// The layers that come from files, merged, and the folder of each file that lies on disk: relative
/// paths begin there.
struct ProfileSource {
  YamlDocument document;
  std::map<std::string, std::filesystem::path>
      folders;  // by the file's name in `document.positions`
};

/// True for what names a file and not a profile that ships: it has a '/' or ends in .yaml or .yml.
bool is_profile_path(std::string_view reference);

/// Reads a profile with all that it extends, the farthest first. Fails (invalid_input) for an
/// unknown name, with the nearest one and the list, and for a circle of `extends`, which it names.
Result<ProfileSource> read_profile(const Assets& assets, const std::string& reference);

/// Lays a `-f` file over the profile.
Result<> add_profile_file(ProfileSource& source, const std::filesystem::path& file);

}  // namespace dpctl
