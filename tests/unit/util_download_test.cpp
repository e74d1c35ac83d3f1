// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>
#include <latch>
#include <string>
#include <thread>

#include "support/test_server.hpp"
#include "util/files.hpp"
#include "util/http.hpp"
#include "util/sha256.hpp"

namespace dpctl {
namespace {

using Catch::Matchers::ContainsSubstring;
using test::file_reply;
using test::Reply;
using test::ServedRequest;
using test::TestServer;

const std::string content = [] {
  std::string text;
  for (int i = 0; i < 40'000; ++i) {
    text += std::to_string(i) + "\n";
  }
  return text;
}();

struct Target {
  TempFolder folder = TempFolder::create().value();
  std::filesystem::path file = folder.path() / "deep" / "tool";

  /// Names of all that lies beside the file, the file included.
  std::string left() const {
    std::string names;
    for (const auto& entry : std::filesystem::directory_iterator(file.parent_path())) {
      names += entry.path().filename().string() + " ";
    }
    return names;
  }
};

}  // namespace

TEST_CASE("A download arrives whole, with its digest checked and its progress told") {
  const TestServer server([](const ServedRequest& r) { return file_reply(r, content, "\"1\""); });
  const Target target;
  unsigned long long done = 0;
  unsigned long long total = 0;
  const auto result = download({.url = server.url("/f"),
                                .to = target.file,
                                .sha256 = sha256(content),
                                .on_progress =
                                    [&](unsigned long long d, unsigned long long t) {
                                      done = d;
                                      total = t;
                                    }},
                               {});
  REQUIRE(result);
  CHECK(read_file(target.file).value() == content);
  CHECK(done == content.size());
  CHECK(total == content.size());
  CHECK(target.left() == "tool ");
}

TEST_CASE("An empty file can be downloaded") {
  const TestServer server([](const ServedRequest&) { return Reply{}; });
  const Target target;
  REQUIRE(download({.url = server.url("/f"), .to = target.file}, {}));
  CHECK(read_file(target.file).value().empty());
}

TEST_CASE("A connection that breaks off is resumed where it broke") {
  std::atomic<int> count = 0;
  const TestServer server([&](const ServedRequest& request) {
    auto reply = file_reply(request, content, "\"1\"");
    reply.cut_after = ++count == 1 ? 100'000 : reply.body.size();
    return reply;
  });
  const Target target;
  REQUIRE(download({.url = server.url("/f"), .to = target.file, .sha256 = sha256(content)}, {}));
  CHECK(read_file(target.file).value() == content);
  const auto requests = server.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[1].headers.at("range") == "bytes=100000-");
  CHECK(requests[1].headers.at("if-range") == "\"1\"");
}

