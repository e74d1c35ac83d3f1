// SPDX-License-Identifier: Apache-2.0
// dpctl access grant|revoke|list: who may do what on the platform.
#include "platform/access.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/load.hpp"
#include "cli/table.hpp"
#include "cli/verbs.hpp"
#include "platform/access_kubeconfig.hpp"
#include "util/text.hpp"
#include "util/yaml.hpp"

namespace dpctl {

namespace {

struct AccessOptions {
  ProfileOptions profile;
  std::string user;
  std::string role;
  std::string via;
  std::string duration = "24h";
  std::string output;
};

// The platform and its part that this verb works on.
struct Loaded {
  std::unique_ptr<Platform> platform;
  const Rendered* access = nullptr;

  Session& session() const { return platform->session(); }
};

enum class Purpose { look, change };

Result<Loaded> load(CliContext& context, const ProfileOptions& options) {
  Loaded loaded{.platform = TRY(platform_of(context, options)), .access = nullptr};
  loaded.access = loaded.platform->find(std::string(access_component));
  if (loaded.access == nullptr) {
    const auto& profile = loaded.session().profile().name;
    return fail(ExitCode::invalid_input, fmt::format("profile {} has no component access", profile),
                fmt::format("dpctl setup --profile {} --with access", profile));
  }
  return loaded;
}

// The same look at the cluster that setup takes first: it is the profile's own, and it answers.
Result<> find_cluster(Platform& platform, const std::stop_token& stop) {
  StepContext context{.stop = stop,
                      .note = [](const std::string&) {},
                      .deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1),
                      .log = {}};
  std::vector<std::string> reasons;
  for (const auto& step : platform.target().steps) {
    const auto state = TRY(step.check(context));
    reasons.insert(reasons.end(), state.reasons.begin(), state.reasons.end());
  }
  if (!platform.session().cluster_there()) {
    return fail(ExitCode::unfit,
                fmt::format("{}{}{}", platform.target().title,
                            reasons.empty() ? " is not there" : ": ", join(reasons, ", ")),
                "dpctl setup --profile " + platform.session().profile().name);
  }
  return {};
}

// The cluster of a platform; for a change, with the lock that setup and clean take too.
Result<AccessScope> connect(const Loaded& loaded, Purpose purpose, const Call& call) {
  auto& session = loaded.session();
  TRY(find_cluster(*loaded.platform, call.stop));
  if (purpose == Purpose::change) {
    TRY(session.lock_cluster(call));
  }
  return AccessScope{.client = TRY(session.cluster(call.stop)),
                     .inventory = TRY(session.inventory(call)),
                     .profile = session.profile().name};
}

Result<ClusterEntry> cluster_entry_of(Session& session, const std::stop_token& stop) {
  const KubeconfigSource source{.kubectl = TRY(session.tool("kubectl", stop)),
                                .kubeconfig = session.kubeconfig(),
                                .context = session.context()};
  return read_cluster_entry(session.exec(), source, stop);
}

// The only copy of the credentials: a write that failed must not look like a grant that was handed
// out.
Result<> print_once(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    return fail(ExitCode::step_failed, "the kubeconfig could not be written to stdout");
  }
  return {};
}

// All that can be told without the cluster.
Result<AccessRequest> request_of(const AccessOptions& options, const Loaded& loaded) {
  AccessRequest request{
      .user = options.user, .way = {}, .duration = TRY(access_duration(options.duration))};
  request.way = TRY(access_way(options.via, loaded.session().profile().cluster.provider));
  TRY(check_access_user(request.user, request.way));
  return request;
}

void tell_granted(const AccessRequest& request, const AccessRole& role, const std::string& until) {
  fmt::print(
      stderr, "dpctl: {} has the role {} in {} until {}{}\n", request.user, role.name,
      join(role.namespaces, ", "), until,
      request.way == AccessWay::token ? "" : "; a certificate cannot be revoked before that");
}

Result<ExitCode> grant(CliContext& context, const AccessOptions& options) {
  const auto loaded = TRY(load(context, options.profile));
  const auto request = TRY(request_of(options, loaded));
  const auto roles = TRY(access_roles(*loaded.access));
  const auto role = TRY(find_access_role(roles, options.role));

  const Call call{.stop = context.interrupt().token()};
  const auto scope = TRY(connect(loaded, Purpose::change, call));
  TRY(check_access_is_set_up(scope, role, call));
  const auto cluster = TRY(cluster_entry_of(loaded.session(), call.stop));
  const auto give = request.way == AccessWay::token ? grant_token : grant_certificate;
  const auto credentials = TRY(give(scope, request, role, call));
  TRY(print_once(emit_yaml(
      user_kubeconfig(cluster, request.user, role.namespaces.front(), credentials.user))));
  tell_granted(request, role, credentials.until);
  return ExitCode::done;
}

