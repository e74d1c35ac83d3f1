// SPDX-License-Identifier: Apache-2.0
#include "tools/helm.hpp"

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support/fake_exec.hpp"
#include "util/files.hpp"

using namespace dpctl;
using namespace dpctl::test;
using namespace std::chrono_literals;

namespace {

const KubeTarget target{"/state/kubeconfig", "kind-dpctl"};
const ReleaseName spark{"spark-operator", "spark"};
const ChartSource chart{"spark-operator", "https://charts.example", "2.5.2"};

Helm helm_on(Exec exec) { return {Program{std::move(exec), "/bin/helm"}, target}; }

/// Where the argument behind `flag` stands, replaced by "FILE": the values file's name is different
/// each time.
std::vector<std::string> without_file(std::vector<std::string> arguments) {
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i - 1] == "--values") {
      arguments[i] = "FILE";
    }
  }
  return arguments;
}

}  // namespace

TEST_CASE("a release is installed or upgraded with all that it says, and not waited for") {
  OrderedExec fake({answer("STATUS: deployed\n")});
  HelmUpgrade what{.release = spark, .chart = chart, .values = {{"replicas", 2}}};
  what.labels = {{"dpctl.dev/fingerprint", "abc"}};
  what.timeout = 5min;
  REQUIRE(helm_on(fake.exec()).upgrade_install(what, {}));
  CHECK(without_file(arguments_of(fake.last())) ==
        std::vector<std::string>{"upgrade",        "spark-operator",
                                 "spark-operator", "--install",
                                 "--namespace",    "spark",
                                 "--values",       "FILE",
                                 "--reset-values", "--hide-notes",
                                 "--timeout",      "300s",
                                 "--repo",         "https://charts.example",
                                 "--version",      "2.5.2",
                                 "--labels",       "dpctl.dev/fingerprint=abc",
                                 "--kubeconfig",   "/state/kubeconfig",
                                 "--kube-context", "kind-dpctl"});
}

TEST_CASE(
    "values go by a file that only its owner reads, that is gone afterwards, and never by argv") {
  std::string content;
  unsigned mode = 0;
  std::filesystem::path path;
  std::string shown;
  const Exec exec = [&](const Command& command, const std::stop_token&) -> Result<Finished> {
    path = command.argv.at(8);
    content = read_file(path).value();
    struct stat status{};
    REQUIRE(stat(path.c_str(), &status) == 0);
    mode = status.st_mode & 0777U;
    shown = pasteable(command);
    return failure("Error: bad password hunter2");
  };
  HelmUpgrade what{.release = spark, .chart = chart, .values = {{"password", "hunter2"}}};
  const auto result = helm_on(exec).upgrade_install(what, {.secrets = {"hunter2"}});
  CHECK(content == R"({"password":"hunter2"})");
  CHECK(mode == 0600);
  CHECK_FALSE(std::filesystem::exists(path));
  CHECK(shown.find("hunter2") == std::string::npos);
  REQUIRE_FALSE(result);
  CHECK(result.error().message == "helm upgrade failed (exit 1)");
  CHECK(result.error().output_tail == "Error: bad password ***\n");
}

TEST_CASE("objects of others are taken over, conflicts forced and CRDs skipped only on request") {
  OrderedExec fake({answer()});
  HelmUpgrade what{.release = spark, .chart = {"/charts/spark.tgz"}};
  what.crds = ChartCrds::skip;
  what.force_conflicts = true;
  what.take_ownership = true;
  REQUIRE(helm_on(fake.exec()).upgrade_install(what, {}));
  CHECK(without_file(arguments_of(fake.last())) ==
        std::vector<std::string>{"upgrade", "spark-operator", "/charts/spark.tgz", "--install",
                                 "--namespace", "spark", "--values", "FILE", "--reset-values",
                                 "--hide-notes", "--timeout", "300s", "--skip-crds",
                                 "--force-conflicts", "--take-ownership", "--kubeconfig",
                                 "/state/kubeconfig", "--kube-context", "kind-dpctl"});
}

TEST_CASE("a variable that would lead helm to another cluster is emptied, and only if it is set") {
  OrderedExec fake({answer("[]"), answer("[]")});
  REQUIRE(helm_on(fake.exec()).list({}));
  CHECK(fake.last().env.empty());
  setenv("HELM_KUBEAPISERVER", "https://elsewhere", 1);
  REQUIRE(helm_on(fake.exec()).list({}));
  unsetenv("HELM_KUBEAPISERVER");
  CHECK(fake.last().env == std::map<std::string, std::string>{{"HELM_KUBEAPISERVER", ""}});
}

TEST_CASE("a release is uninstalled with its objects waited for, and one that is gone is fine") {
  OrderedExec fake({answer("release \"spark-operator\" uninstalled\n")});
  REQUIRE(helm_on(fake.exec()).uninstall(spark, 2min, {}));
  CHECK(arguments_of(fake.last()) ==
        std::vector<std::string>{"uninstall", "spark-operator", "--namespace", "spark",
                                 "--ignore-not-found", "--wait", "--timeout", "120s",
                                 "--kubeconfig", "/state/kubeconfig", "--kube-context",
                                 "kind-dpctl"});
}

