// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch_test_macros.hpp>
#include <filesystem>

#include "jsone/jsone.hpp"
#include "support/yaml_spec.hpp"

using yaml_spec::Json;

namespace {

const jsone::Options at_test_time{.now = "2017-01-19T16:27:20.974Z"};

void check_case(const Json& test) {
  CAPTURE(test.at("title").get<std::string>(), test.at("template").dump());
  const auto outcome = jsone::render(test.at("template"), test.at("context"), at_test_time);
  if (!test.contains("error")) {
    REQUIRE(outcome.has_value());
    CHECK(outcome->value_or(nullptr) == test.at("result"));
    return;
  }
  REQUIRE_FALSE(outcome.has_value());
  if (test.at("error").is_string()) {
    CHECK(jsone::to_string(outcome.error()) == test.at("error").get<std::string>());
  }
}

}  // namespace

TEST_CASE("every case of the language's own specification holds, messages included") {
  const auto file = yaml_spec::test_data() / "json-e" / "specification.yml";
  if (!std::filesystem::exists(file)) {
    SKIP("no " + file.string());
  }
  int ran = 0;
  for (const Json& document : yaml_spec::read_documents(file)) {
    if (document.is_object() && document.contains("title")) {
      check_case(document);
      ++ran;
    }
  }
  CHECK(ran > 1000);
}
