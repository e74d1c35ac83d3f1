// SPDX-License-Identifier: Apache-2.0
#include "plan/runner.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "plan/event_queue.hpp"

namespace dpctl {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds tick_interval{100};

std::chrono::milliseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
}

Outcome failed_or_interrupted(Error error) {
  if (error.code == ExitCode::interrupted) {
    return Interrupted{};
  }
  return Failed{std::move(error)};
}

Outcome set_up(const Step& step, StepContext& context) {
  State before{.condition = Condition::absent, .reasons = {}};
  if (step.check) {
    auto state = step.check(context);
    if (!state) {
      return failed_or_interrupted(std::move(state).error());
    }
    before = std::move(*state);
    if (before.condition == Condition::present) {
      return Unchanged{};
    }
  }
  if (!step.apply) {
    return Unchanged{};
  }
  auto applied = step.apply(context);
  if (!applied) {
    return failed_or_interrupted(std::move(applied).error());
  }
  return Done{std::move(before)};
}

Outcome check_only(const Step& step, StepContext& context) {
  if (!step.check) {
    return Checked{};
  }
  auto state = step.check(context);
  if (!state) {
    return failed_or_interrupted(std::move(state).error());
  }
  return Checked{std::move(*state)};
}

// No check first: what is gone is found out by removing it, and half of it may be there where a
// check says "absent".
Outcome take_down(const Step& step, StepContext& context) {
  if (!step.undo) {
    return Unchanged{};
  }
  auto undone = step.undo(context);
  if (!undone) {
    return failed_or_interrupted(std::move(undone).error());
  }
  return *undone ? Outcome(Done{}) : Outcome(Unchanged{});
}

Outcome execute(Walk walk, const Step& step, StepContext& context) {
  switch (walk) {
    case Walk::setup:
      return set_up(step, context);
    case Walk::clean:
      return take_down(step, context);
    case Walk::plan:
    case Walk::status:
      return check_only(step, context);
  }
  return Unchanged{};
}

std::filesystem::path log_path(const std::filesystem::path& folder, std::string id) {
  std::ranges::replace(id, '/', '-');
  return folder.empty() ? std::filesystem::path() : folder / (id + ".log");
}

// One walk: counts needs down, starts what is ready, reports what happens.
class Run {
 public:
  Run(const Plan& plan, const WalkOptions& options, Reporter& reporter, Journal& journal)
      : plan_(plan), options_(options), reporter_(reporter), journal_(journal) {
    // clean goes backward: what a step needs is what waits for it.
    const bool backward = options.walk == Walk::clean;
    waits_for_ = backward ? &plan.dependents : &plan.needs;
    releases_ = backward ? &plan.needs : &plan.dependents;
  }

  Summary walk();

 private:
  struct Running {
    Clock::time_point started;
    std::jthread thread;
  };

  void seed();
  void start_ready();
  void start(std::size_t step);
  void handle(Event event);
  void finish(std::size_t step, Outcome outcome);
  void skip_dependents(std::size_t step, const std::string& cause);
  void record(std::size_t step, Outcome outcome, Clock::time_point started);
  void sort_as_planned();

  const Plan& plan_;
  const WalkOptions& options_;
  Reporter& reporter_;
  Journal& journal_;
  const std::vector<std::vector<std::size_t>>* waits_for_;
  const std::vector<std::vector<std::size_t>>* releases_;
  Clock::time_point began_ = Clock::now();
  std::vector<std::size_t> left_;  // per step: how many that it waits for have not ended
  std::vector<bool> ended_;
  std::deque<std::size_t> ready_;
  std::vector<std::optional<Running>> running_;
  std::size_t running_count_ = 0;
  EventQueue events_;
  Summary summary_;
};

void Run::seed() {
  const std::size_t count = plan_.steps.size();
  left_.resize(count);
  ended_.resize(count);
  running_.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    left_[i] = (*waits_for_)[i].size();
    if (left_[i] == 0) {
      ready_.push_back(i);
    }
  }
}

void Run::start_ready() {
  while (!ready_.empty() && running_count_ < options_.jobs && !options_.stop.stop_requested()) {
    const auto step = ready_.front();
    ready_.pop_front();
    start(step);
  }
}

void Run::start(std::size_t index) {
  const Step& step = plan_.steps[index];
  reporter_.step_started(step, journal_.last_duration(options_.walk, step.id));
  ++running_count_;
  running_[index].emplace(Running{
      Clock::now(), std::jthread([this, index, &step] {
        StepContext context{
            .stop = options_.stop,
            .note = [this, index](std::string text) { events_.push({index, std::move(text)}); },
            .deadline = Clock::now() + step.timeout,
            .log = log_path(options_.logs, step.id)};
        events_.push({index, execute(options_.walk, step, context)});
      })});
}

void Run::handle(Event event) {
  if (auto* note = std::get_if<std::string>(&event.what)) {
    reporter_.step_note(plan_.steps[event.step], *note);
    return;
  }
  finish(event.step, std::move(std::get<Outcome>(event.what)));
}

void Run::record(std::size_t index, Outcome outcome, Clock::time_point started) {
  const Step& step = plan_.steps[index];
  ended_[index] = true;
  StepResult result{
      .id = step.id,
      .title = step.title,
      .outcome = std::move(outcome),
      .started = std::chrono::duration_cast<std::chrono::milliseconds>(started - began_),
      .duration = since(started)};
  journal_.record(options_.walk, result);
  reporter_.step_finished(result);
  summary_.steps.push_back(std::move(result));
}

void Run::finish(std::size_t index, Outcome outcome) {
  const auto started = running_[index]->started;
  running_[index].reset();
  --running_count_;
  const bool failed = std::holds_alternative<Failed>(outcome);
  const bool interrupted = std::holds_alternative<Interrupted>(outcome);
  record(index, std::move(outcome), started);
  if (failed) {
    skip_dependents(index, plan_.steps[index].id);
  }
  if (failed || interrupted) {
    return;
  }
  for (const auto next : (*releases_)[index]) {
    if (--left_[next] == 0 && !ended_[next]) {
      ready_.push_back(next);
    }
  }
}

void Run::skip_dependents(std::size_t index, const std::string& cause) {
  for (const auto next : (*releases_)[index]) {
    if (!ended_[next]) {
      record(next, Skipped{cause}, Clock::now());
      skip_dependents(next, cause);
    }
  }
}

void Run::sort_as_planned() {
  std::map<std::string, std::size_t> place;
  for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
    place[plan_.steps[i].id] = i;
  }
  std::ranges::sort(summary_.steps, {},
                    [&](const StepResult& result) { return place.at(result.id); });
}

Summary Run::walk() {
  summary_.walk = options_.walk;
  summary_.profile = options_.run.profile;
  RunInfo info = options_.run;
  info.walk = options_.walk;
  info.steps = plan_.steps.size();
  reporter_.run_started(info);
  seed();
  start_ready();
  while (running_count_ > 0) {
    for (auto& event : events_.take(tick_interval)) {
      handle(std::move(event));
    }
    start_ready();
    reporter_.tick();
  }
  sort_as_planned();
  summary_.duration = since(began_);
  if (options_.stop.stop_requested() && options_.signal) {
    summary_.signal = options_.signal();
  }
  reporter_.run_finished(summary_);
  return std::move(summary_);
}

}  // namespace

Summary run_walk(const Plan& plan, const WalkOptions& options, Reporter& reporter,
                 Journal& journal) {
  return Run(plan, options, reporter, journal).walk();
}

}  // namespace dpctl