TEST_CASE("rendering asks no cluster and leaves what it rendered out of the log") {
  OrderedExec fake({answer("---\nkind: Secret\n")});
  HelmTemplate what{.release = spark, .chart = chart};
  what.kube_version = "1.34.4";
  what.api_versions = {"cert-manager.io/v1"};
  const auto text = helm_on(fake.exec()).render(what, {.log = "/state/log"});
  CHECK(text.value() == "---\nkind: Secret\n");
  CHECK(without_file(arguments_of(fake.last())) ==
        std::vector<std::string>{"template", "spark-operator", "spark-operator", "--namespace",
                                 "spark", "--values", "FILE", "--repo", "https://charts.example",
                                 "--version", "2.5.2", "--kube-version", "1.34.4", "--api-versions",
                                 "cert-manager.io/v1", "--include-crds"});
  CHECK(fake.last().log.empty());
}

TEST_CASE("the list of releases is read as helm 4 writes it") {
  OrderedExec fake({answer(
      R"([{"name":"demo","namespace":"default","revision":"2","updated":"2026-11-21 11:59:38.1 +0000 UTC",)"
      R"("status":"pending-upgrade","chart":"demo-0.1.0","app_version":"1.16.0"}])")});
  const auto releases = helm_on(fake.exec()).list({});
  REQUIRE(releases);
  REQUIRE(releases->size() == 1);
  CHECK(releases->at(0).name == "demo");
  CHECK(releases->at(0).ns == "default");
  CHECK(releases->at(0).revision == 2);
  CHECK(releases->at(0).status == "pending-upgrade");
  CHECK(releases->at(0).chart == "demo-0.1.0");
  CHECK(arguments_of(fake.last()) == std::vector<std::string>{"list", "--all-namespaces", "--max",
                                                              "0", "--output", "json",
                                                              "--kubeconfig", "/state/kubeconfig",
                                                              "--kube-context", "kind-dpctl"});
}

TEST_CASE("an answer that is no JSON is an error of the tool, with the command") {
  OrderedExec fake({answer("WARNING: something\n")});
  const auto releases = helm_on(fake.exec()).list({});
  REQUIRE_FALSE(releases);
  CHECK(releases.error().code == ExitCode::tool);
  CHECK(releases.error().command.starts_with("/bin/helm list"));
}

TEST_CASE("the history of a release is its revisions, and of one that does not exist is empty") {
  OrderedExec fake(
      {answer(R"([{"revision":1,"updated":"2026-11-21T11:59:38Z","status":"superseded",)"
              R"("chart":"demo-0.1.0","app_version":"1.16.0","description":"Install complete"},)"
              R"({"revision":2,"status":"failed","chart":"demo-0.1.0","app_version":"1.16.0",)"
              R"("description":"timed out"}])"),
       failure("Error: release: not found\n"), failure("Error: Kubernetes cluster unreachable\n")});
  const auto helm = helm_on(fake.exec());
  const auto revisions = helm.history(spark, {});
  REQUIRE(revisions);
  CHECK(revisions->at(1).revision == 2);
  CHECK(revisions->at(1).status == "failed");
  CHECK(revisions->at(1).name == "spark-operator");
  CHECK(helm.history(spark, {}).value().empty());
  CHECK(helm.history(spark, {}).error().message == "helm history failed (exit 1)");
}

TEST_CASE("the manifest of a release that does not exist is nothing, and is never logged") {
  OrderedExec fake({answer("kind: Secret\n"), failure("Error: release: not found\n")});
  const auto helm = helm_on(fake.exec());
  CHECK(helm.manifest(spark, {.log = "/state/log"}).value() == "kind: Secret\n");
  CHECK(fake.last().log.empty());
  CHECK_FALSE(helm.manifest(spark, {}).value());
}

TEST_CASE("a chart tells its name and versions") {
  OrderedExec fake(
      {answer("apiVersion: v2\nappVersion: \"2.5.2\"\nname: spark-operator\nversion: 2.5.2\n")});
  const auto info = helm_on(fake.exec()).show_chart(chart, {});
  REQUIRE(info);
  CHECK(info->name == "spark-operator");
  CHECK(info->version == "2.5.2");
  CHECK(info->app_version == "2.5.2");
  CHECK(arguments_of(fake.last()) == std::vector<std::string>{"show", "chart", "spark-operator",
                                                              "--repo", "https://charts.example",
                                                              "--version", "2.5.2"});
}

TEST_CASE(
    "a pulled chart comes with the digest of its archive, and a pull that left none is an error") {
  const auto folder = TempFolder::create();
  REQUIRE(folder);
  const auto archive = folder->path() / "spark-operator-2.5.2.tgz";
  const Exec pulls = [&](const Command&, const std::stop_token&) -> Result<Finished> {
    REQUIRE(write_file(archive, "abc"));
    return answer();
  };
  const auto pulled =
      helm_on(pulls).pull({"oci://host/charts/spark-operator", "", "2.5.2"}, folder->path(), {});
  REQUIRE(pulled);
  CHECK(pulled->archive == archive);
  CHECK(pulled->sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

  OrderedExec silent({answer()});
  const auto empty = TempFolder::create();
  const auto missing = helm_on(silent.exec()).pull(chart, empty->path(), {});
  CHECK(missing.error().message.starts_with("helm pull left no archive of spark-operator in "));
}
