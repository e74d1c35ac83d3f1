// SPDX-License-Identifier: Apache-2.0
// The times in a Lease. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dpctl {

using WallTime = std::chrono::sys_time<std::chrono::microseconds>;

/// "2026-11-21T11:00:00.000000Z", as the server writes a MicroTime.
std::string micro_time(WallTime time);

/// The time of an RFC 3339 text in UTC, with or without fractions.
std::optional<WallTime> parse_time(std::string_view text);

/// The time of an HTTP Date header ("Sat, 21 Nov 2026 11:00:00 GMT").
std::optional<WallTime> parse_http_date(std::string_view text);

}  // namespace dpctl
