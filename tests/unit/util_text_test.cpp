// SPDX-License-Identifier: Apache-2.0
#include "util/text.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

using namespace dpctl;

TEST_CASE("the nearest word is one slip of the hand away, or none is named") {
  const std::vector<std::string> words = {"executors", "driver", "image"};
  CHECK(nearest("executers", words) == "executors");
  CHECK(nearest("imgae", words) == "image");
  CHECK(nearest("zookeeper", words).empty());
  CHECK(did_you_mean("drivr", words) == "; did you mean 'driver'?");
}

TEST_CASE("durations read as people say them") {
  CHECK(duration_text(std::chrono::milliseconds(35)) == "35 ms");
  CHECK(duration_text(std::chrono::milliseconds(12'340)) == "12.3 s");
  CHECK(duration_text(std::chrono::milliseconds(245'000)) == "4 min 05 s");
}

TEST_CASE("a cut text counts columns, not bytes") {
  CHECK(elided("äöü", 3) == "äöü");
  CHECK(elided("äöüx", 3) == "äö…");
  CHECK(elided("abc", 0).empty());
}

TEST_CASE("lines lose their ends, whatever these are") {
  CHECK(lines_of("a\r\nb\n") == std::vector<std::string_view>{"a", "b"});
  CHECK(last_lines("1\n2\n3\n", 2) == "2\n3\n");
}

TEST_CASE("sizes come in decimal units") {
  CHECK(size_text(999) == "999 B");
  CHECK(size_text(1'500'000) == "1.5 MB");
}
