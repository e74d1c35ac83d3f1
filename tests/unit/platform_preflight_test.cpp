// SPDX-License-Identifier: Apache-2.0
#include "platform/preflight.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace dpctl;
using Catch::Matchers::ContainsSubstring;

TEST_CASE("a machine with enough of everything has no findings") {
  const MachineFacts facts{.docker_memory = 16'000'000'000,
                           .disk_free = 50'000'000'000,
                           .inotify_instances = 512,
                           .inotify_watches = 524'288};
  const auto findings = judge_machine(facts, {.nodes = 6});
  CHECK(findings.errors.empty());
  CHECK(findings.warnings.empty());
  CHECK_FALSE(unfit_machine(findings).has_value());
}

TEST_CASE("too little memory is an error that says how much, and what to do") {
  const auto error = unfit_machine(judge_machine({.docker_memory = 2'000'000'000}, {.nodes = 6}));
  REQUIRE(error.has_value());
  CHECK(error->code == ExitCode::unfit);
  CHECK_THAT(error->message, ContainsSubstring("docker has 2.0 GB of memory") &&
                                 ContainsSubstring("3.6 GB") && ContainsSubstring("kind-small"));
}

TEST_CASE("a full disk and a taken port are both told") {
  const auto findings = judge_machine(
      {.docker_memory = 16'000'000'000, .disk_free = 1'000'000'000, .busy_ports = {8080}},
      {.nodes = 1});
  REQUIRE(findings.errors.size() == 2);
  CHECK_THAT(findings.errors[0], ContainsSubstring("only 1.0 GB are free"));
  CHECK_THAT(findings.errors[1], ContainsSubstring("port 8080 of this machine is taken"));
}

TEST_CASE("low inotify limits are warned of where there are several nodes") {
  const MachineFacts facts{.inotify_instances = 128, .inotify_watches = 8192};
  CHECK(judge_machine(facts, {.nodes = 1}).warnings.empty());
  CHECK(judge_machine(facts, {.nodes = 6}).warnings.size() == 2);
}

TEST_CASE("what could not be found out is not judged") {
  CHECK(judge_machine({}, {.nodes = 6}).errors.empty());
}
