// SPDX-License-Identifier: Apache-2.0
#include "ui/json_reporter.hpp"

#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "plan/outcome.hpp"
#include "plan/reporter.hpp"
#include "plan/step.hpp"
#include "ui/line_printer.hpp"
#include "ui/step_text.hpp"
#include "util/error.hpp"
#include "util/json.hpp"

namespace dpctl {

namespace {

void add_text(Json& fields, const char* name, const std::string& text) {
  if (!text.empty()) {
    fields[name] = text;
  }
}

void add_state(Json& fields, const State& state) {
  // One word, so that programs need not quote it; it is also the name of the count in run_finished.
  fields["condition"] =
      state.condition == Condition::not_ready ? "not_ready" : to_string(state.condition);
  fields["reasons"] = state.reasons;
}

/// Adds "outcome" and what belongs to it.
struct AddOutcome {
  Json& fields;

  void operator()(const Done& done) const {
    fields["outcome"] = "changed";
    add_state(fields, done.before);
  }
  void operator()(const Unchanged&) const { fields["outcome"] = "unchanged"; }
  void operator()(const Checked& checked) const {
    fields["outcome"] = "checked";
    add_state(fields, checked.state);
  }
  void operator()(const Failed& failed) const {
    fields["outcome"] = "failed";
    fields["error"] = event_error(failed.error);
  }
  void operator()(const Skipped& skipped) const {
    fields["outcome"] = "skipped";
    fields["need"] = skipped.need;
  }
  void operator()(const Interrupted&) const { fields["outcome"] = "interrupted"; }
};

std::string_view name_of(Level level) {
  switch (level) {
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      break;
  }
  return "error";
}

Json counts_of(const Summary& summary) {
  const auto counts = count_outcomes(summary);
  return {{"changed", counts.changed},        {"unchanged", counts.unchanged},
          {"absent", counts.absent},          {"differs", counts.differs},
          {"not_ready", counts.not_ready},    {"unknown", counts.unknown},
          {"failed", counts.failed},          {"skipped", counts.skipped},
          {"interrupted", counts.interrupted}};
}

}  // namespace

Json event_error(const Error& error) {
  Json fields = {{"exit_code", static_cast<int>(error.code)},
                 {"message", error.message},
                 {"context", error.context},
                 {"summary", summary_line(error)}};
  if (error.where) {
    fields["where"] = {
        {"file", error.where->file}, {"line", error.where->line}, {"column", error.where->column}};
  }
  add_text(fields, "hint", error.hint);
  add_text(fields, "command", error.command);
  add_text(fields, "output_tail", error.output_tail);
  add_text(fields, "log", error.log.string());
  return fields;
}

JsonReporter::JsonReporter(Sink sink, std::function<std::string()> now)
    : sink_(std::move(sink)), now_(std::move(now)) {}

void JsonReporter::run_started(const RunInfo& run) {
  send("run_started", {{"walk", to_string(run.walk)},
                       {"profile", run.profile},
                       {"cluster", run.cluster},
                       {"steps", run.steps}});
}

void JsonReporter::step_started(const Step& step,
                                std::optional<std::chrono::milliseconds> last_time) {
  Json fields = {{"step", step.id}, {"title", step.title}, {"needs", step.needs}};
  if (last_time) {
    fields["last_time_ms"] = last_time->count();
  }
  send("step_started", fields);
}

void JsonReporter::step_note(const Step& step, std::string_view note) {
  auto& said = notes_[step.id];
  if (said != note) {
    said = note;
    send("step_note", {{"step", step.id}, {"note", note}});
  }
}

void JsonReporter::step_finished(const StepResult& result) {
  notes_.erase(result.id);
  Json fields = {{"step", result.id},
                 {"title", result.title},
                 {"started_ms", result.started.count()},
                 {"duration_ms", result.duration.count()}};
  std::visit(AddOutcome{fields}, result.outcome);
  send("step_finished", fields);
}

void JsonReporter::message(Level level, std::string_view text) {
  send("message", {{"level", name_of(level)}, {"text", text}});
}

void JsonReporter::run_finished(const Summary& summary) {
  send("run_finished", {{"walk", to_string(summary.walk)},
                        {"profile", summary.profile},
                        {"duration_ms", summary.duration.count()},
                        {"exit_code", static_cast<int>(summary.exit_code())},
                        {"signal", summary.signal},
                        {"steps", summary.steps.size()},
                        {"counts", counts_of(summary)}});
}

void JsonReporter::send(std::string_view event, const Json& fields) {
  // These three stand first in the line, where a person looks for them; a program does not mind.
  const auto head =
      fmt::format(R"({{"v":{},"event":"{}","time":"{}",)", event_version, event, now_());
  sink_(head + dump(fields).substr(1) + "\n");
}

}  // namespace dpctl
