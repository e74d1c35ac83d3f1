// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "kube/client.hpp"
#include "kube/status.hpp"

namespace dpctl {
namespace {

ApiRequest log_request(const LogQuery& query) {
  ApiRequest request{.path = "/api/v1/namespaces/" + query.ns + "/pods/" + query.pod + "/log",
                     .accept = "*/*"};
  if (!query.container.empty()) {
    request.query["container"] = query.container;
  }
  if (query.tail) {
    request.query["tailLines"] = std::to_string(*query.tail);
  }
  if (query.previous) {
    request.query["previous"] = "true";
  }
  return request;
}

std::string what_for(const LogQuery& query) {
  return "read the log of pod " + query.ns + "/" + query.pod;
}

/// Cuts a stream into lines. An answer that is an error is told from a log by its first bytes,
/// since the status of an answer is not known before its body.
class LogLines {
 public:
  explicit LogLines(const std::function<bool(std::string_view)>& on_line) : on_line_(on_line) {}

  bool take(std::string_view data) {
    buffer_ += data;
    constexpr std::string_view error_start = R"({"kind":"Status")";
    if (!begun_ && buffer_.size() < error_start.size() && error_start.starts_with(buffer_)) {
      return true;
    }
    failed_ = failed_ || (!begun_ && buffer_.starts_with(error_start));
    begun_ = true;
    return failed_ || give_lines();
  }

  void finish() {
    if (!failed_ && !buffer_.empty()) {
      on_line_(buffer_);
    }
  }

  const std::string& rest() const { return buffer_; }

 private:
  bool give_lines() {
    std::size_t begin = 0;
    bool wanted = true;
    for (auto end = buffer_.find('\n'); end != std::string::npos && wanted;
         end = buffer_.find('\n', begin)) {
      wanted = on_line_(std::string_view(buffer_).substr(begin, end - begin));
      begin = end + 1;
    }
    buffer_.erase(0, wanted ? begin : buffer_.size());
    return wanted;
  }

  const std::function<bool(std::string_view)>& on_line_;
  std::string buffer_;
  bool begun_ = false;
  bool failed_ = false;
};

}  // namespace

Result<std::string> KubeClient::pod_log(const LogQuery& query, const Call& call) {
  HttpResponse response = TRY(send(log_request(query), call));
  if (response.status >= 400) {
    return fail(status_error(response, what_for(query)));
  }
  return std::move(response.body);
}

Result<> KubeClient::follow_pod_log(const LogQuery& query,
                                    const std::function<bool(std::string_view line)>& on_line,
                                    const Call& call) {
  ApiRequest request = log_request(query);
  request.query["follow"] = "true";
  LogLines lines(on_line);
  auto answer = stream(request, [&lines](std::string_view data) { return lines.take(data); }, call);
  if (call.stop.stop_requested()) {
    return {};
  }
  HttpResponse response = TRY(std::move(answer));
  if (response.status >= 400) {
    response.body = lines.rest();
    return fail(status_error(response, what_for(query)));
  }
  lines.finish();
  return {};
}

}  // namespace dpctl
