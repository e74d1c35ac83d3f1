// SPDX-License-Identifier: Apache-2.0
#include "ui/terminal_reporter.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "support/sample_summary.hpp"
#include "support/screen.hpp"

using namespace dpctl;
using namespace dpctl::test;
using namespace std::chrono_literals;

namespace {

struct Fixture {
  std::chrono::steady_clock::time_point now{};
  Screen progress{{.live = true, .width = 72, .height = 24}};
  Screen data{{.live = false}};
  TerminalReporter reporter{progress.printer, data.printer, [this] { return now; }};
};

}  // namespace

TEST_CASE("a running step shows its time, the time it took before, and what it waits for") {
  Fixture f;
  const auto step = named_step("spark/chart", "spark: helm release");
  f.reporter.run_started({Walk::setup, "kind", "kind cluster dpctl", 12});
  f.reporter.step_started(step, 41'000ms);
  f.now += 12'300ms;
  f.reporter.step_note(step, "waiting for\nDeployment controller\n");
  f.reporter.tick();
  CHECK(f.progress.rows() ==
        std::vector<std::string>{"kind: setup of kind cluster dpctl, 12 steps",
                                 "⠸ spark: helm release  12 s (last time 41 s)  waiting for "
                                 "Deployment c…",
                                 "0 of 12 steps, 12 s"});
}

TEST_CASE("finished steps scroll above the running ones, and what was unchanged is only counted") {
  Fixture f;
  f.reporter.run_started({Walk::setup, "kind", "kind cluster dpctl", 4});
  for (const auto* const id : {"a", "b", "c", "d"}) {
    f.reporter.step_started(named_step(id, std::string("title of ") + id), std::nullopt);
  }
  f.reporter.step_finished(step_result("a", "title of a", Unchanged{}));
  f.reporter.step_finished(step_result("b", "title of b",
                                       done(Condition::differs, {"replicas 1 → 3", "image x → y"}),
                                       0ms, 2'000ms));
  f.reporter.step_finished(step_result("c", "title of c", helm_failure(), 0ms, 900ms));
  CHECK(f.progress.rows() ==
        std::vector<std::string>{"kind: setup of kind cluster dpctl, 4 steps",
                                 "✔ title of b: changed in 2.0 s: replicas 1 → 3 and 1 more",
                                 "✖ title of c: helm upgrade failed (exit 1), after 900 ms",
                                 "⠋ title of d  0 s", "3 of 4 steps, 1 unchanged, 0 s"});
}

TEST_CASE("the live block never takes more rows than the window leaves") {
  Fixture f;
  f.progress.traits.height = 8;
  f.reporter.run_started({Walk::setup, "kind", "kind cluster dpctl", 20});
  for (int i = 0; i < 9; ++i) {
    f.reporter.step_started(named_step(std::to_string(i), "step " + std::to_string(i)),
                            std::nullopt);
  }
  f.reporter.tick();
  const auto rows = f.progress.rows();
  CHECK(rows.size() == 6);
  CHECK(rows.at(3) == "⠋ step 2  0 s");
  CHECK(rows.at(4) == "  and 6 more");
}

TEST_CASE("at the end failures are printed in full, then the sum, and no live line stays") {
  Fixture f;
  f.reporter.run_started({Walk::setup, "kind", "kind cluster dpctl", 3});
  f.reporter.step_started(named_step("airflow/chart", "airflow"), std::nullopt);
  f.reporter.tick();
  const auto failed = step_result("airflow/chart", "airflow", helm_failure(), 0ms, 900ms);
  const auto skipped = step_result("airflow/ready", "airflow is ready", Skipped{"airflow/chart"});
  f.reporter.step_finished(failed);
  f.reporter.step_finished(skipped);
  f.reporter.run_finished(
      summary_of(Walk::setup, {failed, skipped, step_result("a", "a", Unchanged{})}));
  CHECK(f.progress.rows() ==
        std::vector<std::string>{
            "kind: setup of kind cluster dpctl, 3 steps",
            "✖ airflow: helm upgrade failed (exit 1), after 900 ms",
            "- airflow is ready: skipped, airflow/chart failed", "",
            "dpctl: airflow/chart: helm upgrade failed (exit 1)",
            "  $ helm upgrade airflow --set x=***", "  | first", "  | last",
            "hint: look at the values", "log: /state/logs/airflow-chart.log", "",
            "kind: 3 steps: 0 changed, 1 unchanged, 1 failed, 1 skipped in 41.0 s"});
  CHECK(f.data.bytes.empty());
}

TEST_CASE("plan and status print what they found to stdout, and nothing that stays to stderr") {
  Fixture f;
  f.reporter.run_started({Walk::plan, "kind", "kind cluster dpctl", 1});
  f.reporter.step_started(named_step("a", "a"), std::nullopt);
  f.reporter.tick();
  const auto result = step_result("a", "a", checked(Condition::absent));
  f.reporter.step_finished(result);
  f.reporter.run_finished(summary_of(Walk::plan, {result}));
  CHECK(f.progress.rows().empty());
  CHECK(f.data.rows() ==
        std::vector<std::string>{"+ a  absent", "Plan: 1 to create, 0 to change, 0 unchanged."});
}

TEST_CASE("a message stands above the live block") {
  Fixture f;
  f.reporter.run_started({Walk::setup, "kind", "kind cluster dpctl", 1});
  f.reporter.step_started(named_step("a", "a"), std::nullopt);
  f.reporter.message(Level::warning, "DPCTL_X is no override");
  f.reporter.message(Level::info, "two\nlines");
  CHECK(f.progress.rows() == std::vector<std::string>{"kind: setup of kind cluster dpctl, 1 steps",
                                                      "warning: DPCTL_X is no override", "two",
                                                      "lines", "⠋ a  0 s", "0 of 1 steps, 0 s"});
}
