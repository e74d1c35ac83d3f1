// SPDX-License-Identifier: Apache-2.0
#include "platform/access_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "platform/client_certificate.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

using std::chrono::seconds;

constexpr seconds shortest = std::chrono::minutes(10);
constexpr seconds longest = std::chrono::hours(24 * 365);
constexpr std::size_t max_label = 63;

bool is_lower_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_printable_ascii(char c) { return c >= ' ' && c <= '~'; }

std::optional<long long> unit_seconds(char unit) {
  switch (unit) {
    case 's':
      return 1;
    case 'm':
      return 60;
    case 'h':
      return 3600;
    case 'd':
      return 86'400;
    default:
      return std::nullopt;
  }
}

// Takes "24h" off the front of `text`; nothing where it does not begin so.
std::optional<seconds> take_part(std::string_view& text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto digits = static_cast<std::size_t>(read.ptr - text.data());
  if (read.ec != std::errc() || number < 0 || digits == text.size()) {
    return std::nullopt;
  }
  const auto unit = unit_seconds(text[digits]);
  text.remove_prefix(digits + 1);
  return unit ? std::optional(seconds(number * *unit)) : std::nullopt;
}

std::optional<seconds> parse_duration(std::string_view text) {
  seconds sum{0};
  if (text.empty()) {
    return std::nullopt;
  }
  while (!text.empty()) {
    const auto part = take_part(text);
    // Checked at each part, so that no text of many parts can overflow the sum.
    if (!part || sum > longest) {
      return std::nullopt;
    }
    sum += *part;
  }
  return sum;
}

Result<> check_account_name(std::string_view user) {
  const bool letters =
      std::ranges::all_of(user, [](char c) { return is_lower_alnum(c) || c == '-'; });
  if (user.empty() || user.size() > max_label || !letters || user.front() == '-' ||
      user.back() == '-') {
    return fail(
        ExitCode::usage, fmt::format("'{}' cannot be the name of a service account", user),
        fmt::format(
            "lower-case letters, digits and '-' between them, at most {} (a DNS-1123 label); a "
            "certificate (--via csr) can bear other names",
            max_label));
  }
  return {};
}

Result<> check_common_name(std::string_view user) {
  const bool printable = std::ranges::all_of(user, is_printable_ascii);
  if (user.empty() || user.size() > max_subject_bytes || !printable || trimmed(user) != user) {
    return fail(ExitCode::usage,
                fmt::format("'{}' cannot be the user of a certificate", printable ? user : "USER"),
                fmt::format("1 to {} printable ASCII characters, no blank at either end",
                            max_subject_bytes));
  }
  if (user.starts_with("system:")) {
    return fail(ExitCode::refused,
                fmt::format("'{}': users that begin with system: are Kubernetes' own", user),
                "choose another name");
  }
  return {};
}

}  // namespace

std::string_view to_string(AccessWay way) {
  return way == AccessWay::certificate ? "csr" : "token";
}

Result<AccessWay> access_way(std::string_view via, Provider provider) {
  if (via.empty()) {
    return provider == Provider::eks ? AccessWay::token : AccessWay::certificate;
  }
  const std::vector<std::string> known = {"csr", "token"};
  if (via == known[0]) {
    return AccessWay::certificate;
  }
  if (via == known[1]) {
    return AccessWay::token;
  }
  return fail(ExitCode::usage, fmt::format("unknown way '{}'{}", via, did_you_mean(via, known)),
              "--via csr or --via token");
}

Result<seconds> access_duration(std::string_view text) {
  const auto duration = parse_duration(text);
  if (!duration || *duration < shortest || *duration > longest) {
    return fail(ExitCode::usage, fmt::format("'{}' is no duration for an access", text),
                "such as 24h, 90m or 7d; from 10m to 365d");
  }
  return *duration;
}

Result<> check_access_user(std::string_view user, AccessWay way) {
  return way == AccessWay::token ? check_account_name(user) : check_common_name(user);
}

}  // namespace dpctl
