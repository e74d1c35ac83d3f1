// SPDX-License-Identifier: Apache-2.0
// What every verb shares: the options that several verbs take, and the processes and signals of
// this run.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "util/interrupt.hpp"
#include "util/process.hpp"
#include "util/result.hpp"

namespace dpctl {

/// Options that choose and change a profile; see add_profile_options.
struct ProfileOptions {
  std::string profile = "kind";
  std::vector<std::string> files;       // -f
  std::vector<std::string> set;         // --set
  std::vector<std::string> set_string;  // --set-string
  std::vector<std::string> with;        // --with
  std::vector<std::string> without;     // --without
  std::filesystem::path assets;         // --assets
};

class CliContext {
 public:
  CliContext();

  /// Registers what a verb does once its options are parsed. The body's Error becomes main's
  /// message and exit code.
  void on_run(CLI::App& verb, std::function<Result<ExitCode>()> body);

  /// Runs the body of the verb that was parsed.
  Result<ExitCode> run(const CLI::App& app) const;

  Processes& processes() { return processes_; }
  Interrupt& interrupt() { return interrupt_; }
  std::string version;  // of dpctl itself

 private:
  Processes processes_;
  Interrupt interrupt_;
  std::map<const CLI::App*, std::function<Result<ExitCode>()>> bodies_;
};

/// --profile/-p, -f, --set, --set-string, --with, --without and --assets.
void add_profile_options(CLI::App& verb, ProfileOptions& options);

/// -o with the given formats, the first being the default; another one is a usage error.
void add_output_option(CLI::App& verb, std::string& output,
                       const std::vector<std::string>& formats);

}  // namespace dpctl
