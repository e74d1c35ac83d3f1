// SPDX-License-Identifier: Apache-2.0
#include "util/http.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

#include "util/curl_exchange.hpp"
#include "util/result.hpp"

namespace dpctl {
namespace {

/// Connections that no caller uses at the moment.
class IdleConnections {
 public:
  std::unique_ptr<detail::HttpConnection> take() {
    {
      const std::scoped_lock lock(mutex_);
      if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
    }
    return std::make_unique<detail::HttpConnection>();
  }

  void give_back(std::unique_ptr<detail::HttpConnection> connection) {
    const std::scoped_lock lock(mutex_);
    idle_.push_back(std::move(connection));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<detail::HttpConnection>> idle_;
};

}  // namespace

HttpTransport make_http_transport(std::filesystem::path unix_socket) {
  return [idle = std::make_shared<IdleConnections>(), socket = std::move(unix_socket)](
             const HttpRequest& request, const std::stop_token& stop) -> Result<HttpResponse> {
    auto connection = idle->take();
    auto exchanged = connection->exchange(request, {.unix_socket = socket}, stop);
    idle->give_back(std::move(connection));
    if (!exchanged) {
      return fail(std::move(exchanged).error());
    }
    return std::move(exchanged->response);
  };
}

}  // namespace dpctl
