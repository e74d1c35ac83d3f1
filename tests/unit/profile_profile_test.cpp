// SPDX-License-Identifier: Apache-2.0
#include "profile/profile.hpp"

#include <catch2/catch_test_macros.hpp>
#include <chrono>

#include "support/asset_folder.hpp"

using dpctl::Json;
using dpctl::Profile;
using dpctl::ProfileRequest;
using dpctl::Provider;
using dpctl::test::AssetFolder;

namespace {

Profile loaded(const ProfileRequest& request, const dpctl::Assets& assets = {}) {
  auto profile = dpctl::load_profile(assets, request);
  INFO((profile ? "" : dpctl::full_text(profile.error())));
  REQUIRE(profile);
  return *profile;
}

dpctl::Error refused(const ProfileRequest& request, const dpctl::Assets& assets = {}) {
  const auto profile = dpctl::load_profile(assets, request);
  REQUIRE_FALSE(profile);
  return profile.error();
}

/// A profile file that extends kind-small, with `more` behind it.
std::string small(const std::string& more) {
  return "apiVersion: dpctl.dev/v1\nkind: Profile\nmetadata: {name: mine}\nextends: kind-small\n" +
         more;
}

}  // namespace

TEST_CASE("every profile that ships loads, under its own name") {
  const dpctl::Assets assets;
  for (const std::string& name : dpctl::profile_names(assets)) {
    const Profile profile = loaded({.profile = name, .set = {"cluster.context=some"}});
    CHECK(profile.name == name);
    CHECK_FALSE(profile.title.empty());
    CHECK(profile.cluster.name == "dpctl-" + name);
    CHECK(profile.components.at("spark"));
    CHECK(profile.components.at("access"));
    CHECK(profile.warnings.empty());
  }
}

TEST_CASE("the profile kind has three control planes and three workers") {
  const Profile profile = loaded({});
  CHECK(profile.cluster.provider == Provider::kind);
  CHECK(profile.cluster.control_planes == 3);
  CHECK(profile.cluster.workers == 3);
  CHECK(profile.cluster.nodes() == 6);
  CHECK(profile.cluster.node_image.starts_with("kindest/node:v1.34.0@sha256:"));
  CHECK(profile.cluster.storage_class == "standard");
  const Json context = dpctl::template_context(profile);
  CHECK(context["cluster"] == Json({{"provider", "kind"},
                                    {"name", "dpctl-kind"},
                                    {"kubernetes", ""},
                                    {"controlPlanes", 3},
                                    {"workers", 3},
                                    {"nodes", 6},
                                    {"storageClass", "standard"}}));
  CHECK(context["profile"]["name"] == "kind");
}

TEST_CASE("a profile loads in a few milliseconds") {
  loaded({});
  const auto start = std::chrono::steady_clock::now();
  loaded({});
  // Far above what it takes, so that a busy machine with sanitizers passes; it guards against a
  // different order.
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(500));
}

TEST_CASE("layers win in their order") {
  const AssetFolder folder;
  const std::string file =
      folder.write("mine.yaml", small("envFile: .env\ncluster: {workers: 1}\n"));
  folder.write(".env", "DPCTL_CLUSTER_WORKERS=2\n");
  const std::string over = folder.write("over.yaml", "cluster: {workers: 4}\n");
  const std::string over2 = folder.write("over2.yaml", "cluster: {workers: 5}\n");
  ProfileRequest request{.profile = file};
  CHECK(loaded(request).cluster.workers == 2);
  request.environment = {{"DPCTL_CLUSTER_WORKERS", "3"}};
  CHECK(loaded(request).cluster.workers == 3);
  request.files = {over};
  CHECK(loaded(request).cluster.workers == 4);
  request.files = {over, over2};
  CHECK(loaded(request).cluster.workers == 5);
  request.set = {"cluster.workers=6,cluster.name=a", "cluster.workers=7"};
  CHECK(loaded(request).cluster.workers == 7);
  request.set_string = {"cluster.name=b"};
  CHECK(loaded(request).cluster.name == "b");
}

TEST_CASE("components are chosen by --with and --without") {
  const Profile profile = loaded({.with = {"rehearsal"}, .without = {"access"}});
  CHECK(profile.components ==
        std::map<std::string, bool>{{"access", false}, {"rehearsal", true}, {"spark", true}});
  CHECK(dpctl::summary_line(refused({.with = {"sparc"}})) ==
        "--with sparc: there is no component 'sparc'; did you mean 'spark'?");
}

