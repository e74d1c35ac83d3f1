// SPDX-License-Identifier: Apache-2.0
#include "tools/install.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "support/sample_tools.hpp"
#include "support/tool_host.hpp"

namespace dpctl {
namespace {

using Catch::Matchers::ContainsSubstring;
using test::sample_tools;
using test::says;
using test::spade_file;
using test::spade_url;
using test::ToolMachine;

struct Installing {
  ToolMachine machine;
  ToolCatalogue tools = sample_tools();
  std::string notes;
  std::stop_source stop;

  Installing() {
    for (const auto* name : {"spade", "rake", "hose", "seed", "weed"}) {
      machine.answers[name] = says("v1.2.3");
    }
  }

  Result<std::vector<InstalledTool>> run(const std::vector<std::string>& names,
                                         InstallFrom from = InstallFrom::automatic) {
    std::vector<const KnownTool*> wanted;
    for (const auto& name : names) {
      wanted.push_back(tools.find(name).value());
    }
    const InstallOptions options{
        .from = from, .note = [this](std::string_view line) { notes += std::string(line) + "\n"; }};
    return install_tools(wanted, machine.host(), options, stop.get_token());
  }

  /// A `go` that builds whatever it is asked to.
  void give_go() {
    const auto their_mod = machine.program(machine.cache() / "their.mod", "go 1.24.0\n");
    machine.program(machine.bin() / "go");
    machine.on_command = [this,
                          their_mod](const Command& command) -> std::optional<Result<Finished>> {
      const auto& argv = command.argv;
      if (!argv.front().ends_with("/go")) {
        return std::nullopt;
      }
      const auto output = std::find(argv.begin(), argv.end(), "-o");
      if (argv.at(1) == "install") {
        machine.program(std::filesystem::path(command.env.at("GOBIN")) / "spade");
      } else if (output != argv.end()) {
        machine.program(*(output + 1));
      }
      return says(R"({"GoMod": ")" + their_mod.string() + "\"}");
    };
  }

  std::size_t go_calls(const std::string& verb) const {
    return static_cast<std::size_t>(std::count_if(
        machine.commands.begin(), machine.commands.end(), [&](const Command& command) {
          return command.argv.front().ends_with("/go") && command.argv.at(1) == verb;
        }));
  }

  /// What lies in the cache's folder, one level deep.
  std::string left() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(machine.cache())) {
      names.push_back(entry.path().filename());
    }
    std::sort(names.begin(), names.end());
    std::string text;
    for (const auto& name : names) {
      text += name + " ";
    }
    return text;
  }
};

}  // namespace

TEST_CASE("A release is installed under its name and version, and only once") {
  Installing installing;
  installing.machine.files[spade_url] = spade_file;
  const auto installed = installing.run({"spade"});
  REQUIRE(installed);
  const auto path = installing.machine.cache() / "spade/1.2.3/spade";
  CHECK(installed->at(0).path == path);
  CHECK(read_file(path).value() == spade_file);
  CHECK_THAT(installing.notes, ContainsSubstring("spade 1.2.3: released; SHA-256 as pinned"));
  CHECK(installing.left() == "lock spade ");
  const auto again = installing.run({"spade"});
  CHECK(again->at(0).how == "there already");
  CHECK(installing.machine.fetched.size() == 1);
}

TEST_CASE("Where the release cannot be reached and go is there, it is built, and that is said") {
  Installing installing;
  installing.give_go();
  const auto installed = installing.run({"spade"});
  REQUIRE(installed);
  CHECK(installed->at(0).how == "built by go");
  CHECK_THAT(installing.notes, ContainsSubstring("not reached"));
  CHECK_THAT(installing.notes, ContainsSubstring("building with go"));
}

TEST_CASE("Without go, a release that cannot be reached is the failure") {
  Installing installing;
  const auto result = installing.run({"spade"});
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ExitCode::tool);
  CHECK_THAT(result.error().message, ContainsSubstring("not reached"));
}

TEST_CASE("A host that could not be reached is not tried for the next tool") {
  Installing installing;
  installing.give_go();
  REQUIRE(installing.run({"spade", "rake", "hose"}));
  CHECK(installing.machine.fetched == std::vector<std::string>{spade_url});
}

TEST_CASE("A wrong digest is never mended by a build") {
  Installing installing;
  installing.give_go();
  installing.machine.files[spade_url] = "forged";
  const auto result = installing.run({"spade"});
  REQUIRE_FALSE(result);
  CHECK_THAT(result.error().message, ContainsSubstring("SHA-256"));
  CHECK(installing.go_calls("install") == 0);
  CHECK_FALSE(std::filesystem::exists(installing.machine.cache() / "spade"));
}

TEST_CASE("Asked for a release, nothing is built; asked for go, nothing is fetched") {
  Installing installing;
  installing.give_go();
  CHECK_FALSE(installing.run({"spade"}, InstallFrom::release));
  CHECK(installing.go_calls("install") == 0);
  installing.machine.fetched.clear();
  CHECK(installing.run({"spade"}, InstallFrom::go));
  CHECK(installing.machine.fetched.empty());
}

TEST_CASE("Tools of one build are built together") {
  Installing installing;
  installing.give_go();
  const auto installed = installing.run({"seed", "weed"});
  REQUIRE(installed);
  CHECK(installed->at(0).how == "built by go");
  CHECK(installed->at(1).how == "built by go");
  CHECK(installing.go_calls("mod") == 2);  // one download, one tidy
  CHECK(installing.go_calls("build") == 2);
}

TEST_CASE("What says another version than it should is not installed") {
  Installing installing;
  installing.machine.files[spade_url] = spade_file;
  installing.machine.answers["spade"] = says("v1.2.4");
  const auto result = installing.run({"spade"});
  REQUIRE_FALSE(result);
  CHECK_THAT(result.error().message, ContainsSubstring("says that it is 1.2.4"));
  CHECK(installing.left() == "lock ");
}

TEST_CASE("What was installed stays where a later tool fails") {
  Installing installing;
  installing.machine.files[spade_url] = spade_file;
  CHECK_FALSE(installing.run({"spade", "rake"}));
  CHECK(std::filesystem::exists(installing.machine.cache() / "spade/1.2.3/spade"));
}

TEST_CASE("What a killed run left behind is cleared away") {
  Installing installing;
  installing.machine.files[spade_url] = spade_file;
  installing.machine.program(installing.machine.cache() / "unfinished/spade/spade.part");
  REQUIRE(installing.run({"spade"}));
  CHECK(installing.left() == "lock spade ");
}

TEST_CASE("Another run that installs is waited for, until a stop") {
  Installing installing;
  std::filesystem::create_directories(installing.machine.cache());
  const auto lock = FileLock::acquire(installing.machine.cache() / "lock", "process 4711").value();
  std::latch waiting(1);
  std::jthread stopper([&] {
    waiting.wait();
    installing.stop.request_stop();
  });
  const KnownTool* spade = installing.tools.find("spade").value();
  std::string notes;
  const InstallOptions options{.note = [&](std::string_view line) {
    notes += line;
    waiting.count_down();
  }};
  const auto result =
      install_tools({{spade}}, installing.machine.host(), options, installing.stop.get_token());
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ExitCode::interrupted);
  CHECK_THAT(notes, ContainsSubstring("process 4711"));
}

}  // namespace dpctl
