// SPDX-License-Identifier: Apache-2.0
#include "cli/consent.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <iostream>
#include <string>

#include "util/json.hpp"

namespace dpctl {

namespace {

// AWS's price of a control plane in standard support, everywhere; nodes are priced by type and
// region.
constexpr const char* control_plane_price = "0.10 USD an hour";

std::string what_it_costs(const ClusterSpec& cluster) {
  const auto& groups = array_at(cluster.eks, "nodeGroups");
  const std::string nodes = groups.empty()
                                ? fmt::format("{} nodes of type {}", cluster.workers,
                                              string_at(cluster.eks, "instanceType"))
                                : fmt::format("{} node groups of its own", groups.size());
  return fmt::format(
      "It costs money as long as it stands: {} for the control plane, and {} at AWS's price in {}.",
      control_plane_price, nodes, string_at(cluster.eks, "region"));
}

std::string announcement(Platform& platform, Walk walk) {
  const auto& cluster = platform.session().profile().cluster;
  const std::string doing =
      walk == Walk::clean ? "Take away all that dpctl made in the " : "Set up in the ";
  std::string text = doing + platform.target().title + ".";
  if (cluster.provider == Provider::eks) {
    text = (walk == Walk::clean ? "Delete the " : "Create (where it is not there) the ") +
           platform.target().title + ". " + what_it_costs(cluster);
  }
  return text;
}

}  // namespace

Result<> ask_consent(Platform& platform, Walk walk) {
  const bool changes = walk == Walk::setup || walk == Walk::clean;
  if (!changes || platform.session().consent().yes || platform.target().disposable) {
    return {};
  }
  const auto text = announcement(platform, walk);
  if (isatty(STDIN_FILENO) == 0) {
    return fail(ExitCode::refused,
                "this needs your consent, and there is no terminal to ask on: " + text,
                "add --yes where that is meant");
  }
  fmt::print(stderr, "{}\nGo on? [y/N] ", text);
  std::string answer;
  std::getline(std::cin, answer);
  if (answer == "y" || answer == "Y" || answer == "yes") {
    return {};
  }
  return fail(ExitCode::refused, "not done: the answer was not yes");
}

}  // namespace dpctl
