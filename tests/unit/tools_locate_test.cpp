// SPDX-License-Identifier: Apache-2.0
#include "tools/locate.hpp"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "support/sample_tools.hpp"
#include "support/tool_host.hpp"
#include "tools/tool_list.hpp"

namespace dpctl {
namespace {

using Catch::Matchers::ContainsSubstring;
using test::sample_tools;
using test::says;
using test::ToolMachine;

}  // namespace

TEST_CASE("A tool on PATH that is good enough is used as it is") {
  ToolMachine machine;
  const auto path = machine.program(machine.bin() / "spade");
  machine.program(machine.cache() / "spade/1.2.3/spade");
  machine.answers["spade"] = says("spade v1.0.0");
  ToolBox tools(sample_tools(), machine.host());
  CHECK(tools.require("spade", {}).value() == path);
}

TEST_CASE("Where PATH has no good one, the installed one is used") {
  ToolMachine machine;
  const auto own = machine.program(machine.cache() / "spade/1.2.3/spade");
  ToolBox tools(sample_tools(), machine.host());
  SECTION("none on PATH") { machine.answers["spade"] = says("v1.2.3"); }
  SECTION("one that is too old") {
    const auto old = machine.program(machine.bin() / "spade");
    machine.on_command = [old](const Command& command) -> std::optional<Result<Finished>> {
      return says(command.argv.front() == old ? "v0.9.0" : "v1.2.3");
    };
  }
  CHECK(tools.require("spade", {}).value() == own);
}

TEST_CASE("What cannot be used is refused with the tool, its version and what to do") {
  ToolMachine machine;
  ToolBox tools(sample_tools(), machine.host());
  std::string wanted;
  SECTION("missing") { wanted = "spade is not on PATH"; }
  SECTION("too old") {
    machine.program(machine.bin() / "spade");
    machine.answers["spade"] = says("v0.9.0");
    wanted = "spade 0.9.0 (" + (machine.bin() / "spade").string() + ") is too old";
  }
  SECTION("too new") {
    machine.program(machine.bin() / "spade");
    machine.answers["spade"] = says("v2.0.0");
    wanted = "is too new";
  }
  SECTION("known to be broken") {
    machine.program(machine.bin() / "spade");
    machine.answers["spade"] = says("v1.1.0");
    wanted = "is known to be broken: its handle breaks (garden#7)";
  }
  SECTION("silent") {
    machine.program(machine.bin() / "spade");
    machine.answers["spade"] = says("what?", 1);
    wanted = "does not tell its version";
  }
  const auto result = tools.require("spade", {});
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ExitCode::tool);
  CHECK_THAT(result.error().message, ContainsSubstring(wanted));
  CHECK_THAT(result.error().hint, ContainsSubstring("dpctl tools install spade"));
  CHECK_THAT(result.error().hint, ContainsSubstring(">=1.0.0 <2.0.0"));
}

TEST_CASE("A version is asked once per run, by however many threads") {
  ToolMachine machine;
  machine.program(machine.bin() / "spade", "#!/bin/sh");
  machine.answers["spade"] = says("v1.2.3");
  ToolBox tools(sample_tools(), machine.host());
  std::atomic<int> found = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] { found += tools.require("spade", {}) ? 1 : 0; });
    }
  }
  CHECK(found == 8);
  CHECK(machine.commands.size() == 1);
}

TEST_CASE("A later run asks a binary again only when it changed") {
  ToolMachine machine;
  const auto path = machine.program(machine.bin() / "spade");
  machine.answers["spade"] = says("v1.2.3");
  CHECK(ToolBox(sample_tools(), machine.host()).require("spade", {}));
  CHECK(ToolBox(sample_tools(), machine.host()).require("spade", {}));
  CHECK(machine.commands.size() == 1);
  machine.program(path, "ELF, another one");
  machine.answers["spade"] = says("v0.1.0");
  CHECK_FALSE(ToolBox(sample_tools(), machine.host()).require("spade", {}));
  CHECK(machine.commands.size() == 2);
}

TEST_CASE("The version of a script, or of a version manager's link, is asked in every run") {
  ToolMachine machine;
  machine.answers["spade"] = says("v1.2.3");
  SECTION("script") { machine.program(machine.bin() / "spade", "#!/bin/sh\n"); }
  SECTION("link") {
    const auto manager = machine.program(machine.bin() / "toolmanager");
    std::filesystem::create_symlink(manager, machine.bin() / "spade");
  }
  CHECK(ToolBox(sample_tools(), machine.host()).require("spade", {}));
  CHECK(ToolBox(sample_tools(), machine.host()).require("spade", {}));
  CHECK(machine.commands.size() == 2);
}

TEST_CASE("A damaged cache of versions costs one question and nothing else") {
  ToolMachine machine;
  machine.program(machine.bin() / "spade");
  machine.program(machine.cache() / "versions.json", "{ torn");
  machine.answers["spade"] = says("v1.2.3");
  CHECK(ToolBox(sample_tools(), machine.host()).require("spade", {}));
  CHECK(ToolBox(sample_tools(), machine.host()).require("spade", {}));
  CHECK(machine.commands.size() == 1);
}

TEST_CASE("A stop while a version is asked is a stop, not a broken tool") {
  ToolMachine machine;
  machine.program(machine.bin() / "spade");
  std::stop_source stop;
  machine.on_command = [&](const Command&) -> std::optional<Result<Finished>> {
    stop.request_stop();
    return Result<Finished>(fail(ExitCode::interrupted, "interrupted"));
  };
  ToolBox tools(sample_tools(), machine.host());
  const auto result = tools.require("spade", stop.get_token());
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ExitCode::interrupted);
}

TEST_CASE("The listing tells for each tool what is wanted, what is there and what vouches for it") {
  ToolMachine machine;
  machine.program(machine.bin() / "spade");
  machine.answers["spade"] = says("v1.1.0");
  ToolBox tools(sample_tools(), machine.host());
  const auto listing = tool_listing(tools, {}).value();
  REQUIRE(listing.size() == 5);
  CHECK(listing[0]["name"] == "spade");
  CHECK(listing[0]["wanted"] == "1.2.3");
  CHECK(listing[0]["state"] == "known to be broken");
  CHECK(listing[0]["reason"] == "its handle breaks (garden#7)");
  CHECK(listing[0]["verifiedBy"]["linux-amd64"] == "pinned");
  CHECK(listing[1]["state"] == "missing");
  CHECK(listing[1]["where"] == "");
  CHECK(listing[1]["verifiedBy"]["linux-amd64"] == "publisher");
  CHECK(listing[2]["verifiedBy"]["linux-amd64"] == "nothing");
}

}  // namespace dpctl
