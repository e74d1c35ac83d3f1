// SPDX-License-Identifier: Apache-2.0
#include "platform/component_steps.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace dpctl {

namespace {

bool has_crds(const Rendered& rendered) {
  return rendered.component->crds.from_chart || !rendered.crds.empty();
}

// The steps of one component, chained; `after` is what its first steps need. Appends to `steps`,
// returns the last one's id.
std::string append_steps(Session& session, const Rendered& rendered, std::vector<std::string> after,
                         std::vector<Step>& steps) {
  std::vector<std::string> ends = after;
  const auto add = [&steps](Step step, const std::vector<std::string>& needs) {
    step.needs = needs;
    steps.push_back(std::move(step));
    return std::vector<std::string>{steps.back().id};
  };
  // CRDs and objects do not need one another: they go side by side.
  if (has_crds(rendered)) {
    ends = add(crds_step(session, rendered), after);
  }
  if (!rendered.objects.empty()) {
    const auto objects = add(objects_step(session, rendered), after);
    ends = has_crds(rendered) ? std::vector<std::string>{ends.front(), objects.front()} : objects;
  }
  if (rendered.component->chart) {
    ends = add(chart_step(session, rendered), ends);
  }
  ends = add(ready_step(session, rendered), ends);
  // A custom resource may need the webhook of its operator: it comes after the workloads are ready.
  if (!rendered.resources.empty() || has_crds(rendered)) {
    ends = add(resources_step(session, rendered), ends);
  }
  return ends.front();
}

}  // namespace

std::vector<Step> component_steps(Session& session, const std::vector<Rendered>& rendered,
                                  const std::string& base) {
  std::vector<Step> steps;
  std::map<std::string, std::string> last;  // component → the id of its last step
  for (const auto& one : rendered) {
    std::vector<std::string> after = {base};
    for (const auto& provider : one.providers) {
      after.push_back(last[provider]);
    }
    last[one.component->name] = append_steps(session, one, std::move(after), steps);
  }
  return steps;
}

}  // namespace dpctl
