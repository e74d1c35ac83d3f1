// SPDX-License-Identifier: Apache-2.0
// Gzip by zlib, bounded.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "util/result.hpp"

namespace dpctl {

/// The unpacked data; fails (invalid_input) where `data` is not gzip or unpacks to more than
/// `limit` bytes.
Result<std::string> gunzip(std::string_view data, std::size_t limit);

}  // namespace dpctl
