// SPDX-License-Identifier: Apache-2.0
#include "cli/walk.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/consent.hpp"
#include "cli/load.hpp"
#include "kube/lease.hpp"
#include "plan/journal.hpp"
#include "plan/runner.hpp"
#include "plan/timings.hpp"
#include "platform/leftovers.hpp"
#include "ui/reporter_factory.hpp"
#include "util/files.hpp"

namespace dpctl {

namespace {

namespace fs = std::filesystem;

bool changes_things(Walk walk) { return walk == Walk::setup || walk == Walk::clean; }

// A folder of logs per run; the one before is kept, older ones are not.
Result<fs::path> fresh_log_folder(const fs::path& state) {
  std::error_code ignored;
  fs::remove_all(state / "logs.old", ignored);
  fs::rename(state / "logs", state / "logs.old", ignored);
  TRY(make_folder(state / "logs", 0700));
  return state / "logs";
}

Result<WalkOptions> options_of(CliContext& context, const WalkVerb& verb, Platform& platform) {
  WalkOptions options{.walk = verb.walk, .jobs = verb.jobs};
  options.run.profile = platform.session().profile().name;
  options.run.cluster = platform.target().title;
  options.stop = context.interrupt().token();
  options.signal = [&context] { return context.interrupt().signal(); };
  if (changes_things(verb.walk)) {
    options.logs = TRY(fresh_log_folder(platform.session().folder()));
  }
  return options;
}

// What clean must end with: nothing that carries the profile's labels, and no state.
Result<> prove_clean(Platform& platform, Reporter& reporter, std::stop_token stop) {
  Session& session = platform.session();
  std::vector<std::string> left;
  if (!platform.target().disposable && session.cluster_there()) {
    StepContext step{.stop = stop,
                     .note = [](const std::string&) {},
                     .deadline = std::chrono::steady_clock::now() + std::chrono::minutes(2),
                     .log = {}};
    TRY(remove_system_namespace(session, step));
    left = TRY(leftovers(session, {.stop = std::move(stop)}));
  }
  session.disconnect();
  for (const auto& object : TRY(platform.target().leftovers())) {
    left.push_back(object);
  }
  if (left.empty()) {
    std::error_code ignored;
    fs::remove_all(session.folder(), ignored);
    return {};
  }
  for (const auto& object : left) {
    reporter.message(Level::error, "left behind: " + object);
  }
  return fail(
      ExitCode::step_failed, fmt::format("{} things are left behind", left.size()),
      "run dpctl clean again; what stays then is held by its finalizers or by another tool");
}

}  // namespace

void add_walk_options(CLI::App& verb, WalkVerb& options) {
  add_profile_options(verb, options.profile);
  add_output_option(verb, options.output, {"auto", "terminal", "plain", "json"});
  verb.add_option("-j,--jobs", options.jobs, "Steps at a time")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  verb.add_option("--timings", options.timings,
                  "Write a chart of the run as an HTML page to this file");
}

Result<ExitCode> run_walk_verb(CliContext& context, const WalkVerb& verb) {
  const auto platform = TRY(platform_of(context, verb.profile, verb.consent));
  TRY(ask_consent(*platform, verb.walk));
  const fs::path& folder = platform->session().folder();
  std::optional<FileLock> lock;
  if (changes_things(verb.walk)) {
    lock.emplace(TRY(FileLock::acquire(folder / "lock", lease_holder())));
  }
  const auto plan = TRY(platform->plan(verb.walk));
  const auto options = TRY(options_of(context, verb, *platform));
  const auto reporter = make_reporter(*parse_output(verb.output));
  Journal journal(folder / "journal.jsonl");
  const auto summary = run_walk(plan, options, *reporter, journal);
  if (!verb.timings.empty()) {
    TRY(write_timings_html(summary, verb.timings, needs_of(plan)));
  }
  if (verb.walk == Walk::clean && summary.exit_code() == ExitCode::done) {
    TRY(prove_clean(*platform, *reporter, options.stop));
  }
  return summary.exit_code();
}

}  // namespace dpctl
