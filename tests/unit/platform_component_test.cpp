// SPDX-License-Identifier: Apache-2.0
#include "platform/component.hpp"

#include <catch2/catch_test_macros.hpp>

#include "support/asset_folder.hpp"

using dpctl::Json;
using dpctl::test::AssetFolder;

namespace {

const std::string head =
    "apiVersion: dpctl.dev/v1\nkind: Component\nmetadata: {name: own, title: Own part}\n";

/// Loads a component `own` of that text.
dpctl::Result<dpctl::Component> load_own(const AssetFolder& folder, const std::string& text) {
  folder.write("templates/own/component.yaml", head + text);
  return dpctl::load_component(folder.assets(), "own");
}

dpctl::Error refused(const std::string& text) {
  const AssetFolder folder;
  folder.write("templates/own/rbac.yaml", "a: 1");
  const auto component = load_own(folder, text);
  REQUIRE_FALSE(component);
  CHECK(component.error().code == dpctl::ExitCode::invalid_input);
  return component.error();
}

std::string without_folder(std::string text) {
  const auto at = text.find("templates/");
  return at == std::string::npos ? text : text.substr(at);
}

}  // namespace

TEST_CASE("every component that ships loads, and its defaults fit its own schema") {
  const dpctl::Assets assets;
  const auto components = dpctl::load_components(assets);
  INFO((components ? "" : dpctl::full_text(components.error())));
  REQUIRE(components);
  CHECK(components->contains("spark"));
  const auto profile = dpctl::load_profile(assets, {});
  REQUIRE(profile);
  for (const auto& [name, component] : *components) {
    const auto values = dpctl::component_values(assets, component, *profile);
    INFO((values ? "" : dpctl::full_text(values.error())));
    CHECK(values);
    CHECK(component.folder == "templates/" + name);
    CHECK(assets.has(component.folder + "/values.schema.json") == !component.values.empty());
  }
}

TEST_CASE("all fields are read, and defaults filled in") {
  const AssetFolder folder;
  for (const char* file : {"crd.yaml", "rbac.yaml", "values.yaml", "jobs/pi.yaml",
                           "chart/Chart.yaml", "kust/kustomization.yaml"}) {
    folder.write(std::string("templates/own/") + file, "");
  }
  const std::string digest = "sha256:" + std::string(64, 'a');
  const auto component =
      load_own(folder,
               "namespace: own-ns\n"
               "targets: [kind, eks]\n"
               "provides: {s3: {endpoint: 'http://x', bucket: '${values.bucket}'}}\n"
               "needs: [postgres]\n"
               "optional: [lineage]\n"
               "values: {bucket: b}\n"
               "secrets: [{name: s, generate: {password: 24}, data: {user: admin}}]\n"
               "crds: {manifests: [crd.yaml]}\n"
               "chart: {repo: 'https://x', name: c, version: 1.2.3, digest: '" +
                   digest +
                   "', values: values.yaml}\n"
                   "manifests: [rbac.yaml, {url: 'https://x/y.yaml', digest: '" +
                   digest +
                   "'}, {kustomize: kust}]\n"
                   "ready: [{kind: Deployment, name: d}, {kind: X, name: x, namespace: o, "
                   "apiVersion: a/v1, condition: 'object.ok'}]\n"
                   "failed: [{kind: X, when: object.bad, reason: object.why}]\n"
                   "images: ['a:1']\n"
                   "endpoints: [{name: ui, service: web, port: 8080, path: /ui, credentials: "
                   "{secret: s, user: user, password: password}}]\n"
                   "jobs: {pi: {title: Pi, template: jobs/pi.yaml, follow: {selector: "
                   "'a=${job.name}'}, done: object.d, failed: object.f,"
                   " logs: {pod: object.p, container: c, result: '^Pi'}}}\n");
  INFO((component ? "" : dpctl::full_text(component.error())));
  REQUIRE(component);
  CHECK(component->title == "Own part");
  CHECK(component->ns == "own-ns");
  CHECK(component->targets == std::vector{dpctl::Provider::kind, dpctl::Provider::eks});
  CHECK(component->provides["s3"]["bucket"] == "${values.bucket}");
  CHECK(component->needs == std::vector<std::string>{"postgres"});
  CHECK(component->optional == std::vector<std::string>{"lineage"});
  CHECK(component->secrets.at(0).generate.at("password") == 24);
  CHECK(component->secrets.at(0).ns == "own-ns");
  CHECK(component->secrets.at(0).type == "Opaque");
  CHECK_FALSE(component->crds.from_chart);
  CHECK(component->crds.manifests.at(0).file == "templates/own/crd.yaml");
  CHECK(component->chart->release == "own");
  CHECK(component->chart->ns == "own-ns");
  CHECK(component->chart->values == "templates/own/values.yaml");
  CHECK(component->manifests.at(0).file == "templates/own/rbac.yaml");
  CHECK(component->manifests.at(1).url == "https://x/y.yaml");
  CHECK(component->manifests.at(1).digest == digest);
  CHECK(component->manifests.at(2).kustomize == "templates/own/kust");
  CHECK(component->ready.at(0).ns == "own-ns");
  CHECK(component->ready.at(1).ns == "o");
  CHECK(component->ready.at(1).condition == "object.ok");
  CHECK(component->failed.at(0).when == "object.bad");
  CHECK(component->endpoints.at(0).port == 8080);
  CHECK(component->endpoints.at(0).scheme == "http");
  CHECK(component->endpoints.at(0).password_key == "password");
  const dpctl::JobSpec& job = component->jobs.at("pi");
  CHECK(job.file == "templates/own/jobs/pi.yaml");
  CHECK(job.selector == "a=${job.name}");
  CHECK(job.log_result == "^Pi");
  CHECK(job.ns == "own-ns");
  CHECK(component->document.position("/jobs/pi/done").line > 10);
}

