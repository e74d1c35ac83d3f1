// SPDX-License-Identifier: Apache-2.0
// Makes a Profile of a document that its schema has passed.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "profile/profile.hpp"
#include "util/yaml.hpp"

namespace dpctl {

/// The typed profile. `folders` says where each file lies whose relative paths have to be made
/// absolute; those of variables and options begin in the current folder. Defaults (the cluster's
/// name, its storage class) are written into the document.
Profile decode_profile(YamlDocument document,
                       const std::map<std::string, std::filesystem::path>& folders);

}  // namespace dpctl
