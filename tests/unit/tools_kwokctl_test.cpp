// SPDX-License-Identifier: Apache-2.0
#include "tools/kwokctl.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/fake_exec.hpp"

using namespace dpctl;
using namespace dpctl::test;

namespace {

const KwokSpec spec{.name = "rehearsal",
                    .binaries = {"/b/etcd", "/b/kube-apiserver", "/b/kube-controller-manager",
                                 "/b/kube-scheduler", "/b/kwok", "/k/kubectl"},
                    .kubeconfig = "/state/kubeconfig",
                    .config = "/state/kwokctl.yaml"};

Kwokctl kwokctl_on(Exec exec) { return {{std::move(exec), "/bin/kwokctl"}, "/state/kwok"}; }

}  // namespace

TEST_CASE("a pretend cluster is made of binaries that are there, in a work folder of its own") {
  OrderedExec fake({answer()});
  REQUIRE(kwokctl_on(fake.exec()).create(spec, {}));
  CHECK(arguments_of(fake.last()) ==
        std::vector<std::string>{"create",
                                 "cluster",
                                 "--name",
                                 "rehearsal",
                                 "--runtime",
                                 "binary",
                                 "--etcd-binary",
                                 "/b/etcd",
                                 "--kube-apiserver-binary",
                                 "/b/kube-apiserver",
                                 "--kube-controller-manager-binary",
                                 "/b/kube-controller-manager",
                                 "--kube-scheduler-binary",
                                 "/b/kube-scheduler",
                                 "--kwok-controller-binary",
                                 "/b/kwok",
                                 "--enable-crds",
                                 "Stage",
                                 "--disable-qps-limits",
                                 "--config",
                                 "/state/kwokctl.yaml",
                                 "--extra-args",
                                 "kube-controller-manager=cluster-signing-cert-file=/state/kwok/"
                                 "clusters/rehearsal/pki/ca.crt",
                                 "--extra-args",
                                 "kube-controller-manager=cluster-signing-key-file=/state/kwok/"
                                 "clusters/rehearsal/pki/ca.key",
                                 "--kubeconfig",
                                 "/state/kubeconfig",
                                 "--wait",
                                 "60s"});
  CHECK(fake.last().env.at("KWOK_WORKDIR") == "/state/kwok");
  CHECK(fake.last().env.at("PATH").starts_with("/k:"));
}

TEST_CASE("a pretend cluster is removed with its context") {
  OrderedExec fake({answer()});
  REQUIRE(kwokctl_on(fake.exec()).remove(spec, {}));
  CHECK(arguments_of(fake.last()) == std::vector<std::string>{"delete", "cluster", "--name",
                                                              "rehearsal", "--kubeconfig",
                                                              "/state/kubeconfig"});
}

TEST_CASE("a failure of kwokctl is told in its words") {
  OrderedExec fake({failure("ERROR Failed to setup config err=\"port 6443 is in use\"\n")});
  const auto result = kwokctl_on(fake.exec()).create(spec, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "kwokctl create failed (exit 1)");
  CHECK(result.error().output_tail.find("port 6443 is in use") != std::string::npos);
}

TEST_CASE("pretend nodes are scaled by their name, with what the template shall hold") {
  OrderedExec fake({answer()});
  REQUIRE(
      kwokctl_on(fake.exec()).scale_nodes("rehearsal", "worker", 3, {".allocatable.cpu=8"}, {}));
  CHECK(arguments_of(fake.last()) ==
        std::vector<std::string>{"scale", "node", "worker", "--replicas", "3", "--name",
                                 "rehearsal", "--param", ".allocatable.cpu=8"});
}

TEST_CASE(
    "the kubeconfig of a cluster that does not exist is nothing, and credentials are not logged") {
  PrefixExec fake;
  fake.on({"get", "clusters"}, answer("other\nrehearsal\n"));
  fake.on({"get", "kubeconfig"}, answer("apiVersion: v1\n"));
  const auto kwokctl = kwokctl_on(fake.exec());
  CHECK(kwokctl.kubeconfig("rehearsal", {.log = "/state/log"}).value() == "apiVersion: v1\n");
  CHECK(fake.last().log.empty());
  CHECK_FALSE(kwokctl.kubeconfig("absent", {}).value());
  CHECK(arguments_of(fake.last()) == std::vector<std::string>{"get", "clusters"});
}
