// SPDX-License-Identifier: Apache-2.0
#include "util/files.hpp"

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>

#include "util/json.hpp"

using namespace dpctl;

TEST_CASE("a written file has its content and mode, and nothing is left beside it") {
  const auto folder = TempFolder::create();
  REQUIRE(folder.has_value());
  const auto file = folder->path() / "values.yaml";
  REQUIRE(write_file(file, "old", 0600).has_value());
  REQUIRE(write_file(file, "new", 0600).has_value());
  CHECK(read_file(file).value_or("") == "new");
  CHECK(std::filesystem::status(file).permissions() == static_cast<std::filesystem::perms>(0600));
  CHECK(std::distance(std::filesystem::directory_iterator(folder->path()), {}) == 1);
}

TEST_CASE("a file that cannot be read says which and why") {
  const auto text = read_file("/no/such/file");
  REQUIRE_FALSE(text.has_value());
  CHECK(text.error().message == "cannot read /no/such/file: No such file or directory");
}

TEST_CASE(
    "a lock is refused to a second holder, who learns of the first, and is free again after it") {
  const auto folder = TempFolder::create();
  REQUIRE(folder.has_value());
  const auto file = folder->path() / "lock";
  {
    const auto held = FileLock::acquire(file, "pid 1, since noon");
    REQUIRE(held.has_value());
    const auto second = FileLock::acquire(file, "me");
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().code == ExitCode::refused);
    CHECK(second.error().message == "another run is at work: pid 1, since noon");
  }
  CHECK(FileLock::acquire(file, "me").has_value());
}

TEST_CASE("a temporary folder is private and goes with its owner") {
  std::filesystem::path path;
  {
    const auto folder = TempFolder::create();
    REQUIRE(folder.has_value());
    path = folder->path();
    struct stat info{};
    REQUIRE(stat(path.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777U) == 0700U);
    REQUIRE(write_file(path / "x", "y").has_value());
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("merging replaces scalars and lists, joins objects, and null removes") {
  Json base = {{"a", {{"x", 1}, {"y", 2}}}, {"l", {1, 2}}, {"gone", 1}};
  merge_into(base, {{"a", {{"y", 3}}}, {"l", {9}}, {"gone", nullptr}});
  CHECK(base == Json({{"a", {{"x", 1}, {"y", 3}}}, {"l", {9}}}));
}
