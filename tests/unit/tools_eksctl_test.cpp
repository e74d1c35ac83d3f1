// SPDX-License-Identifier: Apache-2.0
#include "tools/eksctl.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/fake_exec.hpp"

using namespace dpctl;
using namespace dpctl::test;
using namespace std::chrono_literals;

namespace {

Eksctl eksctl_on(OrderedExec& fake) { return Eksctl({fake.exec(), "/bin/eksctl"}); }

const EksName dpctl_cluster{"dpctl", "eu-west-1"};
const char* const no_cluster =
    "Error: unable to describe control plane \"dpctl\": operation error EKS: DescribeCluster, "
    "https response error "
    "StatusCode: 404, ResourceNotFoundException: No cluster found for name: dpctl.\n";

}  // namespace

TEST_CASE(
    "a cluster and its node groups are created from a file, without taking over the current "
    "context") {
  OrderedExec fake({answer(), answer(), answer("apiVersion: eksctl.io/v1alpha5\n")});
  const auto eksctl = eksctl_on(fake);
  REQUIRE(eksctl.create_cluster("/state/eks.yaml", "/state/kubeconfig", 40min, {}));
  REQUIRE(eksctl.create_node_groups("/state/eks.yaml", 40min, {}));
  CHECK(eksctl.dry_run("/state/eks.yaml", {}).value() == "apiVersion: eksctl.io/v1alpha5\n");
  const auto commands = fake.commands();
  CHECK(arguments_of(commands[0]) ==
        std::vector<std::string>{"create", "cluster", "--config-file", "/state/eks.yaml",
                                 "--kubeconfig", "/state/kubeconfig",
                                 "--set-kubeconfig-context=false", "--timeout", "2400s"});
  CHECK(arguments_of(commands[1]) == std::vector<std::string>{"create", "nodegroup",
                                                              "--config-file", "/state/eks.yaml",
                                                              "--timeout", "2400s"});
  CHECK(arguments_of(commands[2]) == std::vector<std::string>{"create", "cluster", "--config-file",
                                                              "/state/eks.yaml", "--dry-run"});
}

TEST_CASE("a cluster is described, past what eksctl logs to stdout") {
  OrderedExec fake(
      {answer("2026-08-21 10:00:00 [ℹ]  eksctl version 0.230.0\n[\n  {\"Name\": \"dpctl\", "
              "\"Status\": \"ACTIVE\", \"Version\": \"1.35\", \"Endpoint\": \"https://x.eks\", "
              "\"Tags\": {\"dpctl/cluster\": \"dpctl\"}}\n]\n")});
  const auto cluster = eksctl_on(fake).cluster(dpctl_cluster, {});
  REQUIRE(cluster);
  REQUIRE(*cluster);
  CHECK((*cluster)->name == "dpctl");
  CHECK((*cluster)->status == "ACTIVE");
  CHECK((*cluster)->version == "1.35");
  CHECK((*cluster)->endpoint == "https://x.eks");
  CHECK((*cluster)->tags.at("dpctl/cluster") == "dpctl");
  CHECK(arguments_of(fake.last()) == std::vector<std::string>{"get", "cluster", "--name", "dpctl",
                                                              "--region", "eu-west-1", "--output",
                                                              "json"});
}

TEST_CASE("a cluster that does not exist is an answer; missing credentials are an error") {
  OrderedExec fake({failure(no_cluster), failure(no_cluster), answer("null\n"),
                    failure("Error: no EC2 IMDS role found\n")});
  const auto eksctl = eksctl_on(fake);
  CHECK_FALSE(eksctl.cluster(dpctl_cluster, {}).value());
  CHECK_FALSE(eksctl.node_groups(dpctl_cluster, {}).value());
  CHECK_FALSE(eksctl.cluster(dpctl_cluster, {}).value());
  const auto broken = eksctl.cluster(dpctl_cluster, {});
  REQUIRE_FALSE(broken);
  CHECK(broken.error().message == "eksctl get failed (exit 1)");
}

TEST_CASE("a cluster still being made has no endpoint yet") {
  OrderedExec fake(
      {answer(R"([{"Name":"dpctl","Status":"CREATING","Endpoint":null,"Tags":null}])")});
  const auto cluster = eksctl_on(fake).cluster(dpctl_cluster, {}).value();
  REQUIRE(cluster);
  CHECK(cluster->status == "CREATING");
  CHECK(cluster->endpoint.empty());
}

TEST_CASE("node groups are typed, and a cluster without any has an empty list") {
  OrderedExec fake(
      {answer(R"([{"StackName":"eksctl-dpctl-nodegroup-core","Cluster":"dpctl","Name":"core",)"
              R"("Status":"ACTIVE","MaxSize":6,"MinSize":3,"DesiredCapacity":3,)"
              R"("InstanceType":"m7i.xlarge","Version":"1.35","Type":"managed"}])"),
       answer("[]\n")});
  const auto eksctl = eksctl_on(fake);
  const auto groups = eksctl.node_groups(dpctl_cluster, {}).value();
  REQUIRE(groups);
  REQUIRE(groups->size() == 1);
  CHECK(groups->at(0).name == "core");
  CHECK(groups->at(0).status == "ACTIVE");
  CHECK(groups->at(0).desired == 3);
  CHECK(groups->at(0).min == 3);
  CHECK(groups->at(0).max == 6);
  CHECK(groups->at(0).instance_type == "m7i.xlarge");
  CHECK(arguments_of(fake.last()) == std::vector<std::string>{"get", "nodegroup", "--cluster",
                                                              "dpctl", "--region", "eu-west-1",
                                                              "--output", "json"});
  CHECK(eksctl.node_groups(dpctl_cluster, {}).value().value().empty());
}

TEST_CASE(
    "a cluster is deleted and waited for; one that is gone is fine, a failed deletion is not") {
  OrderedExec fake({answer(), failure(no_cluster),
                    failure("Error: failed to delete cluster with nodegroup(s)\n")});
  const auto eksctl = eksctl_on(fake);
  REQUIRE(eksctl.remove_cluster(dpctl_cluster, {.timeout = 1h}));
  CHECK(arguments_of(fake.last()) ==
        std::vector<std::string>{"delete", "cluster", "--name", "dpctl", "--region", "eu-west-1",
                                 "--wait", "--disable-nodegroup-eviction"});
  CHECK(fake.last().timeout == 1h);
  CHECK(eksctl.remove_cluster(dpctl_cluster, {}));
  CHECK(eksctl.remove_cluster(dpctl_cluster, {}).error().message ==
        "eksctl delete failed (exit 1)");
}

TEST_CASE("the context of an existing cluster can be written again") {
  OrderedExec fake({answer()});
  REQUIRE(eksctl_on(fake).write_kubeconfig(dpctl_cluster, "/state/kubeconfig", {}));
  CHECK(arguments_of(fake.last()) ==
        std::vector<std::string>{"utils", "write-kubeconfig", "--cluster", "dpctl", "--region",
                                 "eu-west-1", "--kubeconfig", "/state/kubeconfig",
                                 "--set-kubeconfig-context=false"});
}
