// SPDX-License-Identifier: Apache-2.0
#include "ui/plain_reporter.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <map>
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
  explicit Fixture(CiLog ci = CiLog::none)
      : reporter(progress.printer, data.printer,
                 {[this] { return now; }, [] { return 1'700'000'000LL; }}, ci) {}

  std::chrono::steady_clock::time_point now{};
  Screen progress{{.live = false}};
  Screen data{{.live = false}};
  PlainReporter reporter;

  void start(const Step& step) { reporter.step_started(step, std::nullopt); }
  void tick_for(std::chrono::seconds time) {
    for (auto end = now + time; now < end;) {
      now += 1s;
      reporter.tick();
    }
  }
};

const RunInfo setup_run{Walk::setup, "kind", "kind cluster dpctl", 2};

}  // namespace

TEST_CASE("a log gets a line per changed and failed step, and none for an unchanged one") {
  Fixture f;
  f.reporter.run_started(setup_run);
  f.start(named_step("a", "title a"));
  f.start(named_step("b", "title b"));
  f.now += 12'340ms;
  f.reporter.step_finished(step_result("a", "title a", done(), 0ms, 12'300ms));
  f.reporter.step_finished(step_result("b", "title b", Unchanged{}));
  f.reporter.run_finished(summary_of(Walk::setup, {step_result("a", "title a", done()),
                                                   step_result("b", "title b", Unchanged{})}));
  CHECK(f.progress.rows() ==
        std::vector<std::string>{"    0.0 s  kind: setup of kind cluster dpctl, 2 steps",
                                 "   12.3 s  ✔ title a: created in 12.3 s",
                                 "   12.3 s  kind: 2 steps: 1 changed, 1 unchanged in 41.0 s"});
  CHECK(f.progress.bytes.find('\x1b') == std::string::npos);
}

TEST_CASE(
    "a long step gets its newest note every 15 s, and every 60 s while the note stays the same") {
  Fixture f;
  const auto step = named_step("a", "title a");
  f.start(step);
  for (int i = 0; i < 20; ++i) {
    f.reporter.step_note(step, "note " + std::to_string(i));
    f.tick_for(1s);
  }
  f.tick_for(100s);
  CHECK(f.progress.rows() == std::vector<std::string>{"   15.0 s  … title a: note 14, 15 s",
                                                      "   30.0 s  … title a: note 19, 30 s",
                                                      "   90.0 s  … title a: note 19, 1 min 30 s"});
}

TEST_CASE(
    "a step that ends within 15 s leaves no note behind, and a silent one says that it runs") {
  Fixture f;
  f.start(named_step("a", "title a"));
  f.start(named_step("b", "title b"));
  f.tick_for(10s);
  f.reporter.step_finished(step_result("a", "title a", Unchanged{}));
  f.tick_for(10s);
  CHECK(f.progress.rows() == std::vector<std::string>{"   15.0 s  … title b: running, 15 s"});
}

TEST_CASE("in GitHub's log the walk is folded, and failures stand outside with an annotation") {
  Fixture f(CiLog::github);
  f.reporter.run_started(setup_run);
  auto error = make_error(ExitCode::step_failed, "50% of it\nbroke");
  const auto failed = step_result("a", "title a", Failed{error});
  f.reporter.step_finished(failed);
  f.reporter.run_finished(summary_of(Walk::setup, {failed}));
  const auto rows = f.progress.rows();
  CHECK(rows.at(0) == "::group::dpctl setup (profile kind)");
  CHECK(rows.at(2) == "    0.0 s  ✖ title a: 50% of it broke, after 0 ms");
  CHECK(rows.at(3) == "::endgroup::");
  CHECK(rows.at(5) == "dpctl: a: 50% of it");
  CHECK(rows.at(8) == "::error title=dpctl a::50%25 of it%0Abroke");
}

TEST_CASE("in GitLab's log the walk is a section with its times") {
  Fixture f(CiLog::gitlab);
  f.reporter.run_started({Walk::clean, "kind", "kind cluster dpctl", 0});
  f.reporter.run_finished(summary_of(Walk::clean, {}));
  CHECK(f.progress.bytes.starts_with(
      "section_start:1700000000:dpctl_clean\r\x1b[0Kdpctl clean (profile kind)\n"));
  CHECK(f.progress.bytes.find("section_end:1700000000:dpctl_clean\r\x1b[0K\n") !=
        std::string::npos);
}

TEST_CASE("the CI is known by its variables") {
  const auto ci = [](std::map<std::string, std::string> values) {
    return ci_log_of([values](const char* name) -> std::optional<std::string> {
      const auto found = values.find(name);
      return found == values.end() ? std::nullopt : std::optional(found->second);
    });
  };
  CHECK(ci({{"GITHUB_ACTIONS", "true"}}) == CiLog::github);
  CHECK(ci({{"GITHUB_ACTIONS", "false"}}) == CiLog::none);
  CHECK(ci({{"GITLAB_CI", "true"}}) == CiLog::gitlab);
  CHECK(ci({}) == CiLog::none);
}

TEST_CASE("the status of a platform goes to stdout, line by line") {
  Fixture f;
  f.reporter.run_started({Walk::status, "kind", "kind cluster dpctl", 2});
  const auto ready = step_result("a", "title a", checked(Condition::present));
  const auto waiting =
      step_result("b", "b", checked(Condition::not_ready, {"0 of 1 available", "pulling"}));
  f.reporter.step_finished(ready);
  f.reporter.run_finished(summary_of(Walk::status, {ready, waiting}));
  CHECK(f.data.rows() ==
        std::vector<std::string>{"✔ title a  ready", "✖ b        not ready: 0 of 1 available",
                                 "           pulling", "Status: 1 of 2 steps as desired."});
  CHECK(f.progress.rows() ==
        std::vector<std::string>{"    0.0 s  kind: status of kind cluster dpctl, 2 steps"});
}
