// SPDX-License-Identifier: Apache-2.0
#include "tools/catalogue.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>
#include <string>
#include <utility>

#include "util/files.hpp"

namespace dpctl {
namespace {

using Catch::Matchers::ContainsSubstring;

std::string text_with(const std::string& change = "", const std::string& to = "") {
  std::string text = R"(apiVersion: dpctl.dev/v1
kind: ToolCatalogue
providers: {kind: [spade]}
tools:
- name: spade
  purpose: digs
  version: 1.2.3
  accepted: {min: 1.0.0, below: 2.0.0}
  broken: [{version: 1.1.0, reason: its handle breaks (garden#7)}]
  question: {arguments: [--version], pattern: 'v([0-9.]+)'}
  release:
    url: https://example.test/v{version}/spade-{Os}-{arch}.tar.gz
    member: '{os}-{arch}/spade'
    checksums: '{folder}/sums-{major}.{minor}'
    platforms:
      linux-amd64: {sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}
      darwin-arm64: {url: 'https://example.test/mac'}
  go: {module: example.test/spade, variables: ['example.test/spade.v=v{version}']}
)";
  if (!change.empty()) {
    text.replace(text.find(change), change.size(), to);
  }
  return text;
}

std::string shipped() {
  return read_file(std::filesystem::path(__FILE__).parent_path() / "../../templates/tools.yaml")
      .value();
}

}  // namespace

TEST_CASE("The catalogue's placeholders are filled in for each platform") {
  const auto catalogue = parse_tool_catalogue(text_with(), "tools.yaml").value();
  const auto& tool = *catalogue.find("spade").value();
  const auto& linux_release = tool.releases.at("linux-amd64");
  CHECK(linux_release.url == "https://example.test/v1.2.3/spade-Linux-amd64.tar.gz");
  CHECK(linux_release.member == "linux-amd64/spade");
  CHECK(linux_release.checksum_url == "https://example.test/v1.2.3/sums-1.2");
  CHECK(linux_release.sha256 == std::string(64, 'a'));
  CHECK(tool.releases.at("darwin-arm64").url == "https://example.test/mac");
  CHECK(tool.releases.at("darwin-arm64").sha256.empty());
  CHECK_FALSE(tool.releases.contains("linux-arm64"));
  CHECK(tool.go->package == "example.test/spade");
  CHECK(tool.go->variables.at(0) == "example.test/spade.v=v1.2.3");
  CHECK(tool.broken_as({1, 1, 0})->reason == "its handle breaks (garden#7)");
  CHECK(tool.broken_as({1, 1, 1}) == nullptr);
}

TEST_CASE("What is wrong in the catalogue is refused with its place") {
  const auto [change, to, message] =
      GENERATE(std::tuple{"purpose:", "porpose:", "unknown key 'porpose'; did you mean 'purpose'?"},
               std::tuple{"version: 1.2.3", "version: newest", "not a version: newest"},
               std::tuple{"version: 1.2.3", "version: 2.0.0", "not an accepted one"},
               std::tuple{"version: 1.2.3", "version: 1.1.0", "not an accepted one"},
               std::tuple{"{Os}", "{Oz}", "unknown placeholder"},
               std::tuple{"v([0-9.]+)", "v([0-9.+", "not a regular expression"},
               std::tuple{"v([0-9.]+)", "v[0-9.]+", "one group"},
               std::tuple{"linux-amd64: {", "plan9-amd64: {", "unknown platform"},
               std::tuple{"sha256: aaaa", "sha256: AAAA", "64 digits"},
               std::tuple{"https://example.test/mac", "http://example.test/mac", "https only"},
               std::tuple{"kind: [spade]", "kind: [shovel]", "no tool 'shovel'"},
               std::tuple{"name: spade", "name: []", "'name' must be a text"},
               std::tuple{"module: example.test/spade,", "", "'module' must be a text"});
  INFO(change << " -> " << to);
  const auto result = parse_tool_catalogue(text_with(change, to), "tools.yaml");
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ExitCode::invalid_input);
  CHECK_THAT(result.error().message, ContainsSubstring(message));
  REQUIRE(result.error().where);
  CHECK(result.error().where->file == "tools.yaml");
  CHECK(result.error().where->line > 0);
}

TEST_CASE("A slip in a tool's or a provider's name is answered with the right one") {
  const auto catalogue = parse_tool_catalogue(text_with(), "tools.yaml").value();
  const auto tool = catalogue.find("spad");
  REQUIRE_FALSE(tool);
  CHECK(tool.error().code == ExitCode::usage);
  CHECK_THAT(tool.error().message, ContainsSubstring("did you mean 'spade'?"));
  CHECK_FALSE(catalogue.tools_for("kinds"));
  CHECK(catalogue.tools_for("kind").value().size() == 1);
}

TEST_CASE("The catalogue that ships is whole: every tool, every provider, helm 4.2.1 refused") {
  const auto catalogue = parse_tool_catalogue(shipped(), "templates/tools.yaml").value();
  CHECK(catalogue.tools().size() == 12);
  for (const auto* provider : {"kind", "kwok", "eks", "existing"}) {
    CHECK_FALSE(catalogue.tools_for(provider).value().empty());
  }
  CHECK(catalogue.find("helm").value()->broken_as({4, 2, 1}) != nullptr);
  for (const auto* name : {"kind", "helm", "kwok", "kwokctl", "etcd", "kubectl", "kube-apiserver",
                           "kube-controller-manager", "kube-scheduler"}) {
    INFO(name);
    CHECK(catalogue.find(name).value()->go);
  }
}

TEST_CASE("Every pinned digest of the catalogue that ships names its source") {
  const auto catalogue = parse_tool_catalogue(shipped(), "templates/tools.yaml").value();
  for (const auto& tool : catalogue.tools()) {
    for (const auto& [platform, release] : tool.releases) {
      INFO(tool.name << " " << platform);
      CHECK((release.sha256.empty() || !tool.digests_from.empty()));
      CHECK(release.url.find(to_string(tool.version)) != std::string::npos);
    }
  }
}

TEST_CASE("The version questions understand what the tools say") {
  const auto catalogue = parse_tool_catalogue(shipped(), "templates/tools.yaml").value();
  const auto [name, said, version] = GENERATE(
      std::tuple{"kind", "kind v0.30.0 go1.26.8 linux/amd64\n", "0.30.0"},
      std::tuple{"kubectl", "{\n  \"clientVersion\": {\n    \"gitVersion\": \"v1.34.4\",\n",
                 "1.34.4"},
      std::tuple{"helm", "v4.3.1", "4.3.1"}, std::tuple{"helm", "v3.19.0\n", "3.19.0"},
      std::tuple{"kwokctl", "kwokctl version v0.8.0 go1.26.8 (linux/amd64)\n", "0.8.0"},
      std::tuple{"kwok", "kwok version v0.8.0 go1.26.8 (linux/amd64)\n", "0.8.0"},
      std::tuple{"etcd", "etcd Version: 3.6.8\nGit SHA: abc\n", "3.6.8"},
      std::tuple{"kube-apiserver", "Kubernetes v1.34.4\n", "1.34.4"},
      std::tuple{"eksctl", "0.230.0\n", "0.230.0"},
      std::tuple{"eksctl", "0.230.0-dev+abc.2026-08-21T00:00:00Z\n", "0.230.0-dev"},
      std::tuple{"stern", "version: 1.34.0\ncommit: abc\n", "1.34.0"},
      std::tuple{"k9s", "Version              v0.51.0\nCommit abc\n", "0.51.0"});
  INFO(name);
  std::smatch match;
  const std::string text = said;
  REQUIRE(std::regex_search(text, match, catalogue.find(name).value()->question.pattern));
  CHECK(to_string(parse_version(match[1].str()).value()) == version);
}

}  // namespace dpctl
