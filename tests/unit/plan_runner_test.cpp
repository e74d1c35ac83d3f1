// SPDX-License-Identifier: Apache-2.0
#include "plan/runner.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <csignal>
#include <latch>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/text_plan.hpp"
#include "util/files.hpp"

using namespace dpctl;
using test::steps_from;

namespace {

// Notes which events came, as "start a", "end a".
class EventLog : public Reporter {
 public:
  void run_started(const RunInfo&) override {}
  void step_started(const Step& step, std::optional<std::chrono::milliseconds>) override {
    lines.push_back("start " + step.id);
  }
  void step_note(const Step& step, std::string_view note) override {
    lines.push_back("note " + step.id + " " + std::string(note));
  }
  void step_finished(const StepResult& result) override { lines.push_back("end " + result.id); }
  void message(Level, std::string_view) override {}
  void run_finished(const Summary&) override {}
  std::size_t place(const std::string& line) const {
    const auto found = std::ranges::find(lines, line);
    REQUIRE(found != lines.end());
    return static_cast<std::size_t>(found - lines.begin());
  }
  std::vector<std::string> lines;
};

struct Bench {
  std::vector<Step> steps;
  EventLog log;
  WalkOptions options;

  explicit Bench(std::string_view text, Walk walk = Walk::setup) : steps(steps_from(text)) {
    options.walk = walk;
  }
  Step& operator[](const std::string& id) { return *std::ranges::find(steps, id, &Step::id); }
  Summary run() {
    const auto plan = make_plan(steps);
    REQUIRE(plan.has_value());
    Journal journal("/dev/null");
    return run_walk(*plan, options, log, journal);
  }
};

template <class T>
bool ended_as(const Summary& summary, const std::string& id) {
  const auto found = std::ranges::find(summary.steps, id, &StepResult::id);
  return found != summary.steps.end() && std::holds_alternative<T>(found->outcome);
}

Result<State> absent(StepContext&) { return State{Condition::absent, {}}; }
Result<State> present(StepContext&) { return State{Condition::present, {}}; }
Result<> succeed(StepContext&) { return {}; }
Result<> break_down(StepContext&) { return fail(ExitCode::timed_out, "broke"); }

}  // namespace

TEST_CASE("setup applies what a check finds absent and leaves alone what is there") {
  Bench bench("a; b: a");
  std::atomic<int> applied_a = 0;
  std::atomic<int> applied_b = 0;
  bench["a"].check = present;
  bench["a"].apply = [&](StepContext&) -> Result<> { return ++applied_a, Result<>(); };
  bench["b"].check = absent;
  bench["b"].apply = [&](StepContext&) -> Result<> { return ++applied_b, Result<>(); };
  const auto summary = bench.run();
  CHECK(applied_a == 0);
  CHECK(applied_b == 1);
  CHECK(ended_as<Unchanged>(summary, "a"));
  CHECK(ended_as<Done>(summary, "b"));
  CHECK(summary.exit_code() == ExitCode::done);
}

TEST_CASE("a step starts only after all that it needs has ended") {
  Bench bench("a; b: a; c: a; d: b c");
  for (auto& step : bench.steps) {
    step.apply = succeed;
  }
  bench.run();
  CHECK(bench.log.place("end a") < bench.log.place("start b"));
  CHECK(bench.log.place("end a") < bench.log.place("start c"));
  CHECK(bench.log.place("end b") < bench.log.place("start d"));
  CHECK(bench.log.place("end c") < bench.log.place("start d"));
}

TEST_CASE("independent steps run at the same time") {
  Bench bench("a; b");
  std::latch both(2);  // neither can pass before the other has come
  for (auto& step : bench.steps) {
    step.apply = [&](StepContext&) -> Result<> { return both.arrive_and_wait(), Result<>(); };
  }
  CHECK(bench.run().count_changed() == 2);
}

TEST_CASE("no more steps than jobs run at a time") {
  Bench bench("a; b; c; d; e; f");
  bench.options.jobs = 2;
  std::atomic<int> now = 0;
  std::atomic<int> most = 0;
  for (auto& step : bench.steps) {
    step.apply = [&](StepContext&) -> Result<> {
      most = std::max(most.load(), ++now);
      std::this_thread::yield();
      --now;
      return {};
    };
  }
  bench.run();
  CHECK(most <= 2);
}

