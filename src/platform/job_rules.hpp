// SPDX-License-Identifier: Apache-2.0
// How a job's component says that a run is done or failed: its JSON-e expressions over the live
// object.
#pragma once

#include <string>
#include <string_view>

#include "platform/jobs.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// On every run: the job that it is of.
inline constexpr std::string_view job_label = "dpctl.dev/job";

/// The namespace that the job's runs live in.
Result<std::string> job_namespace(const Job& job);

/// By the job's `done` and `failed`; what cannot be evaluated yet counts as running.
JobState job_state(const Job& job, const Json& object);

/// How the run behind a live object stands, with the reason where it failed.
JobStatus status_of_run(const Job& job, const Json& object);

/// The text that an expression gives for the object (`reason`, `logs.pod`).
Result<std::string> job_text(const Job& job, const std::string& expression, const Json& object);

/// The label selector of a run's pods.
Result<std::string> pod_selector(const JobRun& run);

}  // namespace dpctl
