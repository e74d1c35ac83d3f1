// SPDX-License-Identifier: Apache-2.0
// Upper and lower case of UTF-8 text, for every script and without a locale.
#pragma once

#include <string>
#include <string_view>

namespace jsone {

std::string uppercase(std::string_view text);
std::string lowercase(std::string_view text);

}  // namespace jsone
