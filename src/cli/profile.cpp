// SPDX-License-Identifier: Apache-2.0
// dpctl profile list|show: the profiles that ship, and what one comes to with all overrides.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "cli/load.hpp"
#include "cli/verbs.hpp"
#include "util/yaml.hpp"

namespace dpctl {

void add_profile_verb(CLI::App& app, CliContext& context) {
  auto* verb = app.add_subcommand("profile", "The profiles that ship, and what one comes to");
  verb->require_subcommand(1);
  const auto options = std::make_shared<ProfileOptions>();
  const auto output = std::make_shared<std::string>();

  auto* list = verb->add_subcommand("list", "The names that --profile takes, besides paths");
  context.on_run(*list, [options]() -> Result<ExitCode> {
    for (const auto& name : profile_names(TRY(assets_of(*options)))) {
      fmt::print("{}\n", name);
    }
    return ExitCode::done;
  });

  auto* show =
      verb->add_subcommand("show", "The profile with all that it extends and all overrides merged");
  add_profile_options(*show, *options);
  add_output_option(*show, *output, {"yaml", "json"});
  context.on_run(*show, [options, output]() -> Result<ExitCode> {
    const auto profile = TRY(profile_of(*options));
    fmt::print("{}", *output == "json" ? dump(profile.document.value, 2) + "\n"
                                       : emit_yaml(profile.document.value));
    return ExitCode::done;
  });
}

}  // namespace dpctl
