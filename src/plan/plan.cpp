// SPDX-License-Identifier: Apache-2.0
#include "plan/plan.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "util/text.hpp"

namespace dpctl {

namespace {

using Indices = std::vector<std::size_t>;

Result<std::map<std::string, std::size_t>> index_by_id(const std::vector<Step>& steps) {
  std::map<std::string, std::size_t> index;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!index.emplace(steps[i].id, i).second) {
      return fail(ExitCode::invalid_input, "two steps are called '" + steps[i].id + "'");
    }
  }
  return index;
}

Result<std::vector<Indices>> resolve_needs(const std::vector<Step>& steps) {
  const auto index = TRY(index_by_id(steps));
  std::vector<std::string> ids;
  for (const auto& [id, _] : index) {
    ids.push_back(id);
  }
  std::vector<Indices> needs(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (const auto& need : steps[i].needs) {
      const auto found = index.find(need);
      if (found == index.end()) {
        return fail(ExitCode::invalid_input, "'" + steps[i].id + "' needs '" + need +
                                                 "', which no step provides" +
                                                 did_you_mean(need, ids));
      }
      needs[i].push_back(found->second);
    }
  }
  return needs;
}

// Depth-first over needs; `order` gets each step after all that it needs.
class Sorter {
 public:
  explicit Sorter(const std::vector<Indices>& needs)
      : needs_(needs), mark_(needs.size(), Mark::fresh) {}

  // False where a cycle was met; `path` then holds it, first and last being the same.
  bool visit(std::size_t step) {
    if (mark_[step] == Mark::done) {
      return true;
    }
    path.push_back(step);
    if (mark_[step] == Mark::open) {
      path.erase(path.begin(), std::ranges::find(path, step));
      return false;
    }
    mark_[step] = Mark::open;
    for (const auto need : needs_[step]) {
      if (!visit(need)) {
        return false;
      }
    }
    mark_[step] = Mark::done;
    order.push_back(step);
    path.pop_back();
    return true;
  }

  Indices order;
  Indices path;

 private:
  enum class Mark : unsigned char { fresh, open, done };
  const std::vector<Indices>& needs_;
  std::vector<Mark> mark_;
};

Result<Indices> topological_order(const std::vector<Step>& steps,
                                  const std::vector<Indices>& needs) {
  Sorter sorter(needs);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (sorter.visit(i)) {
      continue;
    }
    std::vector<std::string> names;
    for (const auto step : sorter.path) {
      names.push_back(steps[step].id);
    }
    return fail(ExitCode::invalid_input, "these steps need one another: " + join(names, " → "));
  }
  return sorter.order;
}

}  // namespace

Result<Plan> make_plan(std::vector<Step> steps) {
  const auto needs = TRY(resolve_needs(steps));
  const auto order = TRY(topological_order(steps, needs));
  Indices place(steps.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
  }
  Plan plan;
  plan.needs.resize(steps.size());
  plan.dependents.resize(steps.size());
  for (const auto old : order) {
    const std::size_t now = plan.steps.size();
    plan.steps.push_back(std::move(steps[old]));
    std::set<std::size_t> distinct;
    for (const auto need : needs[old]) {
      distinct.insert(place[need]);
    }
    plan.needs[now].assign(distinct.begin(), distinct.end());
    for (const auto need : distinct) {
      plan.dependents[need].push_back(now);
    }
  }
  return plan;
}

}  // namespace dpctl
