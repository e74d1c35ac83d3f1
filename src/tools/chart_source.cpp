// SPDX-License-Identifier: Apache-2.0
#include "tools/chart_source.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "util/error.hpp"
#include "util/files.hpp"
#include "util/json.hpp"
#include "util/result.hpp"
#include "util/yaml.hpp"

namespace dpctl {

namespace {

bool is_http(std::string_view place) {
  return place.starts_with("https://") || place.starts_with("http://");
}

/// helm takes a relative path for a repository's name where nothing stands there.
std::string absolute_path(const std::filesystem::path& path) {
  std::error_code error;
  const auto absolute = std::filesystem::absolute(path, error);
  return error ? path.string() : absolute.string();
}

Result<ChartSource> chart_in_folder(const ChartRequest& request,
                                    const std::filesystem::path& folder) {
  std::error_code ignored;
  const auto archive = folder / (request.name + "-" + request.version + ".tgz");
  if (std::filesystem::is_regular_file(archive, ignored)) {
    return ChartSource{absolute_path(archive)};
  }
  const auto unpacked = folder / request.name;
  const auto chart_file = unpacked / "Chart.yaml";
  if (!std::filesystem::is_regular_file(chart_file, ignored)) {
    return fail(ExitCode::invalid_input,
                "the chart mirror " + folder.string() + " holds neither " +
                    archive.filename().string() + " nor a folder " + request.name +
                    " with a Chart.yaml",
                "put the chart there (helm pull " + request.name + " --repo " + request.repo +
                    " --version " + request.version + "), or leave out charts.mirror");
  }
  const auto text = TRY(read_file(chart_file));
  const auto metadata = TRY(parse_yaml_document(text, chart_file.string()));
  const auto version = string_at(metadata.value, "version");
  if (version != request.version) {
    return fail(ExitCode::invalid_input,
                chart_file.string() + " is version " + version + ", wanted is " + request.version);
  }
  return ChartSource{absolute_path(unpacked)};
}

ChartSource chart_in_repository(const ChartRequest& request, std::string repo) {
  while (repo.ends_with('/')) {
    repo.pop_back();
  }
  if (repo.starts_with("oci://")) {
    return {repo + "/" + request.name, "", request.version};
  }
  return {request.name, repo, request.version};
}

}  // namespace

Result<ChartSource> resolve_chart(const ChartRequest& request, const std::string& mirror) {
  if (!request.path.empty()) {
    return ChartSource{absolute_path(request.path)};
  }
  if (mirror.empty()) {
    return chart_in_repository(request, request.repo);
  }
  if (is_http(mirror) || mirror.starts_with("oci://")) {
    return chart_in_repository(request, mirror);
  }
  return chart_in_folder(request, mirror);
}

}  // namespace dpctl
