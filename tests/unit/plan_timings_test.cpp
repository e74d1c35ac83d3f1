// SPDX-License-Identifier: Apache-2.0
#include "plan/timings.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "plan/timings_page.hpp"
#include "support/sample_summary.hpp"
#include "util/files.hpp"

using namespace dpctl;
using namespace dpctl::test;
using namespace std::chrono_literals;

namespace {

Summary run() {
  return summary_of(Walk::setup,
                    {step_result("a", "cluster", done(), 0ms, 10'000ms),
                     step_result("b", "storage <s3>", done(), 10'000ms, 20'000ms),
                     step_result("c", "spark", Unchanged{}, 10'000ms, 5'000ms),
                     step_result("d", "airflow", helm_failure(), 30'000ms, 10'000ms)},
                    40'000ms);
}

const StepNeeds needs{{"d", {"c", "b"}}, {"c", {"a"}}, {"b", {"a"}}};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the critical path goes back through the need that ended last") {
  CHECK(critical_path(run(), needs) == std::vector<std::string>{"a", "b", "d"});
}

TEST_CASE("without needs, or without steps, there is no critical path") {
  CHECK(critical_path(run(), {}).empty());
  CHECK(critical_path(summary_of(Walk::setup, {}), needs).empty());
}

TEST_CASE("a cycle of needs does not hang the critical path") {
  CHECK(critical_path(run(), {{"d", {"b"}}, {"b", {"d"}}}).size() == 4);
}

TEST_CASE("the needs of a plan are those of its steps") {
  Plan plan;
  plan.steps = {named_step("a", "a"), named_step("b", "b")};
  plan.steps[1].needs = {"a"};
  CHECK(needs_of(plan) == StepNeeds{{"a", {}}, {"b", {"a"}}});
}

TEST_CASE("the page has a bar per step in its outcome's colour, and fetches nothing") {
  const auto page = timings_html(run(), needs);
  CHECK(contains(page, "class=\"changed path\""));
  CHECK(contains(page, "class=\"unchanged\" x="));
  CHECK(contains(page, "class=\"failed path\""));
  CHECK(contains(page, "the longest chain of needs: 3 steps, 40.0 s of 40.0 s"));
  CHECK(contains(page, "4 steps in 40.0 s; one after the other they would have taken 45.0 s."));
  CHECK(contains(page, "prefers-color-scheme: dark"));
  CHECK_FALSE(contains(page, "<script"));
  CHECK_FALSE(contains(page, "http"));
}

TEST_CASE("titles and errors cannot become markup") {
  const auto page = timings_html(run());
  CHECK(contains(page, "storage &lt;s3&gt;"));
  CHECK_FALSE(contains(page, "<s3>"));
  CHECK(html_escaped("a&b\"c'") == "a&amp;b&quot;c'");
}

TEST_CASE("a run without steps still makes a page") {
  CHECK(contains(timings_html(summary_of(Walk::clean, {}, 0ms)), "0 steps in 0 ms"));
}

TEST_CASE("the time axis stands on round numbers, about ten of them") {
  CHECK(axis_step(1ms) == 1ms);
  CHECK(axis_step(250ms) == 50ms);
  CHECK(axis_step(152'000ms) == 30'000ms);
  CHECK(axis_step(3'600'000ms) == 600'000ms);
  CHECK(axis_step(std::chrono::hours(100)) == std::chrono::hours(10));
}

TEST_CASE("the page is written to its file, and a file that cannot be is an error") {
  const auto folder = TempFolder::create();
  REQUIRE(folder);
  const auto path = folder->path() / "timings.html";
  REQUIRE(write_timings_html(run(), path, needs));
  CHECK(read_file(path).value() == timings_html(run(), needs));
  CHECK_FALSE(write_timings_html(run(), folder->path() / "missing" / "timings.html"));
}
