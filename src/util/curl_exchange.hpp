// SPDX-License-Identifier: Apache-2.0
// The one place that knows libcurl: a connection that is kept alive, and one exchange over it.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "util/http.hpp"
#include "util/result.hpp"

namespace dpctl::detail {

/// What came back; `redirect` is the absolute URL that a 3xx answer points to, or empty.
struct Exchanged {
  HttpResponse response;
  std::string redirect;
};

/// Why no answer came, for those who decide whether to ask again.
enum class HttpFailure { none, stopped, host_unknown, timed_out, broken };

struct ExchangeOptions {
  std::filesystem::path unix_socket = {};
  std::chrono::seconds stall_timeout{0};  // no byte for that long fails the exchange; 0: never
  std::function<bool(const HttpResponse& head)> on_head = {};  // before the first byte of a body
  HttpFailure* failure = nullptr;                              // set where the exchange fails
};

/// A libcurl handle with the connection that it keeps alive. One exchange at a time; not
/// thread-safe.
class HttpConnection {
 public:
  HttpConnection();
  ~HttpConnection();
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  /// Sends `request` and reads the answer to its end, or to where on_data or on_head says no (which
  /// is not a failure). Redirects are not followed. A stop ends it at once.
  Result<Exchanged> exchange(const HttpRequest& request, const ExchangeOptions& options,
                             const std::stop_token& stop);

 private:
  struct Handles;
  std::unique_ptr<Handles> handles_;
};

/// Whether the URL's host is this machine by name or address: no proxy is asked for it, and plain
/// http is fine.
bool is_loopback(std::string_view url);

}  // namespace dpctl::detail
