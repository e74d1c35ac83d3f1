// SPDX-License-Identifier: Apache-2.0
#include "tools/tool_list.hpp"

#include <stop_token>
#include <string>
#include "tools/catalogue.hpp"
#include "tools/locate.hpp"
#include "tools/version.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {
namespace {

/// By platform: "pinned", "publisher" (its checksum file) or "nothing".
Json vouchers_of(const KnownTool& tool) {
  Json vouchers = Json::object();
  for (const auto& [platform, release] : tool.releases) {
    vouchers[platform] = !release.sha256.empty()         ? "pinned"
                         : !release.checksum_url.empty() ? "publisher"
                                                         : "nothing";
  }
  return vouchers;
}

std::string reason_of(const FoundTool& found) {
  if (found.state == ToolState::ok || !found.reason.empty()) {
    return found.reason;
  }
  return not_usable(found).message;
}

}  // namespace

Result<Json> tool_listing(ToolBox& tools, const std::stop_token& stop) {
  Json listing = Json::array();
  for (const auto& tool : tools.catalogue().tools()) {
    const auto found = TRY(tools.look(tool.name, stop));
    listing.push_back({{"name", tool.name},
                       {"purpose", tool.purpose},
                       {"wanted", to_string(tool.version)},
                       {"accepted", to_string(tool.accepted)},
                       {"state", to_string(found.state)},
                       {"version", found.version ? to_string(*found.version) : ""},
                       {"where", found.where.string()},
                       {"reason", reason_of(found)},
                       {"verifiedBy", vouchers_of(tool)},
                       {"builtByGo", tool.go.has_value()}});
  }
  return listing;
}

}  // namespace dpctl
