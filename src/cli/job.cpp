// SPDX-License-Identifier: Apache-2.0
// dpctl job run|list|status|logs|delete: the platform's run-to-completion applications.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/load.hpp"
#include "cli/table.hpp"
#include "cli/verbs.hpp"
#include "platform/jobs.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

struct JobVerb {
  ProfileOptions profile;
  std::string output;
  std::string name;      // of the job, or of the run
  std::string run_name;  // --name
  std::vector<std::string> args;
  bool detach = false;
  int timeout = 1800;  // seconds
};

// The platform with its cluster known to be there: jobs are for platforms that stand.
Result<std::unique_ptr<Platform>> standing_platform(CliContext& context, const JobVerb& verb) {
  auto platform = TRY(platform_of(context, verb.profile));
  StepContext step{.stop = context.interrupt().token(),
                   .note = [](const std::string&) {},
                   .deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1),
                   .log = {}};
  TRY(platform->target().steps.front().check(step));
  if (!platform->session().cluster_there()) {
    return fail(ExitCode::unfit, platform->target().title + " is not there",
                "dpctl setup --profile " + verb.profile.profile);
  }
  return platform;
}

Json json_of(const JobStatus& status) {
  return {{"run", status.run.ref.name},
          {"namespace", status.run.ref.ns},
          {"job", status.run.job.name},
          {"kind", status.run.ref.kind},
          {"state", std::string(to_string(status.state))},
          {"reason", status.reason},
          {"created", status.created}};
}

void print_event(const JobVerb& verb, const JobRun& run, const JobEvent& event) {
  if (verb.output == "json") {
    const Json line = {{"v", 1},           {"event", "pod"},     {"run", run.ref.name},
                       {"pod", event.pod}, {"role", event.role}, {"phase", event.phase}};
    fmt::print("{}\n", dump(line));
    std::fflush(stdout);
    return;
  }
  fmt::print(stderr, "  {:<12} {:<12} {}\n", event.role.empty() ? "pod" : event.role, event.phase,
             event.pod);
}

// The line that the job calls its result is what its user ran it for: it goes to stdout.
void print_result(const JobVerb& verb, Session& session, const JobStatus& status,
                  const Call& call) {
  const auto log = job_log(session, status.run, call);
  std::vector<std::string> lines;
  if (log) {
    lines = result_lines(*status.run.job.spec, *log);
  }
  if (verb.output == "json") {
    Json line = json_of(status);
    line["v"] = 1;
    line["event"] = "job_finished";
    line["result"] = lines;
    fmt::print("{}\n", dump(line));
    return;
  }
  for (const auto& line : lines) {
    fmt::print("{}\n", line);
  }
  if (lines.empty() && status.state == JobState::succeeded) {
    fmt::print(stderr, "dpctl: no result line: {}\n",
               log ? "the log holds none that matches"
                   : log.error().message + " (a rehearsal's pods write no logs)");
  }
}

Error failed_run(Session& session, const JobStatus& status, const Call& call) {
  Error error =
      make_error(ExitCode::step_failed, to_string(status.run.ref) + " failed: " + status.reason,
                 "dpctl job logs " + status.run.ref.name);
  if (const auto log = job_log(session, status.run, call)) {
    error.output_tail = last_lines(*log, 20);
  }
  return error;
}

Result<ExitCode> run_job(CliContext& context, const JobVerb& verb) {
  const auto platform = TRY(standing_platform(context, verb));
  Session& session = platform->session();
  const Call call{.stop = context.interrupt().token()};
  const auto started = std::chrono::steady_clock::now();
  const auto run =
      TRY(submit_job(session, TRY(find_job(*platform, verb.name)), verb.run_name, verb.args, call));
  fmt::print(stderr, "{} submitted\n", to_string(run.ref));
  if (verb.detach) {
    fmt::print("{}\n", run.ref.name);
    return ExitCode::done;
  }
  const auto status = TRY(follow_job(
      session, run, std::chrono::seconds(verb.timeout),
      [&](const JobEvent& event) { print_event(verb, run, event); }, call.stop));
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - started);
  fmt::print(stderr, "{} {} after {}\n", to_string(run.ref), to_string(status.state),
             duration_text(took));
  print_result(verb, session, status, call);
  if (status.state == JobState::failed) {
    return fail(failed_run(session, status, call));
  }
  return ExitCode::done;
}

