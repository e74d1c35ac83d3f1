// SPDX-License-Identifier: Apache-2.0
#include "profile/dotenv.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

using Variables = std::map<std::string, std::string>;

TEST_CASE("names, values, quotes, comments and export") {
  const auto variables = dpctl::parse_dotenv(
      "# comment\n\nA=1\nexport B = two words  # comment\nC='single $x # kept'\nD=\"a\\nb "
      "\\\"q\\\" \\$x\" # c\nE=\nF=a#b\n"
      "G=${A}\r\nH=x=y\n_i2=''\n",
      ".env");
  REQUIRE(variables);
  CHECK(*variables == Variables{{"A", "1"},
                                {"B", "two words"},
                                {"C", "single $x # kept"},
                                {"D", "a\nb \"q\" $x"},
                                {"E", ""},
                                {"F", "a#b"},
                                {"G", "${A}"},
                                {"H", "x=y"},
                                {"_i2", ""}});
}

TEST_CASE("a later line wins, and a byte order mark is no part of a name") {
  CHECK(*dpctl::parse_dotenv("\xEF\xBB\xBF"
                             "A=1\nA=2",
                             ".env") == Variables{{"A", "2"}});
}

TEST_CASE("lines that are no assignment are refused with their place") {
  const char* line = GENERATE("A", "1A=x", "A B=x", "=x", "A=\"x", "A='x'y", "A-B=1");
  const auto variables = dpctl::parse_dotenv(std::string("OK=1\n") + line + "\n", "x/.env");
  INFO(line);
  REQUIRE_FALSE(variables);
  CHECK(dpctl::to_string(*variables.error().where) == "x/.env:2");
}
