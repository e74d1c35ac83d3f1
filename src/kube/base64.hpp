// SPDX-License-Identifier: Apache-2.0
// Base64 as Secrets carry it. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dpctl {

std::string to_base64(std::string_view data);

/// The data, or nothing where `text` is not base64; line breaks are passed over.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace dpctl
