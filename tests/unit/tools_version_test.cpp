// SPDX-License-Identifier: Apache-2.0
#include "tools/version.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

namespace dpctl {

TEST_CASE("A version is read with or without its v, and said without") {
  CHECK(to_string(parse_version("v1.34.4").value()) == "1.34.4");
  CHECK(to_string(parse_version(" 4.0.0-rc.1+g123\n").value()) == "4.0.0-rc.1");
  CHECK(to_string(parse_version("1.34").value()) == "1.34.0");
}

TEST_CASE("What is not a version is not taken for one") {
  for (const auto* text : {"", "v", "1", "1.2.3.4", "1.x.3", "-1.2.3", "latest", "1..2"}) {
    INFO(text);
    CHECK_FALSE(parse_version(text));
  }
}

TEST_CASE("Versions are ordered as semver.org orders them") {
  const std::vector<std::string> rising{"0.9.9",      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta",
                                        "1.0.0-rc.2", "1.0.0-rc.11", "1.0.0",         "1.0.10",
                                        "1.2.0",      "1.10.0",      "2.0.0"};
  for (std::size_t i = 1; i < rising.size(); ++i) {
    INFO(rising[i - 1] << " < " << rising[i]);
    CHECK(parse_version(rising[i - 1]).value() < parse_version(rising[i]).value());
  }
  CHECK(parse_version("1.0.0+a").value() == parse_version("1.0.0+b").value());
}

TEST_CASE("A range has its lower end and not its upper one, nor a pre-release of that") {
  const VersionRange range{.min = {1, 30, 0}, .below = {2, 0, 0}};
  CHECK(range.contains({1, 30, 0}));
  CHECK(range.contains({1, 99, 9}));
  CHECK(range.too_old({1, 29, 9}));
  CHECK(range.too_old({1, 30, 0, "rc.1"}));
  CHECK(range.too_new({2, 0, 0}));
  CHECK(range.too_new({2, 0, 0, "alpha.1"}));
  CHECK(to_string(range) == ">=1.30.0 <2.0.0");
}

}  // namespace dpctl
