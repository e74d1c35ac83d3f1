// SPDX-License-Identifier: Apache-2.0
// Parses the command line, runs the verb, prints its error, returns its exit code.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "cli/verbs.hpp"
#include "util/error.hpp"
#include "util/text.hpp"

namespace {

using dpctl::ExitCode;

void add_verbs(CLI::App& app, dpctl::CliContext& context) {
  dpctl::add_setup_verb(app, context);
  dpctl::add_plan_verb(app, context);
  dpctl::add_status_verb(app, context);
  dpctl::add_clean_verb(app, context);
  dpctl::add_job_verb(app, context);
  dpctl::add_access_verb(app, context);
  dpctl::add_component_verb(app, context);
  dpctl::add_profile_verb(app, context);
  dpctl::add_render_verb(app, context);
  dpctl::add_template_verb(app, context);
  dpctl::add_tools_verb(app, context);
  dpctl::add_schema_verb(app, context);
  dpctl::add_kubeconfig_verb(app, context);
}

// CLI11 says only that a verb is missing or superfluous; this names the one that was probably
// meant.
std::string verb_hint(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || std::string(argv[1]).starts_with('-')) {
    return "";
  }
  std::vector<std::string> names;
  for (const auto* verb : app.get_subcommands({})) {
    names.push_back(verb->get_name());
    if (verb->get_name() == argv[1]) {
      return "";
    }
  }
  return fmt::format("unknown verb '{}'{}", argv[1], dpctl::did_you_mean(argv[1], names));
}

int usage_error(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
    return app.exit(error);  // --help, --version
  }
  const auto hint = verb_hint(app, argc, argv);
  fmt::print(stderr, "dpctl: {}\nhint: dpctl --help, or dpctl VERB --help\n",
             hint.empty() ? error.what() : hint);
  return static_cast<int>(ExitCode::usage);
}

int run(int argc, char** argv) {
  CLI::App app("Brings a data platform up on Kubernetes, tells how it stands, and takes it away.",
               "dpctl");
  dpctl::CliContext context;
  context.version = DPCTL_VERSION;
  app.set_version_flag("--version", "dpctl " + context.version);
  app.require_subcommand(1);
  add_verbs(app, context);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error, argc, argv);
  }
  const auto code = context.run(app);
  if (!code) {
    fmt::print(stderr, "dpctl: {}\n", dpctl::full_text(code.error()));
  }
  return static_cast<int>(code ? *code : code.error().code);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    // Every library that throws is wrapped where it is used: what arrives here is a bug of dpctl.
    std::fprintf(stderr, "dpctl: internal error: %s\n", error.what());
    return static_cast<int>(ExitCode::bug);
  }
}
