// SPDX-License-Identifier: Apache-2.0
// What a step's outcome, a run's sum and a failure read like; shared by the reporters for people.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "plan/outcome.hpp"
#include "plan/reporter.hpp"
#include "ui/styled_line.hpp"

namespace dpctl {

/// How many steps of a walk ended which way.
struct OutcomeCounts {
  std::size_t changed = 0;  // setup created or changed, clean removed
  std::size_t unchanged = 0;
  std::size_t absent = 0;  // this and the next three: what a check of plan or status said
  std::size_t differs = 0;
  std::size_t not_ready = 0;
  std::size_t unknown = 0;
  std::size_t failed = 0;
  std::size_t skipped = 0;
  std::size_t interrupted = 0;
};

OutcomeCounts count_outcomes(const Summary& summary);

/// "12 s", "4 min 05 s": for what still runs, where tenths would only flicker.
std::string whole_seconds(std::chrono::milliseconds duration);

/// "kind: setup of kind cluster dpctl, 12 steps".
std::string run_title(const RunInfo& run);

/// "✔ title: created in 12.3 s", "✖ title: helm upgrade failed (exit 1)".
StyledLine outcome_line(Walk walk, const StepResult& result);

/// "kind: 12 steps: 3 changed, 9 unchanged in 41.0 s". `planned` is how many steps the plan has.
StyledLine run_line(const Summary& summary, std::size_t planned);

/// Every failure in full, as main prints one: "dpctl: spark/chart: helm upgrade failed (exit 1)" …
/// Skipped steps are not told: their cause is.
std::vector<StyledLine> failure_lines(const Summary& summary);

/// A failure in full, with the step's id in front unless the error names it already.
std::string failure_text(const StepResult& result, const Error& error);

}  // namespace dpctl
