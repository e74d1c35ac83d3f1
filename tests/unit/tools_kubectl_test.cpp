// SPDX-License-Identifier: Apache-2.0
#include "tools/kubectl.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/fake_exec.hpp"

using namespace dpctl;
using namespace dpctl::test;

namespace {

Kubectl kubectl_on(OrderedExec& fake) { return Kubectl({fake.exec(), "/bin/kubectl"}); }

const char* const config = R"({"kind":"Config","apiVersion":"v1","current-context":"kind-content",
  "clusters":[{"name":"kind-content","cluster":{"server":"https://127.0.0.1:45301","certificate-authority-data":"DATA+OMITTED"}}],
  "users":[{"name":"kind-content","user":{"client-key-data":"DATA+OMITTED"}}],
  "contexts":[{"name":"kind-content","context":{"cluster":"kind-content","user":"kind-content"}},
              {"name":"team","context":{"cluster":"gone","user":"me","namespace":"data"}}]})";

}  // namespace

TEST_CASE("a context is found by its name, with its server; one that is not there is nothing") {
  OrderedExec fake({answer(config), answer(config), answer(config)});
  const auto kubectl = kubectl_on(fake);
  const auto kind = kubectl.context("/state/kubeconfig", "kind-content", {}).value();
  REQUIRE(kind);
  CHECK(kind->server == "https://127.0.0.1:45301");
  CHECK(kind->user == "kind-content");
  CHECK(kind->ns == "default");
  CHECK(arguments_of(fake.last()) == std::vector<std::string>{"config", "view", "--output", "json",
                                                              "--kubeconfig", "/state/kubeconfig"});
  const auto team = kubectl.context({}, "team", {}).value();
  REQUIRE(team);
  CHECK(team->ns == "data");
  CHECK(team->server.empty());
  CHECK(arguments_of(fake.last()) ==
        std::vector<std::string>{"config", "view", "--output", "json"});
  CHECK_FALSE(kubectl.context({}, "absent", {}).value());
}

TEST_CASE("a kubeconfig that holds nothing has no contexts") {
  OrderedExec fake({answer(R"({"kind":"Config","clusters":null,"users":null,"contexts":null})")});
  CHECK(kubectl_on(fake).contexts("/none", {}).value().empty());
}

TEST_CASE("kubeconfigs are merged in their order, and what comes out is not logged") {
  OrderedExec fake({answer("apiVersion: v1\n"), answer("apiVersion: v1\n")});
  const auto kubectl = kubectl_on(fake);
  CHECK(kubectl.merged({"/state/kubeconfig", "/home/.kube/config"}, {.log = "/log"}).value() ==
        "apiVersion: v1\n");
  CHECK(arguments_of(fake.last()) ==
        std::vector<std::string>{"config", "view", "--flatten", "--raw"});
  CHECK(fake.last().env.at("KUBECONFIG") == "/state/kubeconfig:/home/.kube/config");
  CHECK(fake.last().log.empty());
  REQUIRE(kubectl.extracted({"/state/kubeconfig", "team"}, {.log = "/log"}));
  CHECK(arguments_of(fake.last()) ==
        std::vector<std::string>{"config", "view", "--kubeconfig", "/state/kubeconfig", "--context",
                                 "team", "--minify", "--flatten", "--raw"});
  CHECK(fake.last().log.empty());
}

TEST_CASE(
    "a context goes with its cluster and user, what is gone is fine, what cannot be written is "
    "not") {
  OrderedExec fake({answer(),
                    failure("error: cannot delete cluster kind-x, not in /home/.kube/config\n"),
                    answer(), failure("error: open /home/.kube/config.lock: permission denied\n")});
  const auto kubectl = kubectl_on(fake);
  const KubeContext context{.name = "kind-x", .cluster = "kind-x", .user = "kind-x-admin"};
  REQUIRE(kubectl.remove_context("/home/.kube/config", context, {}));
  const auto commands = fake.commands();
  REQUIRE(commands.size() == 3);
  CHECK(arguments_of(commands[0]) == std::vector<std::string>{"config", "delete-context", "kind-x",
                                                              "--kubeconfig",
                                                              "/home/.kube/config"});
  CHECK(arguments_of(commands[2]) == std::vector<std::string>{"config", "delete-user",
                                                              "kind-x-admin", "--kubeconfig",
                                                              "/home/.kube/config"});
  const auto failed = kubectl.remove_context("/home/.kube/config", context, {});
  REQUIRE_FALSE(failed);
  CHECK(failed.error().output_tail.find("permission denied") != std::string::npos);
}

TEST_CASE("a port is forwarded from the loopback address of a named context") {
  OrderedExec fake({});
  const auto kubectl = kubectl_on(fake);
  const KubeTarget target{"/state/kubeconfig", "kind-dpctl"};
  CHECK(kubectl.port_forward(target, {"spark", "service/history", 18'080, 80}).argv ==
        std::vector<std::string>{"/bin/kubectl", "port-forward", "--kubeconfig",
                                 "/state/kubeconfig", "--context", "kind-dpctl", "--namespace",
                                 "spark", "--address", "127.0.0.1", "service/history", "18080:80"});
  CHECK(kubectl.port_forward(target, {"spark", "service/history", 0, 80}).argv.back() == ":80");
}
