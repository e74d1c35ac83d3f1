// SPDX-License-Identifier: Apache-2.0
// Points in time and distances between them: "2 days 3 hours".
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "jsone/fault.hpp"

namespace jsone {

/// The time that lies `distance` after (or with a leading "-" before) `reference`, a string such as
/// "2017-01-19T16:27:20.974Z"; a year has 365 days and a month 30. On failure what is wrong with
/// either.
tl::expected<std::string, std::string> from_now(std::string_view distance, const Json* reference);

}  // namespace jsone
