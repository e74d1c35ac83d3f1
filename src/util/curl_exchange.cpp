// SPDX-License-Identifier: Apache-2.0
#include "util/curl_exchange.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "util/error.hpp"
#include "util/http.hpp"
#include "util/result.hpp"
#include "util/text.hpp"

namespace dpctl::detail {
namespace {

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, FreeList>;

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

void init_once() {
  // Not thread-safe in libcurl itself; a local static is.
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(code);
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

void add_header(HeaderList& list, const std::string& line) {
  list.reset(curl_slist_append(list.release(), line.c_str()));
}

HeaderList header_list(const HttpRequest& request) {
  HeaderList list;
  bool typed = false;
  for (const auto& [name, value] : request.headers) {
    typed = typed || lower(name) == "content-type";
    // "Name;" is how libcurl is told of a header without a value.
    add_header(list, value.empty() ? name + ";" : fmt::format("{}: {}", name, value));
  }
  if (!typed) {
    add_header(list, "Content-Type:");  // libcurl would call every body a form
  }
  add_header(list,
             "Expect:");  // a server that ignores 100-continue would cost a second per large body
  return list;
}

/// What libcurl's callbacks write to.
struct Receiver {
  const HttpRequest& request;
  const ExchangeOptions& options;
  CURL* easy;
  HttpResponse response = {};
  bool head_told = false;
  bool ended_by_caller = false;

  bool take(std::string_view data) {
    if (!head_told) {
      head_told = true;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &response.status);
      if (options.on_head && !options.on_head(response)) {
        return false;
      }
    }
    if (request.on_data) {
      return request.on_data(data);
    }
    response.body += data;
    return true;
  }
};

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* receiver) {
  auto& to = *static_cast<Receiver*>(receiver);
  if (to.take({data, size * count})) {
    return size * count;
  }
  to.ended_by_caller = true;
  return size * count + 1;  // anything else than what was given ends the transfer
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* receiver) {
  auto& headers = static_cast<Receiver*>(receiver)->response.headers;
  const std::string_view line(data, size * count);
  const auto colon = line.find(':');
  if (line.starts_with("HTTP/")) {
    headers.clear();  // an earlier head was that of a 1xx answer or of a proxy
  } else if (colon != std::string_view::npos) {
    auto& value = headers[lower(line.substr(0, colon))];
    value += (value.empty() ? "" : ", ") + std::string(trimmed(line.substr(colon + 1)));
  }
  return size * count;
}

template <class T>
void set(CURL* easy, CURLoption option, T value) {
  curl_easy_setopt(easy, option, value);
}

void set_route(CURL* easy, const HttpRequest& request, const ExchangeOptions& options) {
  set(easy, CURLOPT_URL, request.url.c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  if (!options.unix_socket.empty()) {
    set(easy, CURLOPT_UNIX_SOCKET_PATH, options.unix_socket.c_str());
  }
  if (!options.unix_socket.empty() || is_loopback(request.url)) {
    set(easy, CURLOPT_PROXY, "");
  }
}

void set_limits(CURL* easy, const HttpRequest& request, const ExchangeOptions& options) {
  const auto connect = std::chrono::milliseconds(std::chrono::seconds(30));
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connect.count()));
  set(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  set(easy, CURLOPT_BUFFERSIZE, 128L * 1024L);
  if (options.stall_timeout.count() > 0) {
    set(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.stall_timeout.count()));
  }
}

