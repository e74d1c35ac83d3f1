// SPDX-License-Identifier: Apache-2.0
#include "tools/kind.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/fake_exec.hpp"
#include "util/json.hpp"

using namespace dpctl;
using namespace dpctl::test;

namespace {

Kind kind_on(OrderedExec& fake) { return Kind({fake.exec(), "/bin/kind"}); }

}  // namespace

TEST_CASE("a kind config has a node per control plane and worker, each with the image and labels") {
  KindSpec spec{
      .name = "dpctl", .control_planes = 3, .workers = 2, .node_image = "kindest/node:v1.34.0"};
  spec.labels = {{"tier", "data"}};
  spec.ports = {{30080, 8080}};
  spec.mounts = {{"/data", "/var/local-path-provisioner", true}};
  const auto config = render_kind_config(spec);
  CHECK(config.at("kind") == "Cluster");
  CHECK(config.at("apiVersion") == "kind.x-k8s.io/v1alpha4");
  CHECK(config.at("name") == "dpctl");
  const auto& nodes = config.at("nodes");
  REQUIRE(nodes.size() == 5);
  CHECK(nodes[2].at("role") == "control-plane");
  CHECK(nodes[3].at("role") == "worker");
  for (const auto& node : nodes) {
    CHECK(node.at("image") == "kindest/node:v1.34.0");
    CHECK(node.at("labels") == Json({{"tier", "data"}}));
    CHECK(node.at("extraMounts").at(0) == Json({{"hostPath", "/data"},
                                                {"containerPath", "/var/local-path-provisioner"},
                                                {"readOnly", true}}));
  }
  CHECK(nodes[0].at("extraPortMappings") == Json::array({{{"containerPort", 30080},
                                                          {"hostPort", 8080},
                                                          {"listenAddress", "127.0.0.1"},
                                                          {"protocol", "TCP"}}}));
  CHECK_FALSE(nodes[1].contains("extraPortMappings"));
}

TEST_CASE("a spec without extras renders nothing but roles") {
  CHECK(render_kind_config({.name = "small"}) == Json({{"kind", "Cluster"},
                                                       {"apiVersion", "kind.x-k8s.io/v1alpha4"},
                                                       {"name", "small"},
                                                       {"nodes", {{{"role", "control-plane"}}}}}));
}

TEST_CASE("raw fields win, and nodes that a profile writes itself still get image and labels") {
  KindSpec spec{.name = "dpctl", .control_planes = 3, .workers = 3, .node_image = "image:1"};
  spec.labels = {{"tier", "data"}, {"zone", "a"}};
  spec.overrides = {
      {"networking", {{"ipFamily", "dual"}}},
      {"nodes", {{{"role", "control-plane"}, {"image", "own:2"}, {"labels", {{"zone", "b"}}}}}}};
  const auto config = render_kind_config(spec);
  CHECK(config.at("networking").at("ipFamily") == "dual");
  REQUIRE(config.at("nodes").size() == 1);
  CHECK(config.at("nodes").at(0).at("image") == "own:2");
  CHECK(config.at("nodes").at(0).at("labels") == Json({{"tier", "data"}, {"zone", "b"}}));
}

TEST_CASE("a cluster is created from stdin, kept where it fails, and its wait is not asked for") {
  OrderedExec fake({answer()});
  const KindSpec spec{.name = "dpctl"};
  REQUIRE(kind_on(fake).create(spec, "/state/kubeconfig", {.log = "/state/log"}));
  CHECK(fake.last().argv == std::vector<std::string>{"/bin/kind", "create", "cluster", "--name",
                                                     "dpctl", "--config", "-", "--kubeconfig",
                                                     "/state/kubeconfig", "--retain", "--wait",
                                                     "0s"});
  CHECK(parse_json(fake.last().stdin_text.value(), "stdin").value() == render_kind_config(spec));
  CHECK(fake.last().log == "/state/log");
}

TEST_CASE("a cluster that kind cannot create is told in kind's words") {
  OrderedExec fake(
      {failure("ERROR: failed to create cluster: node(s) already exist for a cluster with the name "
               "\"dpctl\"\n")});
  const auto result = kind_on(fake).create({.name = "dpctl"}, "/state/kubeconfig", {});
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "kind create failed (exit 1)");
  CHECK(result.error().output_tail.find("node(s) already exist") != std::string::npos);
}

TEST_CASE("clusters and nodes are the lines of stdout; that there are none goes to stderr") {
  auto none = answer();
  none.err = "No kind clusters found.\n";
  none.both = none.err;
  OrderedExec fake({answer("dpctl\nother\n"), none, answer("dpctl-control-plane\ndpctl-worker\n")});
  const auto kind = kind_on(fake);
  CHECK(kind.clusters({}).value() == std::vector<std::string>{"dpctl", "other"});
  CHECK(kind.clusters({}).value().empty());
  CHECK(kind.nodes("dpctl", {}).value() ==
        std::vector<std::string>{"dpctl-control-plane", "dpctl-worker"});
  CHECK(arguments_of(fake.last()) == std::vector<std::string>{"get", "nodes", "--name", "dpctl"});
}

TEST_CASE("the other verbs of kind are called by name, with files of their own") {
  OrderedExec fake({answer(), answer(), answer()});
  const auto kind = kind_on(fake);
  REQUIRE(kind.remove("dpctl", "/state/kubeconfig", {}));
  REQUIRE(kind.export_logs("dpctl", "/state/logs", {}));
  REQUIRE(kind.export_kubeconfig("dpctl", "/state/kubeconfig", {}));
  const auto commands = fake.commands();
  CHECK(arguments_of(commands[0]) == std::vector<std::string>{"delete", "cluster", "--name",
                                                              "dpctl", "--kubeconfig",
                                                              "/state/kubeconfig"});
  CHECK(arguments_of(commands[1]) ==
        std::vector<std::string>{"export", "logs", "/state/logs", "--name", "dpctl"});
  CHECK(arguments_of(commands[2]) == std::vector<std::string>{"export", "kubeconfig", "--name",
                                                              "dpctl", "--kubeconfig",
                                                              "/state/kubeconfig"});
}

TEST_CASE("images are loaded into all nodes or the named ones, and no image is no call") {
  OrderedExec fake({answer(), answer()});
  const auto kind = kind_on(fake);
  REQUIRE(kind.load_images("dpctl", {"a:1", "b:2"}, {}, {}));
  REQUIRE(kind.load_images("dpctl", {"a:1"}, {"w1", "w2"}, {}));
  REQUIRE(kind.load_images("dpctl", {}, {}, {}));
  const auto commands = fake.commands();
  REQUIRE(commands.size() == 2);
  CHECK(arguments_of(commands[0]) ==
        std::vector<std::string>{"load", "docker-image", "a:1", "b:2", "--name", "dpctl"});
  CHECK(arguments_of(commands[1]) == std::vector<std::string>{"load", "docker-image", "a:1",
                                                              "--name", "dpctl", "--nodes",
                                                              "w1,w2"});
}
