// SPDX-License-Identifier: Apache-2.0
#include "kube/status.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "util/text.hpp"

namespace dpctl {
namespace {

bool contains_any(std::string_view text, std::span<const std::string_view> parts) {
  return std::ranges::any_of(
      parts, [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

/// Words that mean: nothing answered there, as opposed to: it answered no.
constexpr std::array<std::string_view, 14> not_reached = {"connection refused",
                                                          "no endpoints available",
                                                          "x509:",
                                                          "context deadline",
                                                          "i/o timeout",
                                                          "EOF",
                                                          "connection reset",
                                                          "no route to host",
                                                          "network is unreachable",
                                                          "dial tcp",
                                                          "tls: ",
                                                          "Bad Gateway",
                                                          "Service Unavailable",
                                                          "Client.Timeout exceeded"};

constexpr std::array<std::string_view, 6> server_is_busy = {
    "etcdserver: ",
    "leader changed",
    "rpc error: code = Unavailable",
    "storage is (re)initializing",
    "the server is currently unable to handle the request",
    "apiserver not ready"};

/// What `kubectl proxy` answers in plain text when it reaches no API server.
constexpr std::array<std::string_view, 6> proxy_not_through = {
    "connection refused", "connection reset",     "i/o timeout", "EOF",
    "no route to host",   "TLS handshake timeout"};

constexpr std::array<std::string_view, 3> cannot_change = {"immutable", "may not change",
                                                           "updates to "};

std::string webhook_name(std::string_view message) {
  const auto open = message.find("webhook \"");
  if (open == std::string_view::npos) {
    return "an admission webhook";
  }
  const auto begin = open + 9;
  return "the webhook " + std::string(message.substr(begin, message.find('"', begin) - begin));
}

std::optional<std::string> transient_server_error(const ApiStatus& status) {
  if (is_webhook_transport_error(status.message)) {
    return webhook_name(status.message) + " does not answer yet";
  }
  if (contains_any(status.message, server_is_busy) || status.reason == "ServerTimeout") {
    return "the API server is busy (" + elided(status.message, 80) + ")";
  }
  if (status.reason.empty() && contains_any(status.message, proxy_not_through)) {
    return "the API server cannot be reached";
  }
  return std::nullopt;
}

std::optional<std::string> transient_refusal(const ApiStatus& status) {
  if (status.message.find("because it is being terminated") != std::string::npos) {
    return "its namespace is still being removed";
  }
  if (status.message.find("object is being deleted") != std::string::npos) {
    return "the object of that name is still being removed";
  }
  return std::nullopt;
}

std::string hint_for(const ApiStatus& status) {
  if (status.code == 401) {
    return "the credentials of this kubeconfig context were not accepted: log in again";
  }
  if (status.code == 403) {
    return "ask for the right with `kubectl auth can-i`, or use a context that has it";
  }
  if (status.code == 422 && contains_any(status.message, cannot_change)) {
    return "this field cannot be changed on a living object: remove the object, then run setup "
           "again";
  }
  if (is_webhook_transport_error(status.message)) {
    return "the component that runs this webhook is not ready: see `dpctl status`";
  }
  return "";
}

}  // namespace

ApiStatus status_of(const HttpResponse& response) {
  ApiStatus status{.code = response.status};
  const auto body = parse_json(response.body, "answer");
  if (body && string_at(*body, "kind") == "Status") {
    status.reason = string_at(*body, "reason");
    status.message = string_at(*body, "message");
    for (const auto& cause : array_at(*body, "details.causes")) {
      status.causes.push_back(cause);
    }
  } else {
    status.message = std::string(trimmed(response.body));
  }
  return status;
}

std::optional<std::string> transient_reason(const HttpResponse& response) {
  switch (response.status) {
    case 403:
    case 409:
      return transient_refusal(status_of(response));
    case 429:
      return "the API server asks for patience";
    case 500:
      return transient_server_error(status_of(response));
    case 502:
    case 503:
    case 504:
      return "the API server is not available (" + std::to_string(response.status) + ")";
    default:
      return std::nullopt;
  }
}

bool is_webhook_transport_error(std::string_view message) {
  constexpr std::array<std::string_view, 3> calls = {
      "failed calling webhook", "failed to call webhook", "conversion webhook for"};
  return contains_any(message, calls) && contains_any(message, not_reached);
}

std::optional<std::chrono::milliseconds> retry_after(const HttpResponse& response) {
  const auto header = response.headers.find("retry-after");
  int seconds = 0;
  if (header == response.headers.end()) {
    return std::nullopt;
  }
  const std::string& text = header->second;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (read.ec != std::errc() || seconds < 0) {
    return std::nullopt;
  }
  return std::chrono::seconds(seconds);
}

bool is_unknown_api(const HttpResponse& response) {
  if (response.status != 404) {
    return false;
  }
  // The server names kind and name in the details of an object that is missing; an API that is not
  // served has none.
  const auto body = parse_json(response.body, "answer");
  return !body || string_at(*body, "details.name").empty();
}

Error status_error(const HttpResponse& response, std::string_view what) {
  const ApiStatus status = status_of(response);
  std::string message = status.message;
  if (message.empty()) {
    message = "the API server answered " + std::to_string(status.code);
  }
  const bool no_access = status.code == 401 || status.code == 403;
  Error error = make_error(no_access ? ExitCode::unfit : ExitCode::step_failed,
                           elided(message, 2000), hint_for(status));
  error.context.emplace_back(what);
  return error;
}

}  // namespace dpctl