void set_request(CURL* easy, const HttpRequest& request) {
  const bool has_body = !request.body.empty() || request.method == "POST" ||
                        request.method == "PUT" || request.method == "PATCH";
  if (has_body) {
    set(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    set(easy, CURLOPT_POSTFIELDS, request.body.data());
  }
  if (request.method == "HEAD") {
    set(easy, CURLOPT_NOBODY, 1L);
  } else if (request.method != "GET" || has_body) {
    set(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
}

/// Drives the transfer to its end; CURLE_ABORTED_BY_CALLBACK where a stop came first.
CURLcode perform(CURLM* multi, const std::stop_token& stop) {
  const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
  while (!stop.stop_requested()) {
    int running = 0;
    if (curl_multi_perform(multi, &running) != CURLM_OK) {
      return CURLE_FAILED_INIT;
    }
    int left = 0;
    if (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      return message->data.result;
    }
    // The bound only matters to libcurl's own timers, which it shortens by itself.
    curl_multi_poll(multi, nullptr, 0, 60'000, nullptr);
  }
  return CURLE_ABORTED_BY_CALLBACK;
}

HttpFailure failure_of(CURLcode code) {
  switch (code) {
    case CURLE_ABORTED_BY_CALLBACK:
      return HttpFailure::stopped;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return HttpFailure::host_unknown;
    case CURLE_OPERATION_TIMEDOUT:
      return HttpFailure::timed_out;
    default:
      return HttpFailure::broken;
  }
}

ExitCode exit_code_of(HttpFailure failure) {
  switch (failure) {
    case HttpFailure::stopped:
      return ExitCode::interrupted;
    case HttpFailure::timed_out:
      return ExitCode::timed_out;
    default:
      return ExitCode::step_failed;
  }
}

}  // namespace

struct HttpConnection::Handles {
  CURLM* multi = curl_multi_init();
  CURL* easy = curl_easy_init();

  Handles() = default;
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;
  ~Handles() {
    curl_easy_cleanup(easy);
    curl_multi_cleanup(multi);
  }
};

HttpConnection::HttpConnection() {
  init_once();
  handles_ = std::make_unique<Handles>();
}

HttpConnection::~HttpConnection() = default;

Result<Exchanged> HttpConnection::exchange(const HttpRequest& request,
                                           const ExchangeOptions& options,
                                           const std::stop_token& stop) {
  CURL* easy = handles_->easy;
  curl_easy_reset(easy);  // keeps connections: they belong to the multi handle
  Receiver receiver{.request = request, .options = options, .easy = easy};
  const HeaderList headers = header_list(request);
  std::string reason(CURL_ERROR_SIZE, '\0');
  set(easy, CURLOPT_ERRORBUFFER, reason.data());
  set(easy, CURLOPT_HTTPHEADER, headers.get());
  set(easy, CURLOPT_WRITEFUNCTION, on_body);
  set(easy, CURLOPT_WRITEDATA, &receiver);
  set(easy, CURLOPT_HEADERFUNCTION, on_header);
  set(easy, CURLOPT_HEADERDATA, &receiver);
  set_route(easy, request, options);
  set_limits(easy, request, options);
  set_request(easy, request);

  curl_multi_add_handle(handles_->multi, easy);
  const CURLcode code = perform(handles_->multi, stop);
  Exchanged exchanged;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &receiver.response.status);
  char* redirect = nullptr;
  if (curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &redirect) == CURLE_OK &&
      redirect != nullptr) {
    exchanged.redirect = redirect;
  }
  curl_multi_remove_handle(handles_->multi, easy);

  if (code != CURLE_OK && !receiver.ended_by_caller) {
    const HttpFailure failure = failure_of(code);
    if (options.failure != nullptr) {
      *options.failure = failure;
    }
    const std::string_view told(reason.c_str());
    const std::string why = failure == HttpFailure::stopped
                                ? "stopped"
                                : std::string(told.empty() ? curl_easy_strerror(code) : told);
    return fail(exit_code_of(failure), request.method + " " + request.url + ": " + why);
  }
  exchanged.response = std::move(receiver.response);
  return exchanged;
}

bool is_loopback(std::string_view url) {
  const std::unique_ptr<CURLU, FreeUrl> parsed(curl_url());
  char* part = nullptr;
  if (curl_url_set(parsed.get(), CURLUPART_URL, std::string(url).c_str(), 0) != CURLUE_OK ||
      curl_url_get(parsed.get(), CURLUPART_HOST, &part, 0) != CURLUE_OK) {
    return false;
  }
  const std::string host = lower(part);
  curl_free(part);
  const bool address =
      host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos;
  return host == "localhost" || host == "[::1]" || address;
}

}  // namespace dpctl::detail
