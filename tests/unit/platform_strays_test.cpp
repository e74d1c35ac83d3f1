// SPDX-License-Identifier: Apache-2.0
#include "platform/strays.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <filesystem>
#include <thread>

#include "util/files.hpp"
#include "util/process.hpp"

using namespace dpctl;

TEST_CASE("processes of a folder are found and ended, even when their program was deleted") {
  const auto folder = TempFolder::create();
  REQUIRE(folder.has_value());
  const auto sleep = find_on_path("sleep");
  REQUIRE(sleep.has_value());
  const auto copy = folder->path() / "bin-sleep";
  std::filesystem::copy_file(*sleep, copy);
  auto child = BackgroundProcess::start({.argv = {copy.string(), "60"}});
  REQUIRE(child.has_value());
  std::filesystem::remove(copy);
  CHECK(processes_below(folder->path()) == std::vector<pid_t>{child->pid()});
  CHECK(processes_below(folder->path() / "other").empty());
  end_processes_below(folder->path());
  for (int i = 0; i < 100 && !child->exited(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  CHECK(child->exited() == 137);
}
