// SPDX-License-Identifier: Apache-2.0
#include "tools/chart_source.hpp"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>

#include "util/files.hpp"

using namespace dpctl;

namespace {

const ChartRequest spark{"https://charts.example/", "spark-operator", "2.5.2"};

}  // namespace

TEST_CASE("without a mirror a chart comes from its own repository, http or OCI") {
  const auto http = resolve_chart(spark, "").value();
  CHECK(http.chart == "spark-operator");
  CHECK(http.repo == "https://charts.example");
  CHECK(http.version == "2.5.2");
  const auto oci = resolve_chart({"oci://host/charts", "spark-operator", "2.5.2"}, "").value();
  CHECK(oci.chart == "oci://host/charts/spark-operator");
  CHECK(oci.repo.empty());
  CHECK(oci.version == "2.5.2");
}

TEST_CASE("a mirror that is a URL stands in for the repository") {
  CHECK(resolve_chart(spark, "http://mirror/charts/").value().repo == "http://mirror/charts");
  CHECK(resolve_chart(spark, "oci://mirror/charts/").value().chart ==
        "oci://mirror/charts/spark-operator");
}

TEST_CASE("a mirror folder gives an archive, or an unpacked chart of the right version") {
  const auto folder = TempFolder::create();
  REQUIRE(folder);
  const auto mirror = folder->path().string();
  REQUIRE(make_folder(folder->path() / "spark-operator"));
  const auto chart_file = folder->path() / "spark-operator" / "Chart.yaml";
  REQUIRE(write_file(chart_file, "name: spark-operator\nversion: 2.5.2\n"));
  const auto unpacked = resolve_chart(spark, mirror).value();
  CHECK(unpacked.chart == mirror + "/spark-operator");
  CHECK(unpacked.repo.empty());
  CHECK(unpacked.version.empty());

  REQUIRE(write_file(folder->path() / "spark-operator-2.5.2.tgz", ""));
  CHECK(resolve_chart(spark, mirror).value().chart == mirror + "/spark-operator-2.5.2.tgz");

  const auto other = resolve_chart({"https://charts.example", "spark-operator", "2.6.0"}, mirror);
  REQUIRE_FALSE(other);
  CHECK(other.error().code == ExitCode::invalid_input);
  CHECK(other.error().message == chart_file.string() + " is version 2.5.2, wanted is 2.6.0");
}

TEST_CASE("a mirror folder without the chart says what it looked for and how to get it there") {
  const auto folder = TempFolder::create();
  REQUIRE(folder);
  const auto missing = resolve_chart(spark, folder->path().string());
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message ==
        "the chart mirror " + folder->path().string() +
            " holds neither spark-operator-2.5.2.tgz nor a folder spark-operator with a "
            "Chart.yaml");
  CHECK(missing.error().hint.find(
            "helm pull spark-operator --repo https://charts.example/ --version 2.5.2") !=
        std::string::npos);
}

TEST_CASE(
    "a chart with a path of its own is taken from there, mirror or not, as an absolute path") {
  ChartRequest local;
  local.path = "charts/demo";
  const auto source = resolve_chart(local, "oci://mirror").value();
  CHECK(source.chart == (std::filesystem::current_path() / "charts/demo").string());
}
