// SPDX-License-Identifier: Apache-2.0
// Laying one document over another while keeping, for every value, the place of the layer that it
// came from.
#pragma once

#include <string>

#include "profile/set_option.hpp"
#include "util/result.hpp"
#include "util/yaml.hpp"

namespace dpctl {

/// What a null in the upper layer does.
enum class Nulls {
  remove,             // the key goes
  keep_below_values,  // the same, but below /values a null stays: it removes a component's default
                      // later
};

/// Merges `over` into `base`: maps key by key, everything else is replaced.
void lay_over(YamlDocument& base, const YamlDocument& over, Nulls nulls = Nulls::keep_below_values);

/// Sets one value in place, making maps and lists as needed; `source` ("--set a.b=c") is its place
/// from then on. Fails with ExitCode::usage where the path goes through something that is no map or
/// list.
Result<> assign(YamlDocument& document, const Assignment& assignment, const std::string& source);

}  // namespace dpctl
