// SPDX-License-Identifier: Apache-2.0
// Jobs of the platform: run-to-completion applications that components describe (a
// SparkApplication, a Workflow).
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "platform/platform.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// A job that a wanted component offers.
struct Job {
  std::string name;
  const Rendered* component = nullptr;
  const JobSpec* spec = nullptr;
};

/// All jobs of the wanted components, by name.
std::map<std::string, Job> jobs_of(const Platform& platform);

/// The job of that name; fails (invalid_input) with a suggestion, or naming the component that
/// would bring it.
Result<Job> find_job(const Platform& platform, const std::string& name);

enum class JobState { running, succeeded, failed };

/// "running", "succeeded", "failed".
std::string_view to_string(JobState state);

/// One run of a job.
struct JobRun {
  Job job;
  ObjectRef ref;
};

struct JobStatus {
  JobRun run;
  JobState state = JobState::running;
  std::string reason;   // of a failure
  std::string created;  // RFC 3339
};

/// What happens during a run: a pod came, changed its phase, or went.
struct JobEvent {
  std::string pod;
  std::string role;  // "driver", "executor 2"; empty where the pod does not say
  std::string phase;
};

/// Creates a run; `run_name` empty: the job's name and a random ending. Fails where one of that
/// name exists (refused), or the component is not there (unfit).
Result<JobRun> submit_job(Session& session, const Job& job, const std::string& run_name,
                          const std::vector<std::string>& args, const Call& call);

/// Follows the run until it ends, the deadline (timed_out) or a stop. `on_event` is called by one
/// thread at a time.
Result<JobStatus> follow_job(Session& session, const JobRun& run, std::chrono::seconds timeout,
                             const std::function<void(const JobEvent&)>& on_event,
                             std::stop_token stop);

/// How the run stands; nothing where there is none of that name.
Result<std::optional<JobStatus>> job_status(Session& session, const JobRun& run, const Call& call);

/// All runs of all jobs, newest first.
Result<std::vector<JobStatus>> list_runs(Session& session, const Platform& platform,
                                         const Call& call);

/// The log of the pod that holds the result (a driver's). Fails where it is gone or has not begun.
Result<std::string> job_log(Session& session, const JobRun& run, const Call& call);

/// The lines of `log` that the job calls its result.
std::vector<std::string> result_lines(const JobSpec& spec, const std::string& log);

/// Removes the run and waits until it is gone; false where there was none.
Result<bool> delete_run(Session& session, const JobRun& run, StepContext& context);

/// The run of that name, by the label that submit_job gave it; fails (invalid_input) where there is
/// none.
Result<JobRun> find_run(Session& session, const Platform& platform, const std::string& name,
                        const Call& call);

}  // namespace dpctl
