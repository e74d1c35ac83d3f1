// SPDX-License-Identifier: Apache-2.0
#include "tools/helm.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "tools/chart_source.hpp"
#include "tools/tool.hpp"
#include "util/error.hpp"
#include "util/files.hpp"
#include "util/json.hpp"
#include "util/process.hpp"
#include "util/result.hpp"
#include "util/sha256.hpp"
#include "util/yaml.hpp"

namespace dpctl {

namespace {

/// Each would make helm act elsewhere than --kubeconfig and --kube-context say, or keep releases
/// where dpctl does not look.
constexpr std::array harmful_variables = {
    "HELM_KUBEAPISERVER", "HELM_KUBETOKEN",
    "HELM_KUBECAFILE",    "HELM_KUBEASUSER",
    "HELM_KUBEASGROUPS",  "HELM_KUBETLS_SERVER_NAME",
    "HELM_DRIVER",        "HELM_NAMESPACE",
    "HELM_KUBECONTEXT",   "HELM_KUBEINSECURE_SKIP_TLS_VERIFY"};

/// The values of one call, on disk for as long as it runs.
struct ValuesFile {
  TempFolder folder;
  std::filesystem::path path;
};

Result<ValuesFile> write_values(const Json& values) {
  auto folder = TRY(TempFolder::create());
  const auto path = folder.path() / "values.yaml";
  // JSON is YAML, and no string of it can be taken for something else.
  TRY(write_file(path, dump(values), 0600));
  return ValuesFile{std::move(folder), path};
}

void add(std::vector<std::string>& arguments, std::string_view flag, const std::string& value) {
  if (!value.empty()) {
    arguments.emplace_back(flag);
    arguments.push_back(value);
  }
}

void add_chart_place(std::vector<std::string>& arguments, const ChartSource& chart) {
  add(arguments, "--repo", chart.repo);
  add(arguments, "--version", chart.version);
}

long long revision_of(const Json& row) {
  // `helm list` writes it as a string, `helm history` as a number.
  const auto text = string_at(row, "revision");
  long long revision = int_at(row, "revision");
  if (!text.empty()) {
    std::from_chars(text.data(), text.data() + text.size(), revision);
  }
  return revision;
}

ReleaseInfo release_info(const Json& row, const ReleaseName& known) {
  return {.name = string_at(row, "name", known.name),
          .ns = string_at(row, "namespace", known.ns),
          .revision = revision_of(row),
          .status = string_at(row, "status"),
          .chart = string_at(row, "chart"),
          .app_version = string_at(row, "app_version")};
}

bool says_not_found(const Finished& finished) {
  return !finished.ok() && finished.err.find("release: not found") != std::string::npos;
}

/// The name of a chart, without the repository that it comes from.
std::string base_name(const std::string& chart) {
  return chart.substr(chart.find_last_of('/') + 1);
}

Result<std::filesystem::path> only_archive_in(const std::filesystem::path& folder,
                                              const std::string& chart) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".tgz") {
      return entry.path();
    }
  }
  return fail(ExitCode::tool,
              "helm pull left no archive of " + base_name(chart) + " in " + folder.string());
}

}  // namespace

Helm::Helm(Program tool, KubeTarget target) : tool_(std::move(tool)), target_(std::move(target)) {
  for (const auto* const name : harmful_variables) {
    if (environment(name)) {
      tool_.env[name] = "";
    }
  }
}

std::vector<std::string> Helm::at_cluster(std::vector<std::string> arguments) const {
  add(arguments, "--kubeconfig", target_.kubeconfig.string());
  add(arguments, "--kube-context", target_.context);
  return arguments;
}

Result<> Helm::upgrade_install(const HelmUpgrade& what, const ToolCall& call) const {
  const auto values = TRY(write_values(what.values));
  // --reset-values: with no values at all helm would take over those of the last release.
  std::vector<std::string> arguments = {
      "upgrade",        what.release.name, what.chart.chart, "--install",
      "--namespace",    what.release.ns,   "--values",       values.path.string(),
      "--reset-values", "--hide-notes",    "--timeout",      go_duration(what.timeout)};
  add_chart_place(arguments, what.chart);
  for (const auto& [name, value] : what.labels) {
    add(arguments, "--labels", fmt::format("{}={}", name, value));
  }
  if (what.crds == ChartCrds::skip) {
    arguments.emplace_back("--skip-crds");
  }
  if (what.force_conflicts) {
    arguments.emplace_back("--force-conflicts");
  }
  if (what.take_ownership) {
    arguments.emplace_back("--take-ownership");
  }
  TRY(run_tool_ok(tool_, at_cluster(std::move(arguments)), call));
  return {};
}

