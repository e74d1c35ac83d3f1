// SPDX-License-Identifier: Apache-2.0
#include "platform/access_request.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>

#include "platform/access_kubeconfig.hpp"
#include "platform/access_roles.hpp"
#include "support/fake_exec.hpp"

using namespace dpctl;

namespace {

using std::chrono::hours;
using std::chrono::seconds;

Json binding_of(const std::string& cluster_role, const std::string& ns) {
  return {{"apiVersion", "rbac.authorization.k8s.io/v1"},
          {"kind", "RoleBinding"},
          {"metadata", {{"name", cluster_role}, {"namespace", ns}}},
          {"roleRef", {{"kind", "ClusterRole"}, {"name", cluster_role}}}};
}

}  // namespace

TEST_CASE(
    "a duration is a sum of days, hours, minutes and seconds between ten minutes and a year") {
  CHECK(access_duration("24h").value() == hours(24));
  CHECK(access_duration("1h30m").value() == seconds(5400));
  CHECK(access_duration("7d").value() == hours(168));
  CHECK(access_duration("600s").value() == seconds(600));
  for (const char* text :
       {"", "24", "h", "9m", "366d", "1h-5m", "24 h", "99999999999h", "-24h", "1w"}) {
    INFO(text);
    CHECK(access_duration(text).error().code == ExitCode::usage);
  }
}

TEST_CASE("the way of an access is the certificate, on EKS the token, unless --via says") {
  CHECK(access_way("", Provider::kind).value() == AccessWay::certificate);
  CHECK(access_way("", Provider::eks).value() == AccessWay::token);
  CHECK(access_way("csr", Provider::eks).value() == AccessWay::certificate);
  CHECK(access_way("token", Provider::kwok).value() == AccessWay::token);
  CHECK(access_way("tokn", Provider::kind).error().message ==
        "unknown way 'tokn'; did you mean 'token'?");
}

TEST_CASE("a name that no certificate or account can bear is refused before anything happens") {
  CHECK(check_access_user("Alice Example", AccessWay::certificate));
  CHECK(check_access_user("alice", AccessWay::token));
  CHECK(check_access_user("system:admin", AccessWay::certificate).error().code ==
        ExitCode::refused);
  for (const std::string user : {"", " alice", "al\nice", "\u00e9ve"}) {
    CHECK(check_access_user(user, AccessWay::certificate).error().code == ExitCode::usage);
  }
  CHECK(check_access_user(std::string(65, 'a'), AccessWay::certificate).error().code ==
        ExitCode::usage);
  for (const std::string user : {"", "Alice", "-alice", "alice-", "a.b", "a/b", "system:x"}) {
    CHECK(check_access_user(user, AccessWay::token).error().code == ExitCode::usage);
  }
  CHECK(check_access_user(std::string(64, 'a'), AccessWay::token).error().code == ExitCode::usage);
}

TEST_CASE("roles are what the component provides and binds") {
  Component component{.name = "access"};
  component.provides = {
      {"access",
       {{"roles",
         {{"view", "dpctl:${profile.name}:view"}, {"admin", "dpctl:${profile.name}:admin"}}},
        {"groups", {{"view", "dpctl:view"}, {"admin", "dpctl:admin"}}}}}};
  Rendered rendered{.component = &component};
  rendered.context = {{"profile", {{"name", "demo"}}}};
  rendered.objects = {binding_of("dpctl:demo:view", "ops"), binding_of("dpctl:demo:admin", "ops"),
                      binding_of("dpctl:demo:view", "jobs"), binding_of("other", "ops")};
  const auto roles = access_roles(rendered);
  REQUIRE(roles);
  const auto view = find_access_role(*roles, "view");
  REQUIRE(view);
  CHECK(view->cluster_role == "dpctl:demo:view");
  CHECK(view->group == "dpctl:view");
  CHECK(view->namespaces == std::vector<std::string>{"jobs", "ops"});
  const auto unknown = find_access_role(*roles, "viev");
  CHECK(unknown.error().code == ExitCode::usage);
  CHECK(unknown.error().message == "unknown role 'viev'; did you mean 'view'?");
  CHECK(unknown.error().hint == "the roles are admin, view");

  rendered.objects.clear();
  CHECK(access_roles(rendered).error().code == ExitCode::invalid_input);
}

TEST_CASE("the cluster's entry is read without the credentials beside it") {
  const KubeconfigSource source{
      .kubectl = "/bin/kubectl", .kubeconfig = "/state/kubeconfig", .context = "kind-demo"};
  test::OrderedExec exec({test::answer(
      R"({"clusters":[{"name":"kind-demo","cluster":{"server":"https://h:1","certificate-authority-data":"Q0E="}}],
          "users":[{"name":"root","user":{"client-key-data":"S0VZ"}}]})")});
  const auto entry = read_cluster_entry(exec.exec(), source, {});
  REQUIRE(entry);
  CHECK(test::arguments_of(exec.last()) ==
        std::vector<std::string>{"config", "view", "--raw", "--minify", "--flatten", "-o", "json",
                                 "--context", "kind-demo", "--kubeconfig", "/state/kubeconfig"});

  const auto config = user_kubeconfig(*entry, "alice", "jobs", {{"token", "T"}});
  CHECK(dump(config).find("S0VZ") == std::string::npos);
  CHECK(config["current-context"] == "alice@kind-demo");
  CHECK(config["contexts"][0]["context"] ==
        Json({{"cluster", "kind-demo"}, {"user", "alice@kind-demo"}, {"namespace", "jobs"}}));
  CHECK(config["clusters"][0]["cluster"]["certificate-authority-data"] == "Q0E=");
  CHECK(config["users"][0] == Json({{"name", "alice@kind-demo"}, {"user", {{"token", "T"}}}}));
}

TEST_CASE("a kubectl that fails shows its words, not what it read") {
  auto failed = test::failure("error: no context exists with the name: \"kind-demo\"");
  failed.out = failed.both = "client-key-data: S0VZ";
  test::OrderedExec exec({failed, test::answer(R"({"clusters":null})")});
  const KubeconfigSource source{.kubectl = "kubectl", .kubeconfig = {}, .context = "kind-demo"};
  const auto entry = read_cluster_entry(exec.exec(), source, {});
  REQUIRE_FALSE(entry);
  CHECK(full_text(entry.error()).find("no context exists") != std::string::npos);
  CHECK(full_text(entry.error()).find("S0VZ") == std::string::npos);
  CHECK(read_cluster_entry(exec.exec(), source, {}).error().code == ExitCode::unfit);
}
