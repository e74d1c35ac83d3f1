// SPDX-License-Identifier: Apache-2.0
#include "tools/catalogue.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/catalogue_reader.hpp"
#include "tools/version.hpp"
#include "util/error.hpp"
#include "util/result.hpp"
#include "util/text.hpp"
#include "util/yaml.hpp"

namespace dpctl {
namespace {

std::vector<std::string> names_of(std::span<const KnownTool> tools) {
  std::vector<std::string> names;
  std::transform(tools.begin(), tools.end(), std::back_inserter(names),
                 [](const KnownTool& tool) { return tool.name; });
  return names;
}

}  // namespace

const BrokenVersion* KnownTool::broken_as(const ToolVersion& found) const {
  const auto same = std::find_if(broken.begin(), broken.end(),
                                 [&](const BrokenVersion& bad) { return bad.version == found; });
  return same == broken.end() ? nullptr : &*same;
}

Result<const KnownTool*> ToolCatalogue::find(std::string_view name) const {
  const auto found = std::find_if(tools_.begin(), tools_.end(),
                                  [&](const KnownTool& tool) { return tool.name == name; });
  if (found == tools_.end()) {
    const auto names = names_of(tools_);
    return fail(ExitCode::usage,
                "no tool '" + std::string(name) + "' in the catalogue" + did_you_mean(name, names),
                "there are " + join(names, ", "));
  }
  return &*found;
}

Result<std::vector<const KnownTool*>> ToolCatalogue::tools_for(std::string_view provider) const {
  const auto entry = providers_.find(std::string(provider));
  if (entry == providers_.end()) {
    std::vector<std::string> names;
    names.reserve(providers_.size());
    for (const auto& [name, tools] : providers_) {
      names.push_back(name);
    }
    return fail(ExitCode::usage,
                "no provider '" + std::string(provider) + "'" + did_you_mean(provider, names),
                "there are " + join(names, ", "));
  }
  std::vector<const KnownTool*> tools;
  tools.reserve(entry->second.size());
  for (const auto& name : entry->second) {
    tools.push_back(TRY(find(name)));
  }
  return tools;
}

Result<ToolCatalogue> parse_tool_catalogue(std::string_view text, std::string_view file) {
  const auto document = TRY(parse_yaml_document(text, file));
  return detail::CatalogueReader(document).read();
}

std::string this_platform() {
#if defined(__APPLE__)
  const std::string system = "darwin";
#else
  const std::string system = "linux";
#endif
#if defined(__aarch64__)
  return system + "-arm64";
#else
  return system + "-amd64";
#endif
}

}  // namespace dpctl
