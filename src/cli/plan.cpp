// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "cli/verbs.hpp"
#include "cli/walk.hpp"

namespace dpctl {

void add_plan_verb(CLI::App& app, CliContext& context) {
  auto* verb = app.add_subcommand("plan", "Tell what setup would do, and why; change nothing");
  const auto options = std::make_shared<WalkVerb>();
  options->walk = Walk::plan;
  const auto tell = std::make_shared<bool>(false);
  add_walk_options(*verb, *options);
  verb->add_flag("--exit-code", *tell, "Exit with 8 where setup would change something");
  context.on_run(*verb, [&context, options, tell]() -> Result<ExitCode> {
    const auto code = TRY(run_walk_verb(context, *options));
    return code == ExitCode::not_desired_state && !*tell ? ExitCode::done : code;
  });
}

}  // namespace dpctl
