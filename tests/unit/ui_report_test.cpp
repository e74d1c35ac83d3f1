// SPDX-License-Identifier: Apache-2.0
#include "ui/report.hpp"

#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <string>
#include <vector>

#include "support/sample_summary.hpp"
#include "ui/step_text.hpp"

using namespace dpctl;
using namespace dpctl::test;
using namespace std::chrono_literals;

namespace {

std::vector<std::string> texts(const std::vector<StyledLine>& lines) {
  std::vector<std::string> texts;
  for (const auto& line : lines) {
    texts.push_back(plain_text(line));
  }
  return texts;
}

}  // namespace

TEST_CASE("a plan says per step what would be done and why, and sums it up") {
  const auto report = plan_report(summary_of(
      Walk::plan,
      {step_result("a", "spark: chart", checked(Condition::absent)),
       step_result("b", "spark: objects",
                   checked(Condition::differs, {"spec.replicas 1 → 3", "spec.x a → b"})),
       step_result("c", "access", checked(Condition::present)),
       step_result("d", "airflow", checked(Condition::unknown, {"until CRD x is there"})),
       step_result("e", "storage", checked(Condition::not_ready, {"0 of 1 available"})),
       step_result("f", "lineage", helm_failure()), step_result("g", "ui", Skipped{"f"})}));
  CHECK(texts(report) ==
        std::vector<std::string>{
            "+ spark: chart    absent",
            "~ spark: objects  differs: spec.replicas 1 → 3",
            "                  spec.x a → b",
            "= access          unchanged",
            "? airflow         unknown until CRD x is there",
            "! storage         not ready: 0 of 1 available",
            "✖ lineage         failed: helm upgrade failed (exit 1)",
            "- ui              not checked: f failed",
            "Plan: 1 to create, 1 to change, 1 unchanged, 1 not ready, 1 unknown, 1 failed, 1 not "
            "checked.",
        });
}

TEST_CASE("a plan with nothing to do says so in its count") {
  const auto report = plan_report(summary_of(Walk::plan, {step_result("a", "a", Unchanged{})}));
  CHECK(texts(report).back() == "Plan: 0 to create, 0 to change, 1 unchanged.");
}

TEST_CASE("a title that is too long pushes its reason aside and nobody else's") {
  const std::string title(70, 't');
  const auto report =
      plan_report(summary_of(Walk::plan, {step_result("a", title, checked(Condition::absent)),
                                          step_result("b", "b", checked(Condition::absent))}));
  CHECK(texts(report).at(0) == "+ " + title + "  absent");
  CHECK(texts(report).at(1) == "+ b" + std::string(61, ' ') + "absent");
}

TEST_CASE("the sum of a run counts only what there was, and names what ended it") {
  auto summary = summary_of(Walk::setup,
                            {step_result("a", "a", done()), step_result("b", "b", Interrupted{})});
  summary.signal = SIGINT;
  CHECK(plain_text(run_line(summary, 5)) ==
        "kind: SIGINT: 5 steps: 1 changed, 0 unchanged, 1 interrupted, 3 not started in 41.0 s");
  CHECK(plain_text(run_line(summary_of(Walk::clean, {step_result("a", "a", done())}), 1)) ==
        "kind: 1 steps: 1 removed, 0 unchanged in 41.0 s");
}

TEST_CASE("a failure names its step once, whoever named it") {
  const Error bare = make_error(ExitCode::step_failed, "broke");
  const auto step = step_result("spark/chart", "spark: helm release", Failed{bare});
  CHECK(failure_text(step, bare) == "dpctl: spark/chart: broke");
  CHECK(failure_text(step, in("spark/chart")(bare)) == "dpctl: spark/chart: broke");
  CHECK(failure_text(step, in("spark: helm release")(bare)) == "dpctl: spark: helm release: broke");
}

TEST_CASE("what still runs is timed in whole seconds") {
  CHECK(whole_seconds(999ms) == "0 s");
  CHECK(whole_seconds(59'999ms) == "59 s");
  CHECK(whole_seconds(245'000ms) == "4 min 05 s");
}
