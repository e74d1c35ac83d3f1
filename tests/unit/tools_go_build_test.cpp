// SPDX-License-Identifier: Apache-2.0
#include "tools/go_build.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <string>
#include <vector>

#include "support/sample_tools.hpp"
#include "support/tool_host.hpp"

namespace dpctl {
namespace {

using Catch::Matchers::ContainsSubstring;
using test::sample_tools;
using test::says;
using test::ToolMachine;

/// A machine whose `go` writes what it is asked to build.
void give_go(ToolMachine& machine, const std::filesystem::path& their_go_mod = {}) {
  machine.program(machine.bin() / "go");
  machine.on_command = [&machine,
                        their_go_mod](const Command& command) -> std::optional<Result<Finished>> {
    const auto& argv = command.argv;
    if (!argv.front().ends_with("/go")) {
      return std::nullopt;
    }
    if (argv.at(1) == "install") {
      machine.program(std::filesystem::path(command.env.at("GOBIN")) / "spade");
    }
    const auto output = std::find(argv.begin(), argv.end(), "-o");
    if (output != argv.end()) {
      machine.program(*(output + 1));
    }
    return says(argv.at(1) == "mod" && argv.at(2) == "download"
                    ? R"({"GoMod": ")" + their_go_mod.string() + "\"}"
                    : "");
  };
}

}  // namespace

TEST_CASE("A plain module is installed at its version, with its variables set by the linker") {
  ToolMachine machine;
  give_go(machine);
  const auto folder = TempFolder::create().value();
  const auto tools = sample_tools();
  const KnownTool* spade = tools.find("spade").value();
  REQUIRE(build_with_go({{spade}}, machine.host(), folder.path(), {}, {}));
  const auto& command = machine.commands.at(0);
  CHECK(std::vector(command.argv.begin() + 1, command.argv.end()) ==
        std::vector<std::string>{"install", "-trimpath", "-ldflags=-s -w -X main.v=1.2.3",
                                 "example.test/spade/cmd/spade@v1.2.3"});
  CHECK(command.env.at("CGO_ENABLED") == "0");
  CHECK(std::filesystem::exists(folder.path() / "spade"));
}

TEST_CASE("Tools of one module are built from one module of our own") {
  ToolMachine machine;
  const auto theirs = machine.program(machine.cache() / "their.mod", "module x\n\ngo 1.24.0\n");
  give_go(machine, theirs);
  const auto folder = TempFolder::create().value();
  const auto tools = sample_tools();
  const std::vector<const KnownTool*> beds{tools.find("seed").value(), tools.find("weed").value()};
  REQUIRE(build_with_go(beds, machine.host(), folder.path(), {}, {}));
  CHECK(std::filesystem::exists(folder.path() / "seed"));
  CHECK(std::filesystem::exists(folder.path() / "weed"));
  const auto go_mod = read_file(folder.path() / "module/go.mod").value();
  CHECK_THAT(go_mod, ContainsSubstring("require example.test/beds v1.2.3\n"));
  const auto imports = read_file(folder.path() / "module/tools.go").value();
  CHECK_THAT(imports, ContainsSubstring("_ \"example.test/beds/seed\""));
  CHECK_THAT(imports, ContainsSubstring("_ \"example.test/beds/weed\""));
  CHECK(machine.commands.size() == 4);  // download, tidy, two builds
}

TEST_CASE("A module's replacements are taken over, staging folders as their published versions") {
  const auto text = requiring_go_mod(R"(module k8s.io/kubernetes

go 1.24.0

require example.test/a v1.0.0

replace (
	k8s.io/api => ./staging/src/k8s.io/api
	example.test/old v1.0.0 => example.test/new v1.1.0 // pinned
	example.test/sibling => ../sibling
)
replace golang.org/x/tools => golang.org/x/tools v0.39.0
)",
                                     "k8s.io/kubernetes", {1, 34, 4});
  CHECK(text == R"(module dpctl.invalid/build

go 1.24.0

require k8s.io/kubernetes v1.34.4

replace k8s.io/api => k8s.io/api v0.34.4
replace example.test/old v1.0.0 => example.test/new v1.1.0
replace golang.org/x/tools => golang.org/x/tools v0.39.0
)");
}

TEST_CASE("Without go, or with a build that fails, the failure says so") {
  ToolMachine machine;
  const auto folder = TempFolder::create().value();
  const auto tools = sample_tools();
  const KnownTool* spade = tools.find("spade").value();
  SECTION("no go") {
    const auto result = build_with_go({{spade}}, machine.host(), folder.path(), {}, {});
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ExitCode::tool);
    CHECK_THAT(result.error().message, ContainsSubstring("no go on PATH"));
  }
  SECTION("a failed build") {
    machine.program(machine.bin() / "go");
    machine.answers["go"] = says("module not found", 1);
    const auto result = build_with_go({{spade}}, machine.host(), folder.path(), {}, {});
    REQUIRE_FALSE(result);
    CHECK_THAT(result.error().command, ContainsSubstring("example.test/spade/cmd/spade@v1.2.3"));
    CHECK_THAT(result.error().output_tail, ContainsSubstring("module not found"));
  }
}

}  // namespace dpctl
