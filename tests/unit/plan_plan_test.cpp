// SPDX-License-Identifier: Apache-2.0
#include "plan/plan.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "support/text_plan.hpp"

using namespace dpctl;
using test::steps_from;

namespace {

std::string order_of(const Plan& plan) {
  std::string text;
  for (const auto& step : plan.steps) {
    text += (text.empty() ? "" : " ") + step.id;
  }
  return text;
}

std::string error_of(std::string_view text) {
  const auto plan = make_plan(steps_from(text));
  REQUIRE_FALSE(plan.has_value());
  return plan.error().message;
}

}  // namespace

TEST_CASE("a plan keeps the given order where needs allow it") {
  const auto plan = make_plan(steps_from("a; b; c"));
  REQUIRE(plan.has_value());
  CHECK(order_of(*plan) == "a b c");
}

TEST_CASE("a plan puts needs first") {
  const auto plan = make_plan(steps_from("c: a b; b: a; a"));
  REQUIRE(plan.has_value());
  CHECK(order_of(*plan) == "a b c");
  CHECK(plan->needs[2] == std::vector<std::size_t>{0, 1});
  CHECK(plan->dependents[0] == std::vector<std::size_t>{1, 2});
}

TEST_CASE("a need named twice counts once") {
  const auto plan = make_plan(steps_from("a; b: a a"));
  REQUIRE(plan.has_value());
  CHECK(plan->needs[1].size() == 1);
}

TEST_CASE("a cycle is named as a path") {
  CHECK(error_of("x; a: c; b: a; c: b") == "these steps need one another: a → c → b → a");
  CHECK(error_of("a: a") == "these steps need one another: a → a");
}

TEST_CASE("an unknown need is named with the nearest step") {
  CHECK(error_of("spark/chart; b: spark/chrt") ==
        "'b' needs 'spark/chrt', which no step provides; did you mean 'spark/chart'?");
}

TEST_CASE("two steps of one id are refused") {
  CHECK(error_of("a; a") == "two steps are called 'a'");
}