TEST_CASE("a failure skips what needs it and nothing else") {
  Bench bench("bad; child: bad; grandchild: child; other; friend: other");
  for (auto& step : bench.steps) {
    step.apply = succeed;
  }
  bench["bad"].apply = break_down;
  const auto summary = bench.run();
  CHECK(ended_as<Failed>(summary, "bad"));
  CHECK(ended_as<Skipped>(summary, "child"));
  CHECK(ended_as<Skipped>(summary, "grandchild"));
  CHECK(ended_as<Done>(summary, "friend"));
  CHECK(summary.exit_code() == ExitCode::timed_out);
}

TEST_CASE("a failing check fails the step without applying it") {
  Bench bench("a");
  bool applied = false;
  bench["a"].check = [](StepContext&) -> Result<State> {
    return fail(ExitCode::unfit, "cannot look");
  };
  bench["a"].apply = [&](StepContext&) -> Result<> { return applied = true, Result<>(); };
  CHECK(bench.run().exit_code() == ExitCode::unfit);
  CHECK_FALSE(applied);
}

TEST_CASE("clean undoes in the reverse order, and tells what was not there") {
  Bench bench("a; b: a; c: a", Walk::clean);
  std::mutex mutex;
  std::string order;
  for (auto& step : bench.steps) {
    step.undo = [&, id = step.id](StepContext&) -> Result<bool> {
      const std::lock_guard lock(mutex);
      order += id;
      return id != "c";
    };
  }
  const auto summary = bench.run();
  CHECK(order.ends_with("a"));
  CHECK(order.size() == 3);
  CHECK(ended_as<Done>(summary, "b"));
  CHECK(ended_as<Unchanged>(summary, "c"));
}

TEST_CASE("a failed undo keeps what it needs from being removed") {
  Bench bench("operator; resource: operator", Walk::clean);
  bench["resource"].undo = [](StepContext&) -> Result<bool> {
    return fail(ExitCode::timed_out, "held up");
  };
  bench["operator"].undo = [](StepContext&) -> Result<bool> { return true; };
  CHECK(ended_as<Skipped>(bench.run(), "operator"));
}

TEST_CASE("status and plan change nothing and tell by the exit code") {
  for (const auto walk : {Walk::status, Walk::plan}) {
    Bench bench("a; b: a", walk);
    bool touched = false;
    for (auto& step : bench.steps) {
      step.check = absent;
      step.apply = [&](StepContext&) -> Result<> { return touched = true, Result<>(); };
    }
    const auto summary = bench.run();
    CHECK_FALSE(touched);
    CHECK(ended_as<Checked>(summary, "b"));
    CHECK(summary.exit_code() == ExitCode::not_desired_state);
  }
}

TEST_CASE("a stop starts nothing more and the exit code is the signal's") {
  Bench bench("a; b: a");
  std::stop_source source;
  bench.options.stop = source.get_token();
  bench.options.signal = [] { return SIGTERM; };
  bench["a"].apply = [&](StepContext& context) -> Result<> {
    source.request_stop();
    CHECK(context.stop.stop_requested());
    return fail(ExitCode::interrupted, "interrupted");
  };
  bool started = false;
  bench["b"].apply = [&](StepContext&) -> Result<> { return started = true, Result<>(); };
  const auto summary = bench.run();
  CHECK_FALSE(started);
  CHECK(ended_as<Interrupted>(summary, "a"));
  CHECK(summary.exit_code() == ExitCode::terminated);
}

TEST_CASE("notes of a step reach the reporter before its end") {
  Bench bench("a");
  bench["a"].apply = [](StepContext& context) -> Result<> {
    return context.note("waiting for b"), Result<>();
  };
  bench.run();
  CHECK(bench.log.lines == std::vector<std::string>{"start a", "note a waiting for b", "end a"});
}

TEST_CASE("the journal gives last time's duration and survives a torn line") {
  const auto folder = TempFolder::create();
  REQUIRE(folder.has_value());
  const auto file = folder->path() / "journal.jsonl";
  Journal(file).record(
      Walk::setup,
      {.id = "a", .title = "a", .outcome = Done{}, .duration = std::chrono::seconds(41)});
  REQUIRE(append_file(file, "{\"walk\":\"setup\",\"st").has_value());
  const Journal journal(file);
  CHECK(journal.last_duration(Walk::setup, "a") == std::chrono::seconds(41));
  CHECK_FALSE(journal.last_duration(Walk::clean, "a").has_value());
}
