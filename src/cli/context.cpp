// SPDX-License-Identifier: Apache-2.0
#include "cli/context.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "util/result.hpp"

namespace dpctl {

CliContext::CliContext() : interrupt_([this] { processes_.kill_all(); }) {}

void CliContext::on_run(CLI::App& verb, std::function<Result<ExitCode>()> body) {
  bodies_[&verb] = std::move(body);
}

Result<ExitCode> CliContext::run(const CLI::App& app) const {
  const auto chosen = app.get_subcommands();
  if (!chosen.empty()) {
    return run(*chosen.front());
  }
  const auto body = bodies_.find(&app);
  if (body == bodies_.end()) {
    return fail(ExitCode::usage, "nothing to do");
  }
  return body->second();
}

void add_profile_options(CLI::App& verb, ProfileOptions& options) {
  verb.add_option("-p,--profile", options.profile,
                  "Profile: a name that ships, or a path to a file")
      ->envname("DPCTL_PROFILE")
      ->capture_default_str();
  verb.add_option("-f,--values", options.files,
                  "File whose content goes over the profile (repeatable)")
      ->allow_extra_args(false);
  verb.add_option("--set", options.set, "Change one value: cluster.workers=1 (repeatable)")
      ->allow_extra_args(false);
  verb.add_option("--set-string", options.set_string, "As --set, but the value stays a string")
      ->allow_extra_args(false);
  verb.add_option("--with", options.with, "Components to add: kafka,marquez")
      ->delimiter(',')
      ->allow_extra_args(false);
  verb.add_option("--without", options.without, "Components to leave out")
      ->delimiter(',')
      ->allow_extra_args(false);
  verb.add_option("--assets", options.assets,
                  "Folder whose templates/ and profiles/ override the built-in ones")
      ->envname("DPCTL_ASSETS");
}

void add_output_option(CLI::App& verb, std::string& output,
                       const std::vector<std::string>& formats) {
  output = formats.front();
  verb.add_option("-o,--output", output, "Output format")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
}

}  // namespace dpctl
