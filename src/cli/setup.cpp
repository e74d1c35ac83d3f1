// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "cli/verbs.hpp"
#include "cli/walk.hpp"

namespace dpctl {

void add_setup_verb(CLI::App& app, CliContext& context) {
  auto* verb = app.add_subcommand(
      "setup", "Make the cluster and all parts of the platform; change only what differs");
  const auto options = std::make_shared<WalkVerb>();
  options->walk = Walk::setup;
  add_walk_options(*verb, *options);
  verb->add_flag("-y,--yes", options->consent.yes,
                 "Do not ask before acting on a cluster that is not a local one");
  verb->add_flag_callback(
      "--take-over", [options] { options->consent.on_conflict = OnConflict::take_over; },
      "Take fields that another tool set, instead of reporting the conflict");
  context.on_run(*verb, [&context, options] { return run_walk_verb(context, *options); });
}

}  // namespace dpctl
