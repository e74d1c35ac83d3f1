// SPDX-License-Identifier: Apache-2.0
#include "platform/capabilities.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "util/text.hpp"

namespace dpctl {

namespace {

bool provides(const Component& component, const std::string& need) {
  return component.name == need || component.provides.contains(need);
}

std::vector<std::string> providers_among(const std::vector<const Component*>& components,
                                         const std::string& need) {
  std::vector<std::string> names;
  for (const auto* component : components) {
    if (provides(*component, need)) {
      names.push_back(component->name);
    }
  }
  return names;
}

std::vector<const Component*> all_of(const Catalogue& catalogue) {
  std::vector<const Component*> components;
  for (const auto& [_, component] : catalogue) {
    components.push_back(&component);
  }
  return components;
}

Result<> check_target(const Profile& profile, const Component& component) {
  const auto& targets = component.targets;
  if (targets.empty() || std::ranges::find(targets, profile.cluster.provider) != targets.end()) {
    return {};
  }
  std::vector<std::string> names;
  for (const auto target : targets) {
    names.emplace_back(to_string(target));
  }
  Error error = make_error(
      ExitCode::invalid_input,
      "component " + component.name + " cannot run on " +
          std::string(to_string(profile.cluster.provider)),
      "it runs on: " + join(names, ", ") + "; leave it out with --without " + component.name);
  error.where = profile.document.position("/components/" + component.name);
  return fail(std::move(error));
}

Result<std::vector<const Component*>> wanted_components(const Profile& profile,
                                                        const Catalogue& catalogue) {
  std::vector<const Component*> wanted;
  for (const auto& [name, on] : profile.components) {
    const auto found = catalogue.find(name);
    if (found == catalogue.end()) {
      std::vector<std::string> names;
      for (const auto& [known, _] : catalogue) {
        names.push_back(known);
      }
      Error error = make_error(ExitCode::invalid_input,
                               "unknown component '" + name + "'" + did_you_mean(name, names),
                               "components: " + join(names, ", "));
      error.where = profile.document.position("/components/" + name);
      return fail(std::move(error));
    }
    if (on) {
      TRY(check_target(profile, found->second));
      wanted.push_back(&found->second);
    }
  }
  return wanted;
}

Error missing_provider(const Component& component, const std::string& need,
                       const Catalogue& catalogue) {
  const auto could = providers_among(all_of(catalogue), need);
  return make_error(ExitCode::invalid_input,
                    component.name + " needs '" + need + "', which no wanted component provides",
                    could.empty() ? "no component of the catalogue provides it"
                                  : "add one of: --with " + join(could, ", --with "));
}

// The component that provides `need` to `component`; nothing where none of the wanted does.
Result<std::optional<std::string>> provider_of(const Component& component, const std::string& need,
                                               const Profile& profile,
                                               const std::vector<const Component*>& wanted) {
  const auto candidates = providers_among(wanted, need);
  const auto picked = profile.providers.find(need);
  if (picked != profile.providers.end()) {
    if (std::ranges::find(candidates, picked->second) == candidates.end()) {
      Error error =
          make_error(ExitCode::invalid_input,
                     "providers." + need + " picks '" + picked->second +
                         "', which is not wanted or does not provide it",
                     candidates.empty() ? "" : "wanted and able: " + join(candidates, ", "));
      error.where = profile.document.position("/providers/" + need);
      return fail(std::move(error));
    }
    return picked->second;
  }
  if (candidates.size() > 1) {
    return fail(ExitCode::invalid_input,
                component.name + " needs '" + need +
                    "', which several components provide: " + join(candidates, ", "),
                "pick one: --set providers." + need + "=" + candidates.front());
  }
  return candidates.empty() ? std::nullopt : std::optional(candidates.front());
}

Result<Selected> connect(const Component& component, const Profile& profile,
                         const Catalogue& catalogue, const std::vector<const Component*>& wanted) {
  Selected selected{.component = &component, .providers = {}};
  for (const auto& need : component.needs) {
    const auto provider = TRY(provider_of(component, need, profile, wanted));
    if (!provider) {
      return fail(missing_provider(component, need, catalogue));
    }
    selected.providers[need] = *provider;
  }
  for (const auto& need : component.optional) {
    if (const auto provider = TRY(provider_of(component, need, profile, wanted))) {
      selected.providers[need] = *provider;
    }
  }
  return selected;
}

// Depth-first, so that each component comes after its providers; `path` names a cycle.
class Orderer {
 public:
  explicit Orderer(std::map<std::string, Selected> selected) : selected_(std::move(selected)) {}

  Result<std::vector<Selected>> order() {
    for (const auto& [name, _] : selected_) {
      TRY(visit(name));
    }
    return std::move(ordered_);
  }

 private:
  Result<> visit(const std::string& name) {
    if (done_[name]) {
      return {};
    }
    const auto met = std::ranges::find(path_, name);
    const bool is_cycle = met != path_.end();
    path_.erase(path_.begin(), is_cycle ? met : path_.begin());
    path_.push_back(name);
    if (is_cycle) {
      return fail(ExitCode::invalid_input,
                  "these components need one another: " + join(path_, " → "));
    }
    for (const auto& [_, provider] : selected_[name].providers) {
      TRY(visit(provider));
    }
    path_.pop_back();
    done_[name] = true;
    ordered_.push_back(selected_[name]);
    return {};
  }

  std::map<std::string, Selected> selected_;
  std::map<std::string, bool> done_;
  std::vector<std::string> path_;
  std::vector<Selected> ordered_;
};

}  // namespace

Result<std::vector<Selected>> select_components(const Profile& profile,
                                                const Catalogue& catalogue) {
  const auto wanted = TRY(wanted_components(profile, catalogue));
  std::map<std::string, Selected> selected;
  for (const auto* component : wanted) {
    selected[component->name] = TRY(connect(*component, profile, catalogue, wanted));
  }
  return Orderer(std::move(selected)).order();
}

}  // namespace dpctl