TEST_CASE("What an earlier run left is gone on with, and not where the file changed since") {
  std::atomic<bool> changed = false;
  std::atomic<int> count = 0;
  const std::string other(50'000, 'z');
  const TestServer server([&](const ServedRequest& request) {
    auto reply =
        changed ? file_reply(request, other, "\"2\"") : file_reply(request, content, "\"1\"");
    reply.cut_after = ++count == 1 ? 5'000 : reply.body.size();
    return reply;
  });
  const Target target;
  REQUIRE_FALSE(download({.url = server.url("/f"), .to = target.file, .attempts = 1}, {}));
  CHECK(std::filesystem::file_size(target.file.string() + ".part") == 5'000);
  SECTION("unchanged") {
    REQUIRE(download({.url = server.url("/f"), .to = target.file}, {}));
    CHECK(read_file(target.file).value() == content);
    CHECK(server.requests().at(1).headers.at("range") == "bytes=5000-");
  }
  SECTION("changed") {
    changed = true;
    REQUIRE(download({.url = server.url("/f"), .to = target.file}, {}));
    CHECK(read_file(target.file).value() == other);
  }
  SECTION("another URL") {
    REQUIRE(download({.url = server.url("/g"), .to = target.file}, {}));
    CHECK_FALSE(server.requests().at(1).headers.contains("range"));
  }
}

TEST_CASE("A part that was whole already is only checked and renamed") {
  std::atomic<int> count = 0;
  const TestServer server([&](const ServedRequest& request) {
    auto reply = file_reply(request, content, "\"1\"");
    reply.cut_after = ++count == 1 ? 10 : reply.body.size();
    return reply;
  });
  const Target target;
  REQUIRE_FALSE(download({.url = server.url("/f"), .to = target.file, .attempts = 1}, {}));
  REQUIRE(write_file(target.file.string() + ".part", content));
  REQUIRE(download({.url = server.url("/f"), .to = target.file, .sha256 = sha256(content)}, {}));
  CHECK(read_file(target.file).value() == content);
}

TEST_CASE("A server that does not know ranges, or answers with a wrong one, costs only time") {
  const bool wrong_range = GENERATE_COPY(false, true);
  std::atomic<int> count = 0;
  const TestServer server([&](const ServedRequest& request) {
    auto reply = Reply{.headers = {{"ETag", "\"1\""}}, .body = content};
    reply.cut_after = ++count == 1 ? 10 : reply.body.size();
    if (wrong_range && request.headers.contains("range")) {
      reply.status = 206;
      reply.headers["Content-Range"] = "bytes 3-9/10";
    }
    return reply;
  });
  const Target target;
  REQUIRE(download({.url = server.url("/f"), .to = target.file, .sha256 = sha256(content)}, {}));
}

TEST_CASE("An overloaded server is asked again") {
  std::atomic<int> count = 0;
  const TestServer server([&](const ServedRequest& request) {
    return ++count == 1 ? Reply{.status = 503, .body = "busy"}
                        : file_reply(request, content, "\"1\"");
  });
  const Target target;
  REQUIRE(download({.url = server.url("/f"), .to = target.file}, {}));
  CHECK(read_file(target.file).value() == content);
}

TEST_CASE("A redirect is followed, but not to plain http elsewhere") {
  std::string to;
  const TestServer server([&](const ServedRequest& request) {
    return request.target == "/f"
               ? Reply{.status = 302, .headers = {{"Location", to}}, .body = "moved"}
               : file_reply(request, content, "\"1\"");
  });
  const Target target;
  SECTION("to this server") {
    to = "/g";
    REQUIRE(download({.url = server.url("/f"), .to = target.file}, {}));
    CHECK(read_file(target.file).value() == content);
  }
  SECTION("elsewhere") {
    to = "http://example.test/g";
    const auto result = download({.url = server.url("/f"), .to = target.file}, {});
    REQUIRE_FALSE(result);
    CHECK_THAT(result.error().message, ContainsSubstring("only https"));
  }
  SECTION("in circles") {
    to = "/f";
    const auto result = download({.url = server.url("/f"), .to = target.file}, {});
    REQUIRE_FALSE(result);
    CHECK_THAT(result.error().message, ContainsSubstring("redirects more than 10 times"));
  }
}

TEST_CASE("Plain http is refused without a request") {
  const Target target;
  for (const auto* url : {"http://example.test/f", "http://127.0.0.1.example.test/f", "ftp://x/f",
                          "file:///etc/passwd"}) {
    const auto result = download({.url = url, .to = target.file}, {});
    REQUIRE_FALSE(result);
    CHECK_THAT(result.error().message, ContainsSubstring("only https"));
  }
}

TEST_CASE("A file that is not there is told at once, without further attempts") {
  const TestServer server([](const ServedRequest&) { return Reply{.status = 404, .body = "no"}; });
  const Target target;
  const auto result = download({.url = server.url("/f"), .to = target.file}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ExitCode::tool);
  CHECK_THAT(result.error().message, ContainsSubstring("404"));
  CHECK(server.requests().size() == 1);
}

TEST_CASE("A digest that does not match removes the file and names both digests") {
  const TestServer server([](const ServedRequest& r) { return file_reply(r, content, "\"1\""); });
  const Target target;
  const std::string wrong(64, 'a');
  const auto result = download({.url = server.url("/f"), .to = target.file, .sha256 = wrong}, {});
  REQUIRE_FALSE(result);
  CHECK_THAT(result.error().message, ContainsSubstring(wrong));
  CHECK_THAT(result.error().message, ContainsSubstring(sha256(content)));
  CHECK(target.left().empty());
}

TEST_CASE("A host that is not reached is named, with the reason") {
  const Target target;
  const auto result =
      download({.url = "https://no-such-host.invalid/f", .to = target.file, .attempts = 1}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ExitCode::tool);
  CHECK_THAT(result.error().message, ContainsSubstring("not reached"));
  CHECK_THAT(result.error().message, ContainsSubstring("no-such-host.invalid"));
}

TEST_CASE("A full disk is told as such") {
  if (!std::filesystem::exists("/dev/full")) {
    SKIP("there is no /dev/full here");
  }
  const TestServer server([](const ServedRequest& r) { return file_reply(r, content, "\"1\""); });
  const Target target;
  std::filesystem::create_directories(target.file.parent_path());
  std::filesystem::create_symlink("/dev/full", target.file.string() + ".part");
  const auto result = download({.url = server.url("/f"), .to = target.file}, {});
  REQUIRE_FALSE(result);
  CHECK_THAT(result.error().message, ContainsSubstring("No space left"));
}

TEST_CASE("A stopped download ends at once and leaves its part for the next run") {
  std::stop_source stop;
  const TestServer server([](const ServedRequest&) {
    return Reply{.headers = {{"ETag", "\"1\""}}, .body = "part", .hold = true};
  });
  const Target target;
  const auto result = download({.url = server.url("/f"),
                                .to = target.file,
                                .on_progress = [&](auto, auto) { stop.request_stop(); }},
                               stop.get_token());
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ExitCode::interrupted);
  CHECK(read_file(target.file.string() + ".part").value() == "part");
}

}  // namespace dpctl
