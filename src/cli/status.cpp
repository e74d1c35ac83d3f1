// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "cli/verbs.hpp"
#include "cli/walk.hpp"

namespace dpctl {

void add_status_verb(CLI::App& app, CliContext& context) {
  auto* verb = app.add_subcommand(
      "status", "Tell what stands, what does not, and why; exit with 8 where something does not");
  const auto options = std::make_shared<WalkVerb>();
  options->walk = Walk::status;
  add_walk_options(*verb, *options);
  context.on_run(*verb, [&context, options] { return run_walk_verb(context, *options); });
}

}  // namespace dpctl
