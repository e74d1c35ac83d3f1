// SPDX-License-Identifier: Apache-2.0
#include "ui/json_reporter.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "support/sample_summary.hpp"
#include "ui/reporter_factory.hpp"
#include "util/text.hpp"

using namespace dpctl;
using namespace dpctl::test;
using namespace std::chrono_literals;

namespace {

struct Fixture {
  std::string bytes;
  JsonReporter reporter{[this](std::string_view more) { bytes += more; },
                        [] { return "2026-01-01T12:00:00Z"; }};

  /// What was sent since the last call.
  std::vector<Json> events() {
    std::vector<Json> events;
    for (const auto line : lines_of(bytes)) {
      auto event = parse_json(line, "event");
      REQUIRE(event);
      CHECK(event->at("v") == 1);
      CHECK(event->at("time") == "2026-01-01T12:00:00Z");
      events.push_back(*std::move(event));
    }
    bytes.clear();
    return events;
  }
};

}  // namespace

TEST_CASE("an event is one line that begins with version and name") {
  Fixture f;
  f.reporter.message(Level::warning, "two\nlines");
  CHECK(f.bytes ==
        "{\"v\":1,\"event\":\"message\",\"time\":\"2026-01-01T12:00:00Z\",\"level\":\"warning\","
        "\"text\":\"two\\nlines\"}\n");
}

TEST_CASE("the begin of a run and of a step tell their plan") {
  Fixture f;
  auto step = named_step("a", "title");
  step.needs = {"b"};
  f.reporter.run_started({Walk::setup, "kind", "kind cluster dpctl", 12});
  f.reporter.step_started(step, 41'000ms);
  f.reporter.step_started(step, std::nullopt);
  const auto events = f.events();
  CHECK(events.at(0).at("event") == "run_started");
  CHECK(events.at(0).at("walk") == "setup");
  CHECK(events.at(0).at("steps") == 12);
  CHECK(events.at(1).at("needs") == Json::array({"b"}));
  CHECK(events.at(1).at("last_time_ms") == 41'000);
  CHECK_FALSE(events.at(2).contains("last_time_ms"));
}

TEST_CASE("a note is sent once as long as it stays the same") {
  Fixture f;
  const auto step = named_step("a", "title");
  f.reporter.step_note(step, "x");
  f.reporter.step_note(step, "x");
  f.reporter.step_note(step, "y");
  CHECK(f.events().size() == 2);
}

TEST_CASE("every outcome has its name and its fields") {
  Fixture f;
  f.reporter.step_finished(
      step_result("a", "title", done(Condition::not_ready, {"why"}), 5ms, 7ms));
  f.reporter.step_finished(step_result("b", "title", Unchanged{}));
  f.reporter.step_finished(step_result("c", "title", checked(Condition::differs, {"x 1 → 2"})));
  f.reporter.step_finished(step_result("d", "title", Skipped{"e"}));
  f.reporter.step_finished(step_result("f", "title", Interrupted{}));
  const auto events = f.events();
  CHECK(events.at(0).at("outcome") == "changed");
  CHECK(events.at(0).at("condition") == "not_ready");
  CHECK(events.at(0).at("reasons") == Json::array({"why"}));
  CHECK(events.at(0).at("started_ms") == 5);
  CHECK(events.at(0).at("duration_ms") == 7);
  CHECK(events.at(1).at("outcome") == "unchanged");
  CHECK(events.at(2).at("outcome") == "checked");
  CHECK(events.at(2).at("reasons").at(0) == "x 1 → 2");
  CHECK(events.at(3).at("need") == "e");
  CHECK(events.at(4).at("outcome") == "interrupted");
}

TEST_CASE("a failure carries all that is known and leaves out what is not") {
  Fixture f;
  f.reporter.step_finished(step_result("a", "title", helm_failure()));
  Error located = make_error(ExitCode::invalid_input, "no 'x' in values");
  located.where = SourcePos{"t.yaml", 14, 11};
  f.reporter.step_finished(step_result("b", "title", Failed{located}));
  const auto events = f.events();
  const auto& helm = events.at(0).at("error");
  CHECK(helm.at("exit_code") == 1);
  CHECK(helm.at("hint") == "look at the values");
  CHECK(helm.at("command") == "helm upgrade airflow --set x=***");
  CHECK(helm.at("output_tail") == "first\nlast\n");
  CHECK(helm.at("log") == "/state/logs/airflow-chart.log");
  CHECK_FALSE(helm.contains("where"));
  const auto& template_error = events.at(1).at("error");
  CHECK(template_error.at("where") == Json({{"file", "t.yaml"}, {"line", 14}, {"column", 11}}));
  CHECK(template_error.at("summary") == "t.yaml:14:11: no 'x' in values");
  CHECK_FALSE(template_error.contains("hint"));
}

TEST_CASE("the end of a run tells the exit code and the counts") {
  Fixture f;
  f.reporter.run_finished(
      summary_of(Walk::status, {step_result("a", "a", checked(Condition::present)),
                                step_result("b", "b", checked(Condition::not_ready))}));
  const auto event = f.events().at(0);
  CHECK(event.at("exit_code") == 8);
  CHECK(event.at("signal") == 0);
  CHECK(event.at("duration_ms") == 41'000);
  CHECK(event.at("counts").at("unchanged") == 1);
  CHECK(event.at("counts").at("not_ready") == 1);
  CHECK(event.at("counts").at("failed") == 0);
}

TEST_CASE("the words of -o are known, others are not") {
  CHECK(parse_output("auto") == Output::automatic);
  CHECK(parse_output("json") == Output::json);
  CHECK(parse_output("plain") == Output::plain);
  CHECK(parse_output("terminal") == Output::terminal);
  CHECK_FALSE(parse_output("yaml"));
}
