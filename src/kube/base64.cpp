// SPDX-License-Identifier: Apache-2.0
#include "kube/base64.hpp"

#include <cstddef>
#include <cstdint>

namespace dpctl {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

char digit(std::uint32_t bits) { return alphabet[bits & 63U]; }

}  // namespace

std::string to_base64(std::string_view data) {
  std::string text;
  text.reserve((data.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < data.size(); i += 3) {
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      const auto byte = i + k < data.size() ? static_cast<unsigned char>(data[i + k]) : 0U;
      bits = bits << 8U | byte;
    }
    text += digit(bits >> 18U);
    text += digit(bits >> 12U);
    text += i + 1 < data.size() ? digit(bits >> 6U) : '=';
    text += i + 2 < data.size() ? digit(bits) : '=';
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  while (!text.empty() && (text.back() == '=' || text.back() == '\n')) {
    text.remove_suffix(1);
  }
  std::string data;
  data.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      continue;
    }
    const auto value = alphabet.find(c);
    if (value == std::string_view::npos) {
      return std::nullopt;
    }
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      data += static_cast<char>(bits >> count & 0xFFU);
    }
  }
  return data;
}

}  // namespace dpctl