Error still_certified(const std::vector<AccessGrant>& certificates) {
  std::string message = "Kubernetes cannot revoke a certificate:";
  for (const auto& grant : certificates) {
    message +=
        fmt::format("\n  {} keeps the role {} until {}", grant.user, grant.role, grant.until);
  }
  return make_error(
      ExitCode::refused, std::move(message),
      "to end it sooner, take the roles from everybody (dpctl setup --without access) or make the "
      "cluster "
      "anew (dpctl clean, dpctl setup); what --via token grants can be revoked at once");
}

Result<ExitCode> revoke(CliContext& context, const AccessOptions& options) {
  const auto loaded = TRY(load(context, options.profile));
  const Call call{.stop = context.interrupt().token()};
  const auto scope = TRY(connect(loaded, Purpose::change, call));
  const auto revoked = TRY(revoke_access(scope, options.user, utc_now(), call));
  if (revoked.token) {
    fmt::print(stderr, "dpctl: the service account of {} is gone, and its tokens with it\n",
               options.user);
  }
  if (!revoked.certificates.empty()) {
    return fail(still_certified(revoked.certificates));
  }
  return ExitCode::done;
}

Json description_of(const std::vector<AccessGrant>& grants) {
  Json all = Json::array();
  for (const auto& grant : grants) {
    all.push_back({{"user", grant.user},
                   {"role", grant.role},
                   {"via", to_string(grant.way)},
                   {"until", grant.until}});
  }
  return all;
}

Result<ExitCode> list(CliContext& context, const AccessOptions& options) {
  const auto loaded = TRY(load(context, options.profile));
  const Call call{.stop = context.interrupt().token()};
  const auto scope = TRY(connect(loaded, Purpose::look, call));
  const auto now = utc_now();
  const auto grants = TRY(list_access(scope, now, call));
  std::vector<Row> rows;
  for (const auto& grant : grants) {
    const bool over = grant.until <= now;
    rows.push_back({grant.user, grant.role, std::string(to_string(grant.way)),
                    grant.until + (over ? " (over)" : "")});
  }
  fmt::print("{}", options.output == "json"   ? dump(description_of(grants), 2) + "\n"
                   : options.output == "yaml" ? emit_yaml(description_of(grants))
                                              : table({"USER", "ROLE", "VIA", "UNTIL"}, rows));
  return ExitCode::done;
}

void add_grant(CLI::App& verb, CliContext& context) {
  const auto options = std::make_shared<AccessOptions>();
  auto* grant_verb =
      verb.add_subcommand("grant", "Print a kubeconfig that lets a user work on the platform");
  grant_verb->add_option("USER", options->user, "Name of the user")->required();
  grant_verb->add_option("--role", options->role, "What the user may do: view, edit or admin")
      ->required();
  grant_verb->add_option("--via", options->via,
                         "How: csr (a certificate) or token (a service account, can be revoked); "
                         "default: csr, on eks token");
  grant_verb->add_option("--duration", options->duration, "How long: 24h, 90m, 7d")
      ->capture_default_str();
  add_profile_options(*grant_verb, options->profile);
  add_output_option(*grant_verb, options->output, {"kubeconfig"});
  context.on_run(*grant_verb, [&context, options] { return grant(context, *options); });
}

void add_revoke(CLI::App& verb, CliContext& context) {
  const auto options = std::make_shared<AccessOptions>();
  auto* revoke_verb =
      verb.add_subcommand("revoke", "Remove a user's service account: its tokens die at once");
  revoke_verb->add_option("USER", options->user, "Name of the user")->required();
  add_profile_options(*revoke_verb, options->profile);
  context.on_run(*revoke_verb, [&context, options] { return revoke(context, *options); });
}

void add_list(CLI::App& verb, CliContext& context) {
  const auto options = std::make_shared<AccessOptions>();
  auto* list_verb = verb.add_subcommand("list", "Who has access, in which role, until when");
  add_profile_options(*list_verb, options->profile);
  add_output_option(*list_verb, options->output, {"table", "json", "yaml"});
  context.on_run(*list_verb, [&context, options] { return list(context, *options); });
}

}  // namespace

void add_access_verb(CLI::App& app, CliContext& context) {
  auto* verb = app.add_subcommand("access", "Who may do what on the platform");
  verb->require_subcommand(1);
  add_grant(*verb, context);
  add_revoke(*verb, context);
  add_list(*verb, context);
}

}  // namespace dpctl
