// SPDX-License-Identifier: Apache-2.0
#include "tools/version.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <vector>

#include "util/text.hpp"

namespace dpctl {
namespace {

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = code == std::errc() && end == text.data() + text.size();
  return whole && value >= 0 ? std::optional(value) : std::nullopt;
}

/// Numbers by value and before words, words by letters.
std::strong_ordering compare_identifiers(const std::string& left, const std::string& right) {
  const auto left_number = number(left);
  const auto right_number = number(right);
  if (left_number && right_number) {
    return *left_number <=> *right_number;
  }
  if (left_number.has_value() != right_number.has_value()) {
    return left_number ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return left.compare(right) <=> 0;
}

std::strong_ordering compare_pre(const std::string& left, const std::string& right) {
  if (left.empty() != right.empty()) {
    return left.empty() ? std::strong_ordering::greater : std::strong_ordering::less;
  }
  const auto lefts = split(left, '.');
  const auto rights = split(right, '.');
  for (std::size_t i = 0; i < std::min(lefts.size(), rights.size()); ++i) {
    if (const auto order = compare_identifiers(lefts[i], rights[i]); order != 0) {
      return order;
    }
  }
  return lefts.size() <=> rights.size();
}

}  // namespace

std::strong_ordering ToolVersion::operator<=>(const ToolVersion& other) const {
  const auto numbers =
      std::tie(major, minor, patch) <=> std::tie(other.major, other.minor, other.patch);
  return numbers != 0 ? numbers : compare_pre(pre, other.pre);
}

std::optional<ToolVersion> parse_version(std::string_view text) {
  text = trimmed(text);
  text.remove_prefix(text.starts_with('v') ? 1 : 0);
  text = text.substr(0, text.find('+'));
  const auto dash = text.find('-');
  ToolVersion version;
  if (dash != std::string_view::npos) {
    version.pre = text.substr(dash + 1);
    text = text.substr(0, dash);
  }
  const auto parts = split(text, '.');
  if (parts.size() < 2 || parts.size() > 3) {
    return std::nullopt;
  }
  const std::array<int*, 3> fields{&version.major, &version.minor, &version.patch};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto value = number(parts[i]);
    if (!value) {
      return std::nullopt;
    }
    *fields.at(i) = *value;
  }
  return version;
}

std::string to_string(const ToolVersion& version) {
  const std::string numbers = std::to_string(version.major) + "." + std::to_string(version.minor) +
                              "." + std::to_string(version.patch);
  return version.pre.empty() ? numbers : numbers + "-" + version.pre;
}

bool VersionRange::too_new(const ToolVersion& version) const {
  return std::tie(version.major, version.minor, version.patch) >=
         std::tie(below.major, below.minor, below.patch);
}

std::string to_string(const VersionRange& range) {
  return ">=" + to_string(range.min) + " <" + to_string(range.below);
}

}  // namespace dpctl