Result<ExitCode> list_jobs(CliContext& context, const JobVerb& verb) {
  const auto platform = TRY(standing_platform(context, verb));
  const auto runs =
      TRY(list_runs(platform->session(), *platform, {.stop = context.interrupt().token()}));
  std::vector<Row> rows;
  Json all = {{"jobs", Json::array()}, {"runs", Json::array()}};
  for (const auto& [name, job] : jobs_of(*platform)) {
    all["jobs"].push_back({{"name", name},
                           {"component", job.component->component->name},
                           {"title", job.spec->title}});
    rows.push_back({name, job.component->component->name, job.spec->title});
  }
  std::vector<Row> run_rows;
  for (const auto& status : runs) {
    all["runs"].push_back(json_of(status));
    run_rows.push_back({status.run.ref.name, status.run.job.name,
                        std::string(to_string(status.state)), status.created});
  }
  if (verb.output == "json") {
    fmt::print("{}\n", dump(all, 2));
    return ExitCode::done;
  }
  fmt::print("{}", table({"JOB", "COMPONENT", "TITLE"}, rows));
  fmt::print("\n{}", run_rows.empty() ? "no runs yet: dpctl job run JOB\n"
                                      : table({"RUN", "JOB", "STATE", "CREATED"}, run_rows));
  return ExitCode::done;
}

Result<ExitCode> show_status(CliContext& context, const JobVerb& verb) {
  const auto platform = TRY(standing_platform(context, verb));
  const Call call{.stop = context.interrupt().token()};
  const auto run = TRY(find_run(platform->session(), *platform, verb.name, call));
  const auto status = TRY(job_status(platform->session(), run, call));
  if (!status) {
    return fail(ExitCode::invalid_input, "the run " + verb.name + " is gone", "dpctl job list");
  }
  fmt::print("{}\n", verb.output == "json"
                         ? dump(json_of(*status), 2)
                         : verb.name + " " + std::string(to_string(status->state)) +
                               (status->reason.empty() ? "" : ": " + status->reason));
  return status->state == JobState::failed ? ExitCode::step_failed : ExitCode::done;
}

Result<ExitCode> show_logs(CliContext& context, const JobVerb& verb) {
  const auto platform = TRY(standing_platform(context, verb));
  const Call call{.stop = context.interrupt().token()};
  const auto run = TRY(find_run(platform->session(), *platform, verb.name, call));
  fmt::print("{}", TRY(job_log(platform->session(), run, call)));
  return ExitCode::done;
}

Result<ExitCode> delete_job(CliContext& context, const JobVerb& verb) {
  const auto platform = TRY(standing_platform(context, verb));
  const Call call{.stop = context.interrupt().token()};
  const auto run = TRY(find_run(platform->session(), *platform, verb.name, call));
  StepContext step{.stop = call.stop,
                   .note = [](const std::string& note) { fmt::print(stderr, "{}\n", note); },
                   .deadline = std::chrono::steady_clock::now() + std::chrono::minutes(5),
                   .log = {}};
  TRY(delete_run(platform->session(), run, step));
  fmt::print(stderr, "{} deleted\n", to_string(run.ref));
  return ExitCode::done;
}

using Body = Result<ExitCode> (*)(CliContext&, const JobVerb&);

CLI::App* add(CLI::App& parent, CliContext& context, const char* name, const char* help,
              const std::shared_ptr<JobVerb>& options, Body body) {
  auto* verb = parent.add_subcommand(name, help);
  add_profile_options(*verb, options->profile);
  context.on_run(*verb, [&context, options, body] { return body(context, *options); });
  return verb;
}

}  // namespace

void add_job_verb(CLI::App& app, CliContext& context) {
  auto* job = app.add_subcommand("job", "Run the platform's jobs and look at their runs");
  job->require_subcommand(1);
  const auto fresh = [] { return std::make_shared<JobVerb>(); };

  const auto run = fresh();
  auto* verb = add(*job, context, "run", "Submit a job, follow it to its end, and show its result",
                   run, run_job);
  verb->add_option("JOB", run->name, "The job: see dpctl job list")->required();
  verb->add_option("ARGS", run->args, "Arguments of the job, behind --");
  verb->add_option("--name", run->run_name,
                   "Name of this run; default: the job's and a random ending");
  verb->add_flag("--detach", run->detach, "Print the run's name and do not wait for its end");
  verb->add_option("--timeout", run->timeout, "Seconds to follow it for")->capture_default_str();
  add_output_option(*verb, run->output, {"text", "json"});

  const auto list = fresh();
  verb = add(*job, context, "list", "The jobs of the profile, and their runs", list, list_jobs);
  add_output_option(*verb, list->output, {"table", "json"});

  const auto status = fresh();
  verb =
      add(*job, context, "status", "How a run stands; exit 1 where it failed", status, show_status);
  verb->add_option("RUN", status->name, "The run")->required();
  add_output_option(*verb, status->output, {"text", "json"});

  const auto logs = fresh();
  verb = add(*job, context, "logs", "The log of a run's driver", logs, show_logs);
  verb->add_option("RUN", logs->name, "The run")->required();

  const auto remove = fresh();
  verb = add(*job, context, "delete", "Remove a run and its pods", remove, delete_job);
  verb->add_option("RUN", remove->name, "The run")->required();
}

}  // namespace dpctl
