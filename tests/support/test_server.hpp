// SPDX-License-Identifier: Apache-2.0
// A small HTTP/1.1 server on loopback or a unix socket, for tests of what goes wrong on a network.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <cstring>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace dpctl::test {

struct ServedRequest {
  std::string method;
  std::string target;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

struct Reply {
  int status = 200;
  std::map<std::string, std::string> headers = {};
  std::string body = {};
  std::size_t cut_after =
      std::numeric_limits<std::size_t>::max();  // body bytes, then the connection is reset
  bool hold =
      false;  // chunked; after the body the connection stays open and silent, as a watch does
};

class TestServer {
 public:
  using Handler = std::function<Reply(const ServedRequest&)>;

  /// Serves on a free port of 127.0.0.1, or on `unix_socket` where one is given. The handler is
  /// called by several threads.
  explicit TestServer(Handler handler, const std::filesystem::path& unix_socket = {})
      : handler_(std::move(handler)),
        listener_(unix_socket.empty() ? listen_tcp() : listen_unix(unix_socket)),
        acceptor_([this] { accept_all(); }) {}

  ~TestServer() {
    ending_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
      const std::scoped_lock lock(mutex_);
      for (const int fd : open_) {
        ::shutdown(fd, SHUT_RDWR);
      }
    }
    workers_.clear();
    ::close(listener_);
  }

  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }

  /// The requests so far, in the order they came.
  std::vector<ServedRequest> requests() const {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }

  /// How many connections were made so far.
  int connections() const { return connections_; }

 private:
  int listen_tcp() {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(fd, generic, size) != 0 || ::listen(fd, 64) != 0 ||
        ::getsockname(fd, generic, &size) != 0) {
      throw std::runtime_error("test server: no port");
    }
    port_ = ntohs(address.sin_port);
    return fd;
  }

  static int listen_unix(const std::filesystem::path& path) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.string().copy(&address.sun_path[0], sizeof address.sun_path - 1);
    if (::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(fd, 64) != 0) {
      throw std::runtime_error("test server: no socket " + path.string());
    }
    return fd;
  }

  void accept_all() {
    for (;;) {
      const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0 || ending_) {
        ::close(fd);
        return;
      }
      ++connections_;
      const std::scoped_lock lock(mutex_);
      open_.push_back(fd);
      workers_.emplace_back([this, fd] { serve(fd); });
    }
  }

  void serve(int fd) {
    std::string buffer;
    ServedRequest request;
    while (read_request(fd, buffer, request)) {
      {
        const std::scoped_lock lock(mutex_);
        requests_.push_back(request);
      }
      if (!send_reply(fd, handler_(request), request.method == "HEAD")) {
        break;
      }
      request = {};
    }
    const std::scoped_lock lock(mutex_);
    open_.erase(std::find(open_.begin(), open_.end(), fd));
    ::close(fd);
  }

  static bool read_more(int fd, std::string& buffer) {
    std::array<char, 16384> chunk{};
    const auto count = ::recv(fd, chunk.data(), chunk.size(), 0);
    if (count <= 0) {
      return false;
    }
    buffer.append(chunk.data(), static_cast<std::size_t>(count));
    return true;
  }

  static bool read_request(int fd, std::string& buffer, ServedRequest& request) {
    std::size_t end = 0;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
      if (!read_more(fd, buffer)) {
        return false;
      }
    }
    parse_head(buffer.substr(0, end + 2), request);
    buffer.erase(0, end + 4);
    const auto length = request.headers.find("content-length");
    const std::size_t size = length == request.headers.end() ? 0 : std::stoul(length->second);
    while (buffer.size() < size) {
      if (!read_more(fd, buffer)) {
        return false;
      }
    }
    request.body = buffer.substr(0, size);
    buffer.erase(0, size);
    return true;
  }

  static void parse_head(const std::string& head, ServedRequest& request) {
    const auto first = head.find(' ');
    const auto second = head.find(' ', first + 1);
    request.method = head.substr(0, first);
    request.target = head.substr(first + 1, second - first - 1);
    std::size_t at = head.find("\r\n") + 2;
    while (at < head.size()) {
      const auto end = head.find("\r\n", at);
      const auto colon = head.find(':', at);
      std::string name = head.substr(at, colon - at);
      std::transform(name.begin(), name.end(), name.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      const auto value = head.find_first_not_of(' ', colon + 1);
      request.headers[name] = head.substr(value, end - value);
      at = end + 2;
    }
  }

  /// False where the connection is at its end.
  static bool send_reply(int fd, const Reply& reply, bool head_only) {
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " Status\r\n";
    for (const auto& [name, value] : reply.headers) {
      text += name + ": " + value + "\r\n";
    }
    if (reply.hold) {
      text += "Transfer-Encoding: chunked\r\n\r\n";
      text += reply.body.empty() ? "" : chunk(reply.body);  // an empty chunk would be the end
      std::string ignored;
      return send_all(fd, text) && read_more(fd, ignored);
    }
    text += "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n";
    text += head_only ? "" : reply.body.substr(0, reply.cut_after);
    if (!send_all(fd, text)) {
      return false;
    }
    if (reply.cut_after < reply.body.size()) {
      ::shutdown(fd, SHUT_RDWR);
      return false;
    }
    return true;
  }

  static std::string chunk(const std::string& data) {
    std::array<char, 20> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", data.size());
    return size.data() + data + "\r\n";
  }

  static bool send_all(int fd, std::string_view text) {
    while (!text.empty()) {
      const auto count = ::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
      if (count <= 0) {
        return false;
      }
      text.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  Handler handler_;
  int port_ = 0;
  std::atomic<bool> ending_ = false;
  std::atomic<int> connections_ = 0;
  mutable std::mutex mutex_;
  std::vector<ServedRequest> requests_;
  std::vector<int> open_;
  int listener_;
  std::vector<std::jthread> workers_;
  std::thread acceptor_;
};

/// Answers as a file server does: Range and If-Range are honoured.
inline Reply file_reply(const ServedRequest& request, const std::string& content,
                        const std::string& etag) {
  const auto range = request.headers.find("range");
  const auto condition = request.headers.find("if-range");
  const bool same = condition == request.headers.end() || condition->second == etag;
  if (range == request.headers.end() || !same) {
    return {.headers = {{"ETag", etag}}, .body = content};
  }
  const std::size_t start = std::stoul(range->second.substr(std::strlen("bytes=")));
  const auto size = std::to_string(content.size());
  if (start >= content.size()) {
    return {.status = 416, .headers = {{"Content-Range", "bytes */" + size}}};
  }
  return {.status = 206,
          .headers = {{"ETag", etag},
                      {"Content-Range", "bytes " + std::to_string(start) + "-" +
                                            std::to_string(content.size() - 1) + "/" + size}},
          .body = content.substr(start)};
}

}  // namespace dpctl::test
