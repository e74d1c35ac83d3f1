// SPDX-License-Identifier: Apache-2.0
#include "platform/jobs.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "kube/wait.hpp"
#include "platform/job_rules.hpp"
#include "profile/evaluate.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

// An executor's pod carries the run's name and 30 more characters, and must stay a DNS label of 63.
constexpr std::size_t max_run_name = 40;

std::string random_ending() {
  constexpr std::string_view letters = "bcdfghjklmnpqrstvwxz2456789";
  std::random_device source;
  std::string ending;
  for (int i = 0; i < 5; ++i) {
    ending += letters[std::uniform_int_distribution<std::size_t>(0, letters.size() - 1)(source)];
  }
  return ending;
}

Result<> check_run_name(const std::string& name) {
  static const std::regex dns_1035("[a-z]([-a-z0-9]*[a-z0-9])?");
  if (name.size() > max_run_name) {
    return fail(ExitCode::usage,
                "the name '" + name + "' has " + std::to_string(name.size()) + " characters",
                "at most " + std::to_string(max_run_name) +
                    ": Kubernetes adds to it for the pods, and these may have 63");
  }
  if (!std::regex_match(name, dns_1035)) {
    return fail(ExitCode::usage, "'" + name + "' is no name for a run",
                "lower-case letters, digits and '-', a letter first (DNS-1035)");
  }
  return {};
}

Result<Json> render_run(const Session& session, const Job& job, const std::string& name,
                        const std::vector<std::string>& args) {
  const Component& component = *job.component->component;
  Json context = job.component->context;
  const auto ns = TRY(job_namespace(job));
  context["job"] = {{"name", name}, {"namespace", ns}, {"args", args}};
  auto objects = TRY(render_file(session.assets(), job.spec->file, context));
  if (objects.size() != 1) {
    return fail(ExitCode::invalid_input, job.spec->file + " must yield one object");
  }
  Json object = std::move(objects.front());
  rewrite_images(object, session.profile().images.registry);
  label_object(object, session.profile().name, component.name);
  object["metadata"]["labels"][std::string(job_label)] = job.name;
  return object;
}

}  // namespace

std::map<std::string, Job> jobs_of(const Platform& platform) {
  std::map<std::string, Job> jobs;
  for (const auto& rendered : platform.rendered()) {
    for (const auto& [name, spec] : rendered.component->jobs) {
      jobs[name] = {.name = name, .component = &rendered, .spec = &spec};
    }
  }
  return jobs;
}

Result<Job> find_job(const Platform& platform, const std::string& name) {
  const auto jobs = jobs_of(platform);
  const auto found = jobs.find(name);
  if (found != jobs.end()) {
    return found->second;
  }
  for (const auto& [component, description] : platform.catalogue()) {
    if (description.jobs.contains(name)) {
      return fail(ExitCode::invalid_input,
                  "the job '" + name + "' comes with the component " + component +
                      ", which this profile leaves out",
                  "dpctl setup --with " + component);
    }
  }
  std::vector<std::string> names;
  for (const auto& [known, _] : jobs) {
    names.push_back(known);
  }
  return fail(ExitCode::invalid_input, "unknown job '" + name + "'" + did_you_mean(name, names),
              "jobs of this profile: " + join(names, ", "));
}

Result<JobRun> submit_job(Session& session, const Job& job, const std::string& run_name,
                          const std::vector<std::string>& args, const Call& call) {
  const std::string name = run_name.empty() ? job.name + "-" + random_ending() : run_name;
  TRY(check_run_name(name));
  const auto object = TRY(render_run(session, job, name, args));
  auto* client = TRY(session.cluster(call.stop));
  const auto ref = TRY(ref_of(object));
  if (!TRY(client->resource(ref.api_version, ref.kind, call))) {
    return fail(ExitCode::unfit, "the cluster does not know the kind " + ref.kind,
                "dpctl setup --profile " + session.profile().name);
  }
  if (TRY(client->get(ref, call))) {
    return fail(ExitCode::refused, to_string(ref) + " exists already",
                "another --name, or: dpctl job delete " + name);
  }
  TRY(client->create(object, call));
  return JobRun{.job = job, .ref = ref};
}

Result<std::optional<JobStatus>> job_status(Session& session, const JobRun& run, const Call& call) {
  auto* client = TRY(session.cluster(call.stop));
  const auto object = TRY(client->get(run.ref, call));
  return object ? std::optional(status_of_run(run.job, *object)) : std::nullopt;
}

Result<std::vector<JobStatus>> list_runs(Session& session, const Platform& platform,
                                         const Call& call) {
  auto* client = TRY(session.cluster(call.stop));
  const auto jobs = jobs_of(platform);
  std::set<std::pair<std::string, std::string>> kinds;
  for (const auto& [name, job] : jobs) {
    const auto object = TRY(render_run(session, job, name, {}));
    kinds.emplace(string_at(object, "apiVersion"), string_at(object, "kind"));
  }
  std::vector<JobStatus> runs;
  for (const auto& [api_version, kind] : kinds) {
    const ListQuery query{
        .api_version = api_version,
        .kind = kind,
        .labels = label_selector(session.profile().name) + "," + std::string(job_label)};
    for (const auto& object : TRY(client->list(query, call))) {
      const auto job = jobs.find(object_at(object, "metadata.labels").value(job_label, ""));
      if (job != jobs.end()) {
        runs.push_back(status_of_run(job->second, object));
      }
    }
  }
  std::ranges::sort(runs, std::ranges::greater(), &JobStatus::created);
  return runs;
}

Result<JobRun> find_run(Session& session, const Platform& platform, const std::string& name,
                        const Call& call) {
  std::vector<std::string> names;
  for (const auto& status : TRY(list_runs(session, platform, call))) {
    if (status.run.ref.name == name) {
      return status.run;
    }
    names.push_back(status.run.ref.name);
  }
  return fail(ExitCode::invalid_input, "there is no run '" + name + "'" + did_you_mean(name, names),
              "dpctl job list");
}

Result<std::string> job_log(Session& session, const JobRun& run, const Call& call) {
  auto* client = TRY(session.cluster(call.stop));
  const auto object = TRY(client->get(run.ref, call));
  if (!object) {
    return fail(ExitCode::invalid_input, "there is no " + to_string(run.ref));
  }
  const auto pod = TRY(job_text(run.job, run.job.spec->log_pod, *object));
  return client->pod_log({.ns = run.ref.ns, .pod = pod, .container = run.job.spec->log_container},
                         call);
}

std::vector<std::string> result_lines(const JobSpec& spec, const std::string& log) {
  const std::regex pattern(spec.log_result);
  std::vector<std::string> found;
  for (const auto line : lines_of(log)) {
    if (!spec.log_result.empty() && std::regex_search(line.begin(), line.end(), pattern)) {
      found.emplace_back(line);
    }
  }
  return found;
}

Result<bool> delete_run(Session& session, const JobRun& run, StepContext& context) {
  auto* client = TRY(session.cluster(context.stop));
  if (!TRY(client->remove(run.ref, {.propagation = "Foreground"}, call_of(context)))) {
    return false;
  }
  TRY(wait_until_gone(*client, {run.ref},
                      {.deadline = context.deadline, .stop = context.stop, .note = context.note}));
  return true;
}

}  // namespace dpctl