TEST_CASE("texts of the cluster are evaluated with profile and env") {
  const AssetFolder folder;
  const std::string file = folder.write(
      "mine.yaml", small("envFile: vars.env\ncluster: {name: "
                         "'x-${profile.name}-${env.WHO}'}\nimages: {registry: '${env.HOST}/p'}\n"
                         "values: {spark: {image: 'a:${b}'}}\n"));
  folder.write("vars.env", "WHO=me\nHOST=example.org:5000\n");
  const Profile profile = loaded({.profile = file});
  CHECK(profile.cluster.name == "x-mine-me");
  CHECK(profile.images.registry == "example.org:5000/p");
  CHECK(profile.values_of("spark") == Json({{"image", "a:${b}"}}));
  CHECK(loaded({.profile = file, .environment = {{"WHO", "you"}}}).cluster.name == "x-mine-you");
}

TEST_CASE("an expression that cannot be evaluated is told with its place") {
  const AssetFolder folder;
  const std::string file =
      folder.write("mine.yaml", small("cluster:\n  name: \"${profile.nam}\"\n"));
  const auto error = refused({.profile = file});
  CHECK(error.code == dpctl::ExitCode::invalid_input);
  CHECK(error.where->file == file);
  CHECK(error.where->line == 6);
}

TEST_CASE("an unknown profile gets a suggestion and the list") {
  const auto error = refused({.profile = "kimd"});
  CHECK(error.code == dpctl::ExitCode::invalid_input);
  CHECK(error.message == "there is no profile 'kimd'; did you mean 'kind'?");
  CHECK(error.hint.starts_with("profiles: eks, existing, kind, kind-small, rehearsal"));
  CHECK(refused({.profile = "./none.yaml"}).message.find("none.yaml") != std::string::npos);
}

TEST_CASE("extends by name and by path, and a circle of it is named") {
  const AssetFolder folder;
  folder.write("profiles/a.yaml", "metadata: {name: a}\nextends: ../b.yaml\n");
  folder.write("b.yaml", "metadata: {name: b}\nextends: ./profiles/c.yaml\n");
  folder.write("profiles/c.yaml", "metadata: {name: c}\nextends: a\n");
  const auto error = refused({.profile = "a"}, folder.assets());
  CHECK(error.message == "profiles extend each other in a circle: a → b → c → a");
  CHECK(error.where->file.ends_with("c.yaml"));
  const std::string unknown = folder.write("d.yaml", "metadata: {name: d}\nextends: knd\n");
  CHECK(dpctl::summary_line(refused({.profile = unknown})) ==
        unknown + ":2:1: there is no profile 'knd'; did you mean 'kind'?");
  const std::string top = folder.write("top.yaml", "metadata: {name: top}\nextends: ./low.yaml\n");
  folder.write("low.yaml", small("cluster: {workers: 2}"));
  const Profile profile = loaded({.profile = top});
  CHECK(profile.name == "top");
  CHECK(profile.title == "top");
  CHECK(profile.cluster.workers == 2);
  CHECK(profile.cluster.name == "dpctl-top");
}

TEST_CASE("unknown keys and wrong types are told with file, line and column") {
  const AssetFolder folder;
  const std::string file =
      folder.write("mine.yaml", small("cluster:\n  workerz: 1\n  controlPlanes: three\n"));
  const auto error = refused({.profile = file});
  CHECK(error.code == dpctl::ExitCode::invalid_input);
  CHECK(dpctl::summary_line(error) ==
        file + ":7:3: cluster.controlPlanes must be an integer, not the string \"three\"\n" + file +
            ":6:3: unknown key 'workerz' in cluster; did you mean 'workers'?");
}

