// SPDX-License-Identifier: Apache-2.0
// For programs: one JSON object a line. docs/events.md names every event and field.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "plan/reporter.hpp"
#include "ui/line_printer.hpp"
#include "util/json.hpp"

namespace dpctl {

/// The number in "v" of every event; it grows when a field goes or changes its meaning.
constexpr int event_version = 1;

/// An Error as the field "error" of an event.
Json event_error(const Error& error);

class JsonReporter : public Reporter {
 public:
  /// `now` gives the field "time" of every event: RFC 3339, UTC.
  JsonReporter(Sink sink, std::function<std::string()> now);

  void run_started(const RunInfo& run) override;
  void step_started(const Step& step, std::optional<std::chrono::milliseconds> last_time) override;
  void step_note(const Step& step, std::string_view note) override;
  void step_finished(const StepResult& result) override;
  void message(Level level, std::string_view text) override;
  void run_finished(const Summary& summary) override;

 private:
  void send(std::string_view event, const Json& fields);

  Sink sink_;
  std::function<std::string()> now_;
  std::map<std::string, std::string> notes_;  // the last one per step: the same again is no event
};

}  // namespace dpctl
