// SPDX-License-Identifier: Apache-2.0
#include "profile/assets.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "profile/embedded.hpp"
#include "support/asset_folder.hpp"

using dpctl::Assets;
using dpctl::test::AssetFolder;

namespace {

bool holds(const std::vector<std::string>& list, std::string_view what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

}  // namespace

TEST_CASE("embedded files are sorted by path, as the search in them needs") {
  const auto files = dpctl::embedded_files();
  CHECK(std::is_sorted(files.begin(), files.end(),
                       [](const auto& a, const auto& b) { return a.path < b.path; }));
}

TEST_CASE("profiles and components that ship are found") {
  const Assets assets;
  CHECK(assets.has("profiles/kind.yaml"));
  CHECK_FALSE(assets.has("profiles/none.yaml"));
  const auto asset = assets.read("profiles/kind.yaml");
  REQUIRE(asset);
  CHECK(asset->name == "profiles/kind.yaml");
  CHECK(asset->path.empty());
  CHECK(asset->text.find("kind: Profile") != std::string::npos);
  CHECK(holds(dpctl::profile_names(assets), "kind-small"));
  CHECK_FALSE(holds(dpctl::profile_names(assets), "base"));
  CHECK(holds(dpctl::component_names(assets), "spark"));
}

TEST_CASE("a missing file gets a suggestion") {
  const auto asset = Assets().read("profiles/kimd.yaml");
  REQUIRE_FALSE(asset);
  CHECK(asset.error().message ==
        "there is no file profiles/kimd.yaml; did you mean 'profiles/kind.yaml'?");
}

TEST_CASE("a folder overrides embedded files and adds its own") {
  const AssetFolder folder;
  const std::string kind = folder.write("profiles/kind.yaml", "changed");
  folder.write("profiles/mine.yaml", "mine");
  folder.write("templates/own/component.yaml", "own");
  folder.write("templates/own/jobs/a.yaml", "a");
  folder.write("templates/own/jobs/component.yaml", "not a component");
  const Assets assets = folder.assets();
  CHECK(assets.read("profiles/kind.yaml")->text == "changed");
  CHECK(assets.read("profiles/kind.yaml")->name == kind);
  CHECK(assets.read("profiles/kind.yaml")->path == kind);
  CHECK(assets.read("profiles/eks.yaml")->name == "profiles/eks.yaml");
  CHECK(holds(dpctl::profile_names(assets), "mine"));
  CHECK(holds(dpctl::component_names(assets), "own"));
  CHECK_FALSE(holds(dpctl::component_names(assets), "jobs"));
  CHECK(assets.list("templates/own") ==
        std::vector<std::string>{"templates/own/component.yaml", "templates/own/jobs/a.yaml",
                                 "templates/own/jobs/component.yaml"});
  CHECK(assets.list("templates/ow").empty());
}

TEST_CASE("of several folders the last one wins") {
  const AssetFolder lower;
  const AssetFolder upper;
  lower.write("profiles/a.yaml", "lower");
  lower.write("profiles/b.yaml", "lower");
  upper.write("profiles/a.yaml", "upper");
  Assets assets = lower.assets();
  REQUIRE(assets.add_folder(upper.path()));
  CHECK(assets.read("profiles/a.yaml")->text == "upper");
  CHECK(assets.read("profiles/b.yaml")->text == "lower");
}

TEST_CASE("no path leads out of the assets") {
  const AssetFolder folder;
  folder.write("profiles/a.yaml", "a");
  folder.write("secret", "s");
  const Assets assets = folder.assets();
  CHECK(dpctl::normal_asset_path("templates/spark/jobs/../a.yaml") == "templates/spark/a.yaml");
  for (const char* path : {"../secret", "profiles/../../secret", "/etc/passwd", "", "."}) {
    INFO(path);
    CHECK(dpctl::normal_asset_path(path).empty());
    CHECK_FALSE(assets.has(path));
    CHECK_FALSE(assets.read(path));
  }
}

TEST_CASE("a folder that is no assets folder is refused") {
  const AssetFolder folder;
  Assets assets;
  CHECK_FALSE(assets.add_folder(folder.path() + "/none"));
  const auto empty = assets.add_folder(folder.path());
  REQUIRE_FALSE(empty);
  CHECK(empty.error().code == dpctl::ExitCode::invalid_input);
}

TEST_CASE("a folder of assets can be written to disk") {
  const AssetFolder folder;
  folder.write("templates/own/chart/Chart.yaml", "name: own");
  folder.write("templates/own/chart/templates/a.yaml", "a");
  const AssetFolder target;
  REQUIRE(folder.assets().unpack("templates/own/chart", target.path()));
  CHECK(dpctl::read_file(target.path() + "/Chart.yaml").value() == "name: own");
  CHECK(dpctl::read_file(target.path() + "/templates/a.yaml").value() == "a");
}