Result<> Helm::uninstall(const ReleaseName& release, std::chrono::seconds timeout,
                         const ToolCall& call) const {
  TRY(run_tool_ok(tool_,
                  at_cluster({"uninstall", release.name, "--namespace", release.ns,
                              "--ignore-not-found", "--wait", "--timeout", go_duration(timeout)}),
                  call));
  return {};
}

Result<std::string> Helm::render(const HelmTemplate& what, const ToolCall& call) const {
  const auto values = TRY(write_values(what.values));
  std::vector<std::string> arguments = {"template",          what.release.name, what.chart.chart,
                                        "--namespace",       what.release.ns,   "--values",
                                        values.path.string()};
  add_chart_place(arguments, what.chart);
  add(arguments, "--kube-version", what.kube_version);
  for (const auto& version : what.api_versions) {
    add(arguments, "--api-versions", version);
  }
  arguments.emplace_back(what.crds == ChartCrds::install ? "--include-crds" : "--skip-crds");
  // What a chart renders may hold credentials.
  return secret_answer(tool_, std::move(arguments), call);
}

Result<std::vector<ReleaseInfo>> Helm::list(const ToolCall& call) const {
  const auto rows = TRY(json_answer(
      tool_, at_cluster({"list", "--all-namespaces", "--max", "0", "--output", "json"}), call));
  std::vector<ReleaseInfo> releases;
  for (const auto& row : rows) {
    releases.push_back(release_info(row, {}));
  }
  return releases;
}

Result<std::vector<ReleaseInfo>> Helm::history(const ReleaseName& release,
                                               const ToolCall& call) const {
  const auto command = command_of(
      tool_, at_cluster({"history", release.name, "--namespace", release.ns, "--output", "json"}),
      call);
  const auto finished = TRY(tool_.exec(command, call.stop));
  if (says_not_found(finished)) {
    return std::vector<ReleaseInfo>();
  }
  if (!finished.ok()) {
    return fail(command_failed(command, finished));
  }
  std::vector<ReleaseInfo> releases;
  for (const auto& row : TRY(parse_json(finished.out, "helm history"))) {
    releases.push_back(release_info(row, release));
  }
  return releases;
}

Result<std::optional<std::string>> Helm::manifest(const ReleaseName& release,
                                                  const ToolCall& call) const {
  ToolCall unlogged = call;
  unlogged.log.clear();
  const auto command = command_of(
      tool_, at_cluster({"get", "manifest", release.name, "--namespace", release.ns}), unlogged);
  const auto finished = TRY(tool_.exec(command, call.stop));
  if (says_not_found(finished)) {
    return std::optional<std::string>();
  }
  if (!finished.ok()) {
    return fail(command_failed(command, finished));
  }
  return std::optional(finished.out);
}

Result<ChartInfo> Helm::show_chart(const ChartSource& chart, const ToolCall& call) const {
  std::vector<std::string> arguments = {"show", "chart", chart.chart};
  add_chart_place(arguments, chart);
  const auto finished = TRY(run_tool_ok(tool_, std::move(arguments), call));
  const auto metadata =
      TRY(parse_yaml_document(finished.out, base_name(chart.chart) + "/Chart.yaml"));
  return ChartInfo{.name = string_at(metadata.value, "name"),
                   .version = string_at(metadata.value, "version"),
                   .app_version = string_at(metadata.value, "appVersion")};
}

Result<std::string> Helm::show_crds(const ChartSource& chart, const ToolCall& call) const {
  std::vector<std::string> arguments = {"show", "crds", chart.chart};
  add_chart_place(arguments, chart);
  return TRY(run_tool_ok(tool_, std::move(arguments), call)).out;
}

Result<PulledChart> Helm::pull(const ChartSource& chart, const std::filesystem::path& folder,
                               const ToolCall& call) const {
  std::vector<std::string> arguments = {"pull", chart.chart, "--destination", folder.string()};
  add_chart_place(arguments, chart);
  TRY(run_tool_ok(tool_, std::move(arguments), call));
  const auto archive = TRY(only_archive_in(folder, chart.chart));
  const auto digest = TRY(sha256_of_file(archive));
  return PulledChart{archive, digest};
}

}  // namespace dpctl
