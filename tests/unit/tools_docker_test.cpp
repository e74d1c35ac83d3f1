// SPDX-License-Identifier: Apache-2.0
#include "tools/docker.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/fake_exec.hpp"

using namespace dpctl;
using namespace dpctl::test;

namespace {

Docker docker_on(OrderedExec& fake) { return Docker({fake.exec(), "/bin/docker"}); }

}  // namespace

TEST_CASE("what docker says of its machine is typed") {
  OrderedExec fake({answer(
      R"j({"Containers":2,"Driver":"overlay2","CgroupDriver":"cgroupfs","CgroupVersion":"1",)j"
      R"j("OperatingSystem":"Debian GNU/Linux 12 (bookworm)","Architecture":"x86_64","NCPU":2,"MemTotal":25276510208,)j"
      R"j("DockerRootDir":"/var/lib/docker","ServerVersion":"20.10.24+dfsg1","Warnings":null})j")});
  const auto info = docker_on(fake).info({});
  REQUIRE(info);
  CHECK(info->server_version == "20.10.24+dfsg1");
  CHECK(info->memory == 25'276'510'208);
  CHECK(info->cpus == 2);
  CHECK(info->cgroup_version == 1);
  CHECK(info->root == "/var/lib/docker");
  CHECK(info->os == "Debian GNU/Linux 12 (bookworm)");
  CHECK(info->architecture == "x86_64");
  CHECK(info->storage_driver == "overlay2");
  CHECK(fake.last().argv ==
        std::vector<std::string>{"/bin/docker", "info", "--format", "{{json .}}"});
}

TEST_CASE("a docker without its daemon is told whichever way its version tells it") {
  auto loud = failure(
      "Cannot connect to the Docker daemon at unix:///nope. Is the docker daemon running?\n");
  loud.out = R"({"ID":"","NCPU":0,"ServerVersion":""})";
  OrderedExec fake(
      {loud, answer(R"({"ServerErrors":["permission denied"],"ServerVersion":""})"), answer("")});
  const auto docker = docker_on(fake);
  const auto dead = docker.info({});
  REQUIRE_FALSE(dead);
  CHECK(dead.error().code == ExitCode::unfit);
  CHECK(dead.error().message ==
        "docker does not answer: Cannot connect to the Docker daemon at unix:///nope. Is the "
        "docker daemon running?");
  CHECK(dead.error().hint.find("DOCKER_HOST") != std::string::npos);
  CHECK(docker.info({}).error().message == "docker does not answer: permission denied");
  CHECK(docker.info({}).error().message == "docker does not answer");
}

TEST_CASE(
    "containers of a kind cluster are found by its label, and their volumes by the containers") {
  OrderedExec fake(
      {answer(
           R"({"Command":"\"/usr/local/bin/entrypoint…\"","ID":"d5a6","Image":"lab/node:v1.34.4",)"
           R"("Labels":"io.x-k8s.kind.cluster=dpctl,io.x-k8s.kind.role=control-plane",)"
           R"("Names":"dpctl-control-plane","State":"running"})"
           "\n"),
       answer(
           R"([{"Type":"bind","Source":"/lib/modules"},{"Type":"volume","Name":"a0fd","Destination":"/var"}])"
           "\n")});
  const auto docker = docker_on(fake);
  const auto containers = docker.containers(std::string(kind_cluster_label) + "=dpctl", {});
  REQUIRE(containers);
  REQUIRE(containers->size() == 1);
  CHECK(containers->at(0).name == "dpctl-control-plane");
  CHECK(containers->at(0).image == "lab/node:v1.34.4");
  CHECK(containers->at(0).state == "running");
  CHECK(containers->at(0).labels.at("io.x-k8s.kind.role") == "control-plane");
  CHECK(arguments_of(fake.last()) ==
        std::vector<std::string>{"ps", "--all", "--no-trunc", "--filter",
                                 "label=io.x-k8s.kind.cluster=dpctl", "--format", "{{json .}}"});
  CHECK(docker.volumes_of(*containers, {}).value() == std::vector<std::string>{"a0fd"});
  CHECK(arguments_of(fake.last()) == std::vector<std::string>{"inspect", "--type", "container",
                                                              "--format", "{{json .Mounts}}",
                                                              "d5a6"});
  CHECK(docker.volumes_of({}, {}).value().empty());
}

TEST_CASE("volumes, networks and images are listed; an image without a name has no reference") {
  OrderedExec fake({answer("{\"Driver\":\"local\",\"Name\":\"a0fd\"}\n"),
                    answer("{\"Name\":\"bridge\"}\n{\"Name\":\"kind\"}\n"),
                    answer(R"({"ID":"sha256:ce95","Repository":"lab/registry","Tag":"1"})"
                           "\n"
                           R"({"ID":"sha256:854d","Repository":"<none>","Tag":"<none>"})"
                           "\n")});
  const auto docker = docker_on(fake);
  CHECK(docker.volumes({}).value() == std::vector<std::string>{"a0fd"});
  CHECK(docker.networks({}).value() == std::vector<std::string>{"bridge", "kind"});
  const auto images = docker.images({}).value();
  CHECK(images.at(0).reference == "lab/registry:1");
  CHECK(images.at(1).id == "sha256:854d");
  CHECK(images.at(1).reference.empty());
}

TEST_CASE("an image that docker does not have is an answer, and a broken docker is an error") {
  OrderedExec fake({answer("sha256:ce95\n"),
                    failure("Error response from daemon: No such image: nope:1\n"),
                    failure("Cannot connect to the Docker daemon\n")});
  const auto docker = docker_on(fake);
  CHECK(docker.image_id("lab/registry:1", {}).value() == "sha256:ce95");
  CHECK_FALSE(docker.image_id("nope:1", {}).value());
  CHECK(docker.image_id("x", {}).error().message == "docker image failed (exit 1)");
}
