// SPDX-License-Identifier: Apache-2.0
// The verbs of the command line, one file each.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/context.hpp"

namespace dpctl {

void add_setup_verb(CLI::App& app, CliContext& context);
void add_plan_verb(CLI::App& app, CliContext& context);
void add_status_verb(CLI::App& app, CliContext& context);
void add_clean_verb(CLI::App& app, CliContext& context);
void add_job_verb(CLI::App& app, CliContext& context);
void add_access_verb(CLI::App& app, CliContext& context);
void add_component_verb(CLI::App& app, CliContext& context);
void add_profile_verb(CLI::App& app, CliContext& context);
void add_render_verb(CLI::App& app, CliContext& context);
void add_template_verb(CLI::App& app, CliContext& context);
void add_tools_verb(CLI::App& app, CliContext& context);
void add_schema_verb(CLI::App& app, CliContext& context);
void add_kubeconfig_verb(CLI::App& app, CliContext& context);

}  // namespace dpctl
