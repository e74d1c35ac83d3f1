// SPDX-License-Identifier: Apache-2.0
#include "util/http.hpp"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "support/test_server.hpp"
#include "util/files.hpp"

namespace dpctl {
namespace {

using Catch::Matchers::ContainsSubstring;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using test::Reply;
using test::ServedRequest;
using test::TestServer;

/// A port of loopback that nothing listens on.
std::string dead_url() {
  std::string url;
  {
    const TestServer server([](const ServedRequest&) { return Reply{}; });
    url = server.url("/");
  }
  return url;
}

}  // namespace

TEST_CASE(
    "A request carries method, headers and body, and its answer the status, headers and body") {
  const TestServer server([](const ServedRequest& request) {
    return Reply{.status = 201, .headers = {{"X-Made", "yes"}}, .body = "<" + request.body + ">"};
  });
  const auto http = make_http_transport();
  const auto answer = http({.method = "PATCH",
                            .url = server.url("/a?b=c"),
                            .headers = {{"Content-Type", "application/apply-patch+yaml"}},
                            .body = "{}"},
                           {});
  REQUIRE(answer);
  CHECK(answer->status == 201);
  CHECK(answer->headers.at("x-made") == "yes");
  CHECK(answer->body == "<{}>");
  const auto seen = server.requests().at(0);
  CHECK(seen.method == "PATCH");
  CHECK(seen.target == "/a?b=c");
  CHECK(seen.headers.at("content-type") == "application/apply-patch+yaml");
  CHECK_FALSE(seen.headers.contains("expect"));
}

TEST_CASE("DELETE may carry a body, and POST may carry none") {
  const TestServer server([](const ServedRequest& request) { return Reply{.body = request.body}; });
  const auto http = make_http_transport();
  CHECK(http({.method = "DELETE", .url = server.url("/"), .body = "now"}, {})->body == "now");
  CHECK(http({.method = "POST", .url = server.url("/")}, {})->status == 200);
  CHECK(http({.method = "HEAD", .url = server.url("/")}, {})->body.empty());
  CHECK(http({.url = server.url("/")}, {})->status == 200);
  const auto seen = server.requests();
  CHECK(seen.at(0).method == "DELETE");
  CHECK(seen.at(1).method == "POST");
  CHECK_FALSE(seen.at(1).headers.contains("content-type"));
  CHECK(seen.at(2).method == "HEAD");
  CHECK(seen.at(3).method == "GET");
}

TEST_CASE("A status of 400 and up is an answer, not a failure") {
  const TestServer server(
      [](const ServedRequest&) { return Reply{.status = 503, .body = "busy"}; });
  const auto answer = make_http_transport()({.url = server.url("/")}, {});
  REQUIRE(answer);
  CHECK(answer->status == 503);
  CHECK(answer->body == "busy");
}

TEST_CASE("Requests in a row share one connection") {
  const TestServer server([](const ServedRequest&) { return Reply{.body = "x"}; });
  const auto http = make_http_transport();
  for (int i = 0; i < 20; ++i) {
    REQUIRE(http({.url = server.url("/")}, {}));
  }
  CHECK(server.connections() == 1);
}

TEST_CASE("Callers at the same time get connections of their own") {
  std::latch all_there(4);
  const TestServer server([&](const ServedRequest& request) {
    all_there.arrive_and_wait();  // passes only when four requests are under way
    return Reply{.body = request.target};
  });
  const auto http = make_http_transport();
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 4; ++i) {
      callers.emplace_back([&, path = "/" + std::to_string(i)] {
        const auto answer = http({.url = server.url(path)}, {});
        right += answer && answer->body == path ? 1 : 0;
      });
    }
  }
  CHECK(right == 4);
}

TEST_CASE("A unix socket is spoken to instead of the URL's host") {
  const auto folder = TempFolder::create().value();
  const auto socket = folder.path() / "s";
  const TestServer server(
      [](const ServedRequest& request) {
        return Reply{.body = request.headers.at("host") + request.target};
      },
      socket);
  const auto answer = make_http_transport(socket)({.url = "http://localhost/api"}, {});
  REQUIRE(answer);
  CHECK(answer->body == "localhost/api");
}

TEST_CASE("A refused connection is a failure that names the request") {
  const auto answer = make_http_transport()({.url = dead_url()}, {});
  REQUIRE_FALSE(answer);
  CHECK_THAT(answer.error().message, ContainsSubstring("GET http://127.0.0.1:"));
}

TEST_CASE("An answer that breaks off is a failure") {
  const TestServer server(
      [](const ServedRequest&) { return Reply{.body = "0123456789", .cut_after = 4}; });
  CHECK_FALSE(make_http_transport()({.url = server.url("/")}, {}));
}

TEST_CASE("A request that takes longer than its timeout fails as timed out") {
  const TestServer server([](const ServedRequest&) { return Reply{.hold = true}; });
  const auto answer =
      make_http_transport()({.url = server.url("/"), .timeout = milliseconds(50)}, {});
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == ExitCode::timed_out);
}

TEST_CASE("A streamed answer is given piece by piece, and ends where the caller says so") {
  const TestServer server(
      [](const ServedRequest&) { return Reply{.body = "first\n", .hold = true}; });
  std::string got;
  const auto answer = make_http_transport()({.url = server.url("/"),
                                             .on_data =
                                                 [&](std::string_view data) {
                                                   got += data;
                                                   return !got.ends_with('\n');
                                                 }},
                                            {});
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->body.empty());
  CHECK(got == "first\n");
}

TEST_CASE("A stop ends a silent watch at once") {
  const TestServer server([](const ServedRequest&) { return Reply{.body = "x", .hold = true}; });
  std::stop_source stop;
  std::latch watching(1);
  steady_clock::time_point asked;
  std::jthread stopper([&] {
    watching.wait();
    asked = steady_clock::now();
    stop.request_stop();
  });
  const auto answer = make_http_transport()({.url = server.url("/"),
                                             .on_data =
                                                 [&](std::string_view) {
                                                   watching.count_down();
                                                   return true;
                                                 }},
                                            stop.get_token());
  const auto ended = steady_clock::now();
  stopper.join();
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == ExitCode::interrupted);
  CHECK(ended - asked < milliseconds(100));
}

TEST_CASE("A connection is fit for use again after a stop or a broken answer") {
  std::atomic<int> count = 0;
  const TestServer server([&](const ServedRequest&) {
    return ++count == 1 ? Reply{.body = "0123456789", .cut_after = 4} : Reply{.body = "fine"};
  });
  const auto http = make_http_transport();
  CHECK_FALSE(http({.url = server.url("/")}, {}));
  std::stop_source stopped;
  stopped.request_stop();
  CHECK_FALSE(http({.url = server.url("/")}, stopped.get_token()));
  CHECK(http({.url = server.url("/")}, {})->body == "fine");
}

}  // namespace dpctl
