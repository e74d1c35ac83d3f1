// SPDX-License-Identifier: Apache-2.0
// SHA-256 by OpenSSL, as lower-case hex.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "util/result.hpp"

namespace dpctl {

std::string sha256(std::string_view data);
/// Digest of a file's content; fails where it cannot be read.
Result<std::string> sha256_of_file(const std::filesystem::path& path);

}  // namespace dpctl