TEST_CASE("a chart may lie in a folder beside the component") {
  const AssetFolder folder;
  folder.write("templates/own/chart/Chart.yaml", "");
  const auto component = load_own(folder, "chart: {path: chart}\n");
  REQUIRE(component);
  CHECK(component->chart->path == "templates/own/chart");
  CHECK(component->chart->name == "chart");
  CHECK(component->chart->repo.empty());
}

TEST_CASE("an unknown component gets a suggestion") {
  const auto component = dpctl::load_component({}, "sparc");
  REQUIRE_FALSE(component);
  CHECK(component.error().message == "there is no component 'sparc'; did you mean 'spark'?");
}

TEST_CASE("what is wrong in a component.yaml is told with its place") {
  CHECK(without_folder(dpctl::summary_line(refused("manifest: [rbac.yaml]\n"))) ==
        "templates/own/component.yaml:4:1: unknown key 'manifest' in the document; did you mean "
        "'manifests'?");
  CHECK(without_folder(dpctl::summary_line(refused("manifests:\n  - rbca.yaml\n"))) ==
        "templates/own/component.yaml:5:5: there is no file 'rbca.yaml' in templates/own; did you "
        "mean 'rbac.yaml'?");
  CHECK(without_folder(dpctl::summary_line(refused("manifests: [{url: 'https://x'}]\n"))) ==
        "templates/own/component.yaml:4:13: manifests[0].digest is missing");
  CHECK(refused("chart: {name: x}\n").message.find("missing") != std::string::npos);
  refused("manifests: [../../../../etc/passwd]\n");
  refused("jobs: {a: {title: A, template: none.yaml, done: 'x', failed: 'y'}}\n");
}

TEST_CASE("a component has the name of its folder") {
  const AssetFolder folder;
  folder.write("templates/other/component.yaml", head);
  const auto component = dpctl::load_component(folder.assets(), "other");
  REQUIRE_FALSE(component);
  CHECK(component.error().message == "metadata.name is 'own', but the folder is 'other'");
}

TEST_CASE("values are defaults with the profile's over them, checked with places in the profile") {
  const AssetFolder folder;
  folder.write("templates/own/values.schema.json",
               R"({"type": "object", "additionalProperties": false,
                   "properties": {"replicas": {"type": "integer"}, "size": {"type": "string"}, "map": {"type": "object"}}})");
  const auto component =
      load_own(folder, "values: {replicas: 1, size: small, map: {a: 1, b: 2}}\n");
  REQUIRE(component);
  const auto values = [&](const std::string& given) {
    const std::string file = folder.write("mine.yaml",
                                          "apiVersion: dpctl.dev/v1\nkind: Profile\nmetadata: "
                                          "{name: mine}\nextends: kind\nvalues:\n  own: " +
                                              given + "\n");
    const auto profile = dpctl::load_profile(folder.assets(), {.profile = file});
    REQUIRE(profile);
    return dpctl::component_values(folder.assets(), *component, *profile);
  };
  CHECK(*values("{replicas: 2, map: {b: null, c: 3}, size: null}") ==
        Json({{"replicas", 2}, {"map", {{"a", 1}, {"c", 3}}}}));
  const auto wrong = values("{replcas: 2}");
  REQUIRE_FALSE(wrong);
  CHECK(dpctl::summary_line(wrong.error()) ==
        folder.path() +
            "/mine.yaml:6:9: unknown key 'replcas' in values.own; did you mean 'replicas'?");
  const auto option = dpctl::load_profile(folder.assets(), {.set = {"values.own.replicas=two"}});
  REQUIRE(option);
  const auto typed = dpctl::component_values(folder.assets(), *component, *option);
  REQUIRE_FALSE(typed);
  CHECK(dpctl::summary_line(typed.error()) ==
        "--set values.own.replicas=two: values.own.replicas must be an integer, not the string "
        "\"two\"");
}

TEST_CASE("a component without a schema takes the keys of its defaults only") {
  const AssetFolder folder;
  const auto component = load_own(folder, "values: {replicas: 1}\n");
  REQUIRE(component);
  const auto profile = dpctl::load_profile(folder.assets(), {.set = {"values.own.replica=2"}});
  REQUIRE(profile);
  const auto values = dpctl::component_values(folder.assets(), *component, *profile);
  REQUIRE_FALSE(values);
  CHECK(values.error().message == "unknown key 'replica' in values.own; did you mean 'replicas'?");
}
