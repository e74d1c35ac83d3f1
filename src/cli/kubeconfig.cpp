// SPDX-License-Identifier: Apache-2.0
// dpctl kubeconfig: the cluster's kubeconfig for other tools; the user's own is changed only on
// request.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "cli/load.hpp"
#include "cli/verbs.hpp"
#include "tools/kubectl.hpp"
#include "util/files.hpp"

namespace dpctl {

namespace {

std::filesystem::path users_kubeconfig() {
  const auto named = environment("KUBECONFIG");
  return named ? std::filesystem::path(named->substr(0, named->find(':')))
               : std::filesystem::path(environment("HOME").value_or("/")) / ".kube" / "config";
}

Result<> merge_into_users(const Kubectl& kubectl, const std::filesystem::path& own,
                          const ToolCall& call) {
  const auto users = users_kubeconfig();
  TRY(make_folder(users.parent_path(), 0700));
  const auto text = TRY(kubectl.merged({users, own}, call));
  TRY(write_file(users, text, 0600));
  fmt::print(stderr, "merged into {}\n", users.string());
  return {};
}

Result<ExitCode> give_kubeconfig(CliContext& context, const ProfileOptions& options, bool merge) {
  const auto platform = TRY(platform_of(context, options));
  Session& session = platform->session();
  const auto path = session.kubeconfig();
  const bool missing = !path.empty() && !read_file(path);
  if (missing) {
    return fail(ExitCode::unfit, platform->target().title + " has no kubeconfig here",
                "dpctl setup --profile " + options.profile);
  }
  const auto stop = context.interrupt().token();
  const Kubectl kubectl(TRY(session.program("kubectl", stop)));
  if (merge) {
    TRY(merge_into_users(kubectl, path, {.stop = stop}));
    return ExitCode::done;
  }
  fmt::print("{}", TRY(kubectl.extracted({.kubeconfig = path, .context = session.context()},
                                         {.stop = stop})));
  return ExitCode::done;
}

}  // namespace

void add_kubeconfig_verb(CLI::App& app, CliContext& context) {
  auto* verb =
      app.add_subcommand("kubeconfig", "Print the cluster's kubeconfig, or merge it into yours");
  const auto options = std::make_shared<ProfileOptions>();
  const auto merge = std::make_shared<bool>(false);
  add_profile_options(*verb, *options);
  verb->add_flag("--merge", *merge,
                 "Merge it into $KUBECONFIG or ~/.kube/config instead; the current context stays");
  context.on_run(*verb,
                 [&context, options, merge] { return give_kubeconfig(context, *options, *merge); });
}

}  // namespace dpctl