TEST_CASE("an error names the layer that caused it") {
  CHECK(dpctl::summary_line(refused({.set = {"cluster.workers=x"}})) ==
        "--set cluster.workers=x: cluster.workers must be an integer, not the string \"x\"");
  CHECK(dpctl::summary_line(refused({.environment = {{"DPCTL_CLUSTER_WORKERS", "x"}}})) ==
        "DPCTL_CLUSTER_WORKERS: cluster.workers must be an integer, not the string \"x\"");
  const AssetFolder folder;
  const std::string file = folder.write("mine.yaml", small("envFile: .env\n"));
  folder.write(".env", "DPCTL_CLUSTER_WORKERS=x\n");
  CHECK(
      dpctl::summary_line(refused({.profile = file})) ==
      folder.path() +
          "/.env: DPCTL_CLUSTER_WORKERS: cluster.workers must be an integer, not the string \"x\"");
}

TEST_CASE("names that Kubernetes or the provider would refuse are refused first") {
  const std::string long_name(50, 'x');
  const auto error = refused({.set = {"cluster.name=" + long_name}});
  CHECK(error.code == dpctl::ExitCode::invalid_input);
  CHECK(error.message == "cluster.name '" + long_name +
                             "' has 50 characters and may have 40: kind makes "
                             "NAME-external-load-balancer of it, and a host "
                             "name has 63 at most");
  CHECK(loaded({.profile = "kind-small", .set = {"cluster.name=" + std::string(49, 'x')}})
            .cluster.name.size() == 49);
  CHECK(refused({.profile = "kind-small", .set = {"cluster.name=" + long_name}})
            .message.find("may have 49") != std::string::npos);
  CHECK(loaded({.profile = "eks", .set = {"cluster.name=" + std::string(100, 'x')}})
            .cluster.name.size() == 100);
  refused({.profile = "eks", .set = {"cluster.name=" + std::string(101, 'x')}});
  for (const char* name : {"A", "a_b", "-a", "a-", "a.b"}) {
    CHECK(refused({.set = {std::string("cluster.name=") + dpctl::Json(name).get<std::string>()}})
              .message.find("Kubernetes") != std::string::npos);
  }
}

TEST_CASE("existing needs a context, eks a region") {
  const auto error = refused({.profile = "existing"});
  CHECK(error.message.starts_with("cluster.context is missing"));
  CHECK(loaded({.profile = "existing", .set = {"cluster.context=prod"}}).cluster.context == "prod");
  CHECK(refused({.profile = "eks", .set = {"cluster.eks.region=null"}}).message ==
        "cluster.eks.region is missing");
}

TEST_CASE("relative paths begin where they are written") {
  const AssetFolder folder;
  const std::string file = folder.write(
      "mine.yaml", small("charts: {mirror: ./charts}\ncluster: {kubeconfig: ../k.yaml}\n"));
  const Profile profile = loaded({.profile = file});
  CHECK(profile.charts_mirror == folder.path() + "/charts");
  CHECK(profile.cluster.kubeconfig ==
        std::filesystem::path(folder.path()).parent_path() / "k.yaml");
  const Profile set = loaded({.profile = file, .set = {"charts.mirror=x"}});
  CHECK(set.charts_mirror == (std::filesystem::current_path() / "x").string());
  CHECK(loaded({.set = {"charts.mirror=oci://r/x"}}).charts_mirror == "oci://r/x");
}

TEST_CASE("a file of values that is half a profile is refused") {
  const AssetFolder folder;
  const std::string file = folder.write("v.yaml", "cluster: {workers: 1}\nextends: kind\n");
  CHECK(dpctl::summary_line(refused({.files = {file}})) ==
        file + ":2:1: extends has no effect in a -f file");
}

TEST_CASE("unknown DPCTL_ variables become warnings") {
  const Profile profile = loaded({.environment = {{"DPCTL_CLUSTR_NAME", "x"}, {"HOME", "/"}}});
  REQUIRE(profile.warnings.size() == 1);
  CHECK(profile.warnings[0].starts_with("DPCTL_CLUSTR_NAME is set, but changes nothing"));
}

TEST_CASE("dpctl.d beside the profile's file adds profiles and components") {
  const AssetFolder folder;
  const std::string file =
      folder.write("mine.yaml", small("components: {own: true}\nvalues: {own: {a: 1}}\n"));
  folder.write("dpctl.d/templates/own/component.yaml", "");
  const ProfileRequest request{.profile = file};
  const auto assets = dpctl::assets_for(request, "");
  REQUIRE(assets);
  CHECK(loaded(request, *assets).components.at("own"));
  CHECK(refused(request).message == "there is no component 'own'");
}
