// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "cli/verbs.hpp"
#include "cli/walk.hpp"

namespace dpctl {

void add_clean_verb(CLI::App& app, CliContext& context) {
  auto* verb = app.add_subcommand("clean", "Take away all that setup made, and prove it");
  const auto options = std::make_shared<WalkVerb>();
  options->walk = Walk::clean;
  add_walk_options(*verb, *options);
  verb->add_flag("-y,--yes", options->consent.yes,
                 "Do not ask before acting on a cluster that is not a local one");
  verb->add_flag("--keep-data", options->consent.keep_data,
                 "Leave volumes in a cluster that stays");
  context.on_run(*verb, [&context, options] { return run_walk_verb(context, *options); });
}

}  // namespace dpctl
