// SPDX-License-Identifier: Apache-2.0
#include "tools/release.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>
#include <string>

#include "support/sample_tools.hpp"
#include "support/tool_host.hpp"
#include "util/sha256.hpp"

namespace dpctl {
namespace {

using Catch::Matchers::ContainsSubstring;
using test::rake_url;
using test::sample_tools;
using test::says;
using test::spade_file;
using test::spade_url;
using test::ToolMachine;
using Cause = ReleaseFailure::Cause;

struct Fetching {
  ToolMachine machine;
  ToolCatalogue tools = sample_tools();
  TempFolder folder = TempFolder::create().value();

  auto run(const std::string& tool, const InstallOptions& options = {}) {
    return fetch_release(*tools.find(tool).value(), machine.host(), folder.path(), options, {});
  }
};

}  // namespace

TEST_CASE("A release with its pinned digest becomes an executable file") {
  Fetching fetching;
  fetching.machine.files[spade_url] = spade_file;
  const auto result = fetching.run("spade");
  REQUIRE(result);
  CHECK(read_file(result->file).value() == spade_file);
  CHECK((std::filesystem::status(result->file).permissions() &
         std::filesystem::perms::owner_exec) != std::filesystem::perms::none);
  CHECK(result->vouched_by == "SHA-256 as pinned");
}

TEST_CASE("Another content than the pinned one is refused, with both digests, and not kept") {
  Fetching fetching;
  fetching.machine.files[spade_url] = "another one";
  const auto result = fetching.run("spade", {.allow_unverified = true});
  REQUIRE_FALSE(result);
  CHECK(result.error().cause == Cause::unusable);
  CHECK_THAT(result.error().error.message, ContainsSubstring(sha256(spade_file)));
  CHECK_THAT(result.error().error.message, ContainsSubstring(sha256("another one")));
  CHECK(std::filesystem::is_empty(fetching.folder.path()));
}

TEST_CASE("Where none is pinned the publisher's digest is checked, and that is said") {
  Fetching fetching;
  fetching.machine.files[rake_url] = "rake";
  SECTION("right") {
    fetching.machine.files[rake_url + ".sums"] = sha256("rake") + "  rake\n";
    const auto result = fetching.run("rake");
    REQUIRE(result);
    CHECK_THAT(result->vouched_by, ContainsSubstring("none is pinned"));
  }
  SECTION("wrong") {
    fetching.machine.files[rake_url + ".sums"] = sha256("x") + "  rake\n";
    CHECK(fetching.run("rake").error().cause == Cause::unusable);
  }
  SECTION("the file names others only") {
    fetching.machine.files[rake_url + ".sums"] = sha256("rake") + "  broom\n";
    CHECK_FALSE(fetching.run("rake"));
  }
}

TEST_CASE("What nothing vouches for is fetched only when that is allowed") {
  Fetching fetching;
  fetching.machine.files["https://example.test/hose"] = "hose";
  const auto refused = fetching.run("hose");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().cause == Cause::none_there);
  CHECK_THAT(refused.error().error.hint, ContainsSubstring("--allow-unverified"));
  CHECK(fetching.machine.fetched.empty());
  const auto allowed = fetching.run("hose", {.allow_unverified = true});
  REQUIRE(allowed);
  CHECK_THAT(allowed->vouched_by, ContainsSubstring("checked by nothing"));
}

TEST_CASE("A host out of reach and a platform without a release leave another way open") {
  Fetching fetching;
  CHECK(fetching.run("spade").error().cause == Cause::not_fetched);
  CHECK(fetching.run("seed").error().cause == Cause::none_there);
}

TEST_CASE("The tool is taken out of an archive") {
  const auto catalogue = parse_tool_catalogue(R"(kind: ToolCatalogue
providers: {}
tools:
- name: mower
  purpose: mows
  version: 1.0.0
  accepted: {min: 1.0.0, below: 2.0.0}
  question: {arguments: [], pattern: (.*)}
  release:
    url: https://example.test/mower.tar.gz
    member: '{os}/mower'
    checksums: '{url}.sha256'
    platforms: {linux-amd64: {}}
)",
                                              "mower.yaml")
                             .value();
  const auto folder = TempFolder::create().value();
  ToolMachine machine;
  Processes processes;
  machine.on_command = [&](const Command& command) {
    return std::optional(processes.run(command, {}));
  };
  machine.program(folder.path() / "linux/mower", "#!/bin/sh\n");
  const Command tar{.argv = {"tar", "-czf", (folder.path() / "packed").string(), "-C",
                             folder.path().string(), "linux/mower"}};
  REQUIRE(run_ok(processes.exec(), tar, {}));
  std::filesystem::remove_all(folder.path() / "linux");
  const auto packed = read_file(folder.path() / "packed").value();
  machine.files["https://example.test/mower.tar.gz"] = packed;
  machine.files["https://example.test/mower.tar.gz.sha256"] = sha256(packed);
  const auto result =
      fetch_release(*catalogue.find("mower").value(), machine.host(), folder.path(), {}, {});
  REQUIRE(result);
  CHECK(read_file(result->file).value() == "#!/bin/sh\n");
}

TEST_CASE("Checksum files of every publisher are understood") {
  const std::string digest(64, 'b');
  CHECK(digest_in(digest, "kubectl") == digest);
  CHECK(digest_in(digest + "\n", "kubectl") == digest);
  CHECK(digest_in(std::string(64, 'B') + "  kind-linux-amd64\n", "kind-linux-amd64") == digest);
  CHECK(digest_in(std::string(64, 'c') + "  a\n" + digest + " *b\n", "b") == digest);
  CHECK(digest_in(digest + "  ./dist/b\n", "b") == digest);
  CHECK(digest_in("<html>not found</html>", "b").empty());
  CHECK(digest_in(std::string(128, 'b') + "  b\n", "b").empty());
}

}  // namespace dpctl
