// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "util/curl_exchange.hpp"
#include "util/error.hpp"
#include "util/files.hpp"
#include "util/http.hpp"
#include "util/part_file.hpp"
#include "util/result.hpp"
#include "util/sha256.hpp"

namespace dpctl {
namespace {

using detail::Exchanged;
using detail::HttpFailure;
using detail::PartFile;
using std::chrono::milliseconds;

constexpr int max_redirects = 10;
constexpr auto stall_timeout = std::chrono::seconds(60);
constexpr milliseconds first_pause(250);
constexpr milliseconds longest_pause(30'000);  // a server's Retry-After is not followed beyond it

/// What an attempt came to. `once`: worth one more try only, because it hardly ever passes by
/// itself.
enum class Verdict { whole, again, once, hopeless };

struct Attempt {
  Verdict verdict = Verdict::hopeless;
  Error error = {};
  milliseconds wait{0};  // what the server asked for
};

std::string header(const HttpResponse& response, const std::string& name) {
  const auto found = response.headers.find(name);
  return found == response.headers.end() ? "" : found->second;
}

unsigned long long number(std::string_view text, unsigned long long otherwise = 0) {
  unsigned long long value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// What If-Range may be asked with: a weak ETag does not promise the same bytes.
std::string validator_of(const HttpResponse& head) {
  const auto tag = header(head, "etag");
  return tag.empty() || tag.starts_with("W/") ? header(head, "last-modified") : tag;
}

/// The offset of "bytes 100-199/200", or nothing.
std::optional<unsigned long long> range_start(const HttpResponse& head) {
  const auto range = header(head, "content-range");
  return range.starts_with("bytes ") ? std::optional(number(range.substr(6))) : std::nullopt;
}

/// The size behind the slash of "bytes 100-199/200" or "bytes */200".
std::optional<unsigned long long> range_total(const HttpResponse& head) {
  const auto range = header(head, "content-range");
  const auto slash = range.find('/');
  return slash == std::string::npos ? std::nullopt : std::optional(number(range.substr(slash + 1)));
}

bool allowed(std::string_view url) {
  return url.starts_with("https://") || (url.starts_with("http://") && detail::is_loopback(url));
}

/// Sleeps; false where a stop came first.
bool pause(milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  changed.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

class Fetch {
 public:
  Fetch(const Download& what, std::stop_token stop)
      : what_(what), stop_(std::move(stop)), part_(what.to) {}

  Result<> run() {
    TRY(make_folder(what_.to.parent_path().empty() ? "." : what_.to.parent_path()));
    milliseconds wait = first_pause;
    bool once_used = false;
    for (int left = what_.attempts - 1;; --left, wait *= 4) {
      auto attempt = try_once();
      if (attempt.verdict == Verdict::whole) {
        return check_and_finish();
      }
      const bool last = attempt.verdict == Verdict::once && std::exchange(once_used, true);
      if (attempt.verdict == Verdict::hopeless || left <= 0 || last) {
        return fail(std::move(attempt.error));
      }
      if (!pause(std::min(std::max(wait, attempt.wait), longest_pause), stop_)) {
        return fail(stopped());
      }
    }
  }

 private:
  Attempt try_once() {
    if (auto opened = part_.open(what_.url); !opened) {
      return {.error = std::move(opened).error()};
    }
    broken_.reset();
    begun_ = false;
    std::string url = what_.url;
    for (int hop = 0; hop <= max_redirects; ++hop) {
      if (!allowed(url)) {
        return {.error =
                    error("only https is fetched, and http from this machine itself, not " + url)};
      }
      HttpFailure failure = HttpFailure::none;
      auto answer = ask(url, failure);
      if (broken_) {
        return {.error = *std::move(broken_)};
      }
      if (!answer) {
        return judge_failure(failure, answer.error());
      }
      if (answer->redirect.empty()) {
        return judge_answer(answer->response);
      }
      url = answer->redirect;
    }
    return {.error = error("it redirects more than " + std::to_string(max_redirects) + " times")};
  }

  Result<Exchanged> ask(const std::string& url, HttpFailure& failure) {
    HttpRequest request{.url = url};
    if (part_.size() > 0) {
      request.headers["Range"] = "bytes=" + std::to_string(part_.size()) + "-";
      request.headers["If-Range"] = part_.validator();
    }
    bool wanted = false;
    request.on_data = [&](std::string_view data) { return !wanted || take(data); };
    return connection_.exchange(request,
                                {.stall_timeout = stall_timeout,
                                 .on_head =
                                     [&](const HttpResponse& head) {
                                       wanted = head.status == 200 || head.status == 206;
                                       return head.status < 400 && (!wanted || begin(head));
                                     },
                                 .failure = &failure},
                                stop_);
  }

  bool begin(const HttpResponse& head) {
    if (head.status == 206) {
      total_ = range_total(head).value_or(0);
      begun_ = range_start(head) == part_.size();
    } else {
      total_ = number(header(head, "content-length"));
      begun_ = kept(part_.restart(what_.url, validator_of(head)));
    }
    return begun_;
  }

  bool take(std::string_view data) {
    if (!kept(part_.append(data))) {
      return false;
    }
    if (what_.on_progress) {
      what_.on_progress(part_.size(), total_);
    }
    return true;
  }

  bool kept(Result<> written) {
    if (!written) {
      broken_ = std::move(written).error();
    }
    return !broken_;
  }

  [[nodiscard]] Attempt judge_failure(HttpFailure failure, const Error& why) const {
    const auto colon = why.message.rfind(what_.url);
    const auto reason =
        colon == std::string::npos ? why.message : why.message.substr(colon + what_.url.size() + 2);
    switch (failure) {
      case HttpFailure::stopped:
        return {.error = stopped()};
      case HttpFailure::host_unknown:
        return {Verdict::once, error("its host is not reached (" + reason + ")", proxy_hint)};
      default:
        return {Verdict::again, error(reason, proxy_hint)};
    }
  }

  Attempt judge_answer(const HttpResponse& answer) {
    const auto status = answer.status;
    const auto said = "the server answered " + std::to_string(status);
    if (status == 200 && !begun_ && !kept(part_.restart(what_.url, ""))) {  // an empty file
      return {.error = broken_.value_or(Error{})};
    }
    // 416: an earlier run had everything but the renaming.
    const bool rest_there =
        status == 416 && part_.size() > 0 && range_total(answer) == part_.size();
    if (status == 200 || (status == 206 && begun_) || rest_there) {
      return {.verdict = Verdict::whole};
    }
    if (status == 206 || status == 416) {
      part_.remove();
      return {Verdict::again,
              error(said + " to a request for the rest of it, but not with the rest")};
    }
    if (status == 404 || status == 410) {
      return {.error = error("there is no such file (" + said + ")")};
    }
    if (status == 408 || status == 429 || status >= 500) {
      const auto seconds = number(header(answer, "retry-after"));
      return {Verdict::again, error(said), std::chrono::seconds(std::min(seconds, 60ULL))};
    }
    return {.error = error(said)};
  }

  Result<> check_and_finish() {
    if (!what_.sha256.empty()) {
      const auto digest = TRY(sha256_of_file(part_.path()));
      if (digest != what_.sha256) {
        part_.remove();
        return fail(error("its SHA-256 is " + digest + ", not " + what_.sha256,
                          "it was damaged or replaced on its way; nothing of it was kept"));
      }
    }
    return part_.finish();
  }

  [[nodiscard]] Error error(const std::string& why, const std::string& hint = {}) const {
    return make_error(ExitCode::tool, "cannot download " + what_.url + ": " + why, hint);
  }

  [[nodiscard]] Error stopped() const {
    return make_error(ExitCode::interrupted, "the download of " + what_.url + " was stopped");
  }

  static constexpr const char* proxy_hint =
      "check the network; behind a proxy set HTTPS_PROXY and NO_PROXY";

  const Download& what_;
  std::stop_token stop_;
  PartFile part_;
  detail::HttpConnection connection_;
  unsigned long long total_ = 0;
  bool begun_ = false;           // bytes of this attempt's answer go into the part
  std::optional<Error> broken_;  // what went wrong on this side, inside of a callback
};

}  // namespace

Result<> download(const Download& what, std::stop_token stop) {
  return Fetch(what, std::move(stop)).run();
}

}  // namespace dpctl
