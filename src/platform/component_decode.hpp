// SPDX-License-Identifier: Apache-2.0
// Makes a Component of a component.yaml that its schema has passed.
#pragma once

#include <string>

#include "platform/component.hpp"
#include "profile/assets.hpp"
#include "util/result.hpp"
#include "util/yaml.hpp"

namespace dpctl {

/// The typed component. `folder` is where its file lies ("templates/spark"); file names become
/// asset paths. Fails (invalid_input) with file:line:column where a file that it names is not
/// there.
Result<Component> decode_component(YamlDocument document, const std::string& folder,
                                   const Assets& assets);

}  // namespace dpctl
