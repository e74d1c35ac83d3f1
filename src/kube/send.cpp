// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "kube/client.hpp"
#include "kube/status.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

constexpr auto answer_timeout = std::chrono::seconds(60);
constexpr auto longest_pause = std::chrono::milliseconds(2000);

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '~';
}

std::string escaped(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    if (is_plain(c)) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += {'%', hex[byte >> 4U], hex[byte & 15U]};
    }
  }
  return result;
}

HttpRequest http_request(const ApiRequest& request) {
  HttpRequest http{.method = request.method,
                   .url = "http://localhost" + request.path,
                   .headers = {{"Accept", request.accept}},
                   .body = request.body,
                   .timeout = answer_timeout};
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    http.url += separator + name + "=" + escaped(value);
    separator = '&';
  }
  if (!request.body.empty()) {
    http.headers["Content-Type"] = request.content_type;
  }
  return http;
}

tl::unexpected<Error> interrupted() { return fail(ExitCode::interrupted, "interrupted"); }

/// Tries again what passes, until the budget is spent.
Result<HttpResponse> send_patiently(const HttpTransport& transport, const Clock& clock,
                                    const HttpRequest& request, const Call& call) {
  const auto deadline = clock.now() + call.retry_for;
  auto pause = std::chrono::milliseconds(100);
  while (true) {
    auto answer = transport(request, call.stop);
    const auto why = answer ? transient_reason(*answer)
                            : std::optional<std::string>("the cluster does not answer");
    if (!why) {
      return answer;
    }
    if (call.stop.stop_requested()) {
      return interrupted();
    }
    const auto wait = answer ? retry_after(*answer).value_or(pause) : pause;
    if (clock.now() + wait > deadline) {
      if (answer) {
        return answer;
      }
      return fail(ExitCode::unfit, *why + ": " + summary_line(answer.error()),
                  "is the cluster up, and is this the right context?");
    }
    if (call.note) {
      call.note(*why + ", trying again");
    }
    clock.pause(wait, call.stop);
    pause = std::min(pause * 2, longest_pause);
  }
}

}  // namespace

KubeClient::KubeClient(HttpTransport transport, Clock clock)
    : transport_(std::move(transport)),
      clock_(std::move(clock)),
      discovery_(
          [this](const HttpRequest& request, const Call& call) {
            return send_patiently(transport_, clock_, request, call);
          },
          clock_) {}

Result<HttpResponse> KubeClient::send(const ApiRequest& request, const Call& call) {
  return send_patiently(transport_, clock_, http_request(request), call);
}

Result<Json> KubeClient::request(const ApiRequest& request, std::string_view what,
                                 const Call& call) {
  const HttpResponse response = TRY(Result<HttpResponse>(send(request, call).map_error(in(what))));
  if (response.status >= 400) {
    return fail(status_error(response, what));
  }
  return parse_json(response.body, request.path);
}

Result<HttpResponse> KubeClient::stream(const ApiRequest& request,
                                        std::function<bool(std::string_view)> on_data,
                                        const Call& call) {
  HttpRequest http = http_request(request);
  http.on_data = std::move(on_data);
  http.timeout = {};
  return transport_(http, call.stop);
}

}  // namespace dpctl
