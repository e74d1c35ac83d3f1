// SPDX-License-Identifier: Apache-2.0
#include "kube/lease_time.hpp"

#include <time.h>  // NOLINT(modernize-deprecated-headers): strptime and timegm are not in <ctime>

#include <algorithm>

namespace dpctl {
namespace {

std::optional<WallTime> by_format(const std::string& text, const char* format) {
  tm parts{};
  if (strptime(text.c_str(), format, &parts) == nullptr) {
    return std::nullopt;
  }
  return WallTime(std::chrono::seconds(timegm(&parts)));
}

}  // namespace

std::string micro_time(WallTime time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const time_t count = seconds.time_since_epoch().count();
  tm parts{};
  gmtime_r(&count, &parts);
  std::string text(64, '\0');
  text.resize(strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts));
  const std::string fraction = std::to_string((time - seconds).count());
  return text + "." + std::string(6 - std::min<std::size_t>(6, fraction.size()), '0') + fraction +
         "Z";
}

std::optional<WallTime> parse_time(std::string_view text) {
  auto time = by_format(std::string(text), "%Y-%m-%dT%H:%M:%S");
  const auto dot = text.find('.');
  if (!time || dot == std::string_view::npos) {
    return time;
  }
  long long micros = 0;
  for (std::size_t i = 0; i < 6; ++i) {
    const char c = dot + 1 + i < text.size() ? text[dot + 1 + i] : '0';
    micros = micros * 10 + (c >= '0' && c <= '9' ? c - '0' : 0);
  }
  return *time + std::chrono::microseconds(micros);
}

std::optional<WallTime> parse_http_date(std::string_view text) {
  return by_format(std::string(text), "%a, %d %b %Y %H:%M:%S GMT");
}

}  // namespace dpctl
