// SPDX-License-Identifier: Apache-2.0
// HTTP by libcurl: requests over TCP or a unix socket, streamed answers, and downloads that can be
// resumed.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "util/result.hpp"

namespace dpctl {

struct HttpRequest {
  std::string method = "GET";
  std::string url;  // over a unix socket: http://localhost/path
  std::map<std::string, std::string> headers = {};
  std::string body = {};
  std::chrono::milliseconds timeout{0};  // 0: none (watches)
  std::function<bool(std::string_view)> on_data =
      {};  // given, the body goes there; false ends the request
};

struct HttpResponse {
  long status = 0;
  std::map<std::string, std::string> headers = {};  // names in lower case
  std::string body;
};

/// Sends a request. Fails where no answer came (refused, reset, timed out, stopped); a status of
/// 400 and up is an answer. Thread-safe. The seam where tests of the cluster client put a fake.
using HttpTransport = std::function<Result<HttpResponse>(const HttpRequest&, std::stop_token)>;

/// A transport with keep-alive and as many connections as callers at a time. `unix_socket` may be
/// empty (TCP).
HttpTransport make_http_transport(std::filesystem::path unix_socket = {});

struct Download {
  std::string url;
  std::filesystem::path to;  // written aside as to + ".part", renamed when whole and right
  std::string sha256 = {};   // lower-case hex; empty: not checked here
  std::function<void(unsigned long long done, unsigned long long total)> on_progress =
      {};            // bytes; total 0 if unknown
  int attempts = 4;  // each resumes what the one before left
};

/// Fetches a file: https (http only from loopback), proxies from the environment, resumed where a
/// part is there. Fails with ExitCode::tool; a digest that does not match removes the file and says
/// both digests.
Result<> download(const Download& what, std::stop_token stop);

}  // namespace dpctl
