// SPDX-License-Identifier: Apache-2.0
#include "platform/job_rules.hpp"

#include <string>
#include <string_view>

#include "profile/evaluate.hpp"
#include "util/yaml.hpp"

namespace dpctl {

namespace {

SourcePos place_of(const Job& job, std::string_view part) {
  return job.component->component->document.position("/jobs/" + job.name + "/" + std::string(part));
}

// A string of component.yaml with ${…} in it.
Result<std::string> interpolated(const std::string& text, const Json& context,
                                 const SourcePos& where) {
  const YamlDocument document{.value = text, .file = where.file, .positions = {{"", where}}};
  const auto value = TRY(evaluate(document, context));
  if (!value || !value->is_string()) {
    Error error = make_error(ExitCode::invalid_input, "must give a string");
    error.where = where;
    return fail(std::move(error));
  }
  return value->get<std::string>();
}

}  // namespace

Result<std::string> job_namespace(const Job& job) {
  const auto& own = job.component->component->ns;
  return job.spec->ns.empty()
             ? own
             : interpolated(job.spec->ns, job.component->context, place_of(job, "namespace"));
}

JobState job_state(const Job& job, const Json& object) {
  if (holds(job.spec->done, object, place_of(job, "done"))) {
    return JobState::succeeded;
  }
  return holds(job.spec->failed, object, place_of(job, "failed")) ? JobState::failed
                                                                  : JobState::running;
}

Result<std::string> job_text(const Job& job, const std::string& expression, const Json& object) {
  const auto value =
      TRY(evaluate_expression(expression, {{"object", object}}, place_of(job, "logs")));
  return value.is_string() ? value.get<std::string>() : dump(value);
}

Result<std::string> pod_selector(const JobRun& run) {
  Json context = run.job.component->context;
  context["job"] = {{"name", run.ref.name}, {"namespace", run.ref.ns}, {"args", Json::array()}};
  return interpolated(run.job.spec->selector, context, place_of(run.job, "follow"));
}

JobStatus status_of_run(const Job& job, const Json& object) {
  JobStatus status{
      .run = {.job = job, .ref = {}}, .state = JobState::running, .reason = {}, .created = {}};
  if (const auto ref = ref_of(object)) {
    status.run.ref = *ref;
  }
  status.created = string_at(object, "metadata.creationTimestamp");
  status.state = job_state(job, object);
  if (status.state == JobState::failed) {
    status.reason = job_text(job, job.spec->reason, object).value_or("");
  }
  return status;
}

std::string_view to_string(JobState state) {
  switch (state) {
    case JobState::running:
      return "running";
    case JobState::succeeded:
      return "succeeded";
    case JobState::failed:
      return "failed";
  }
  return "running";
}

}  // namespace dpctl
