// SPDX-License-Identifier: Apache-2.0
// Which components a profile wants, and which of them provides what another needs. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "platform/component.hpp"
#include "profile/profile.hpp"
#include "util/result.hpp"

namespace dpctl {

using Catalogue = std::map<std::string, Component>;  // by name

struct Selected {
  const Component* component = nullptr;
  // need → the name of the component that provides it; an optional need that nothing provides is
  // not in here
  std::map<std::string, std::string> providers;
};

/// The wanted components, each after all that it needs. Fails (invalid_input) on an unknown
/// component, on a need that nothing wanted provides (naming who could), on a capability that
/// several provide and none is picked for, on a cycle.
Result<std::vector<Selected>> select_components(const Profile& profile, const Catalogue& catalogue);

}  // namespace dpctl
