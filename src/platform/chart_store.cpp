// SPDX-License-Identifier: Apache-2.0
#include "platform/chart_store.hpp"

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "tools/chart_source.hpp"
#include "util/files.hpp"
#include "util/sha256.hpp"
#include "util/yaml.hpp"

namespace dpctl {

namespace fs = std::filesystem;

namespace {

Result<std::string> digest_of_folder(const fs::path& folder) {
  std::error_code code;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder, code)) {
    if (entry.is_regular_file(code)) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  std::string all;
  for (const auto& file : files) {
    all += fs::relative(file, folder, code).string() + " " + TRY(sha256_of_file(file)) + "\n";
  }
  return sha256(all);
}

Result<LocalChart> chart_at(const fs::path& path) {
  std::error_code ignored;
  const bool folder = fs::is_directory(path, ignored);
  return LocalChart{.path = path,
                    .sha256 = TRY(folder ? digest_of_folder(path) : sha256_of_file(path))};
}

Result<LocalChart> checked(LocalChart chart, const Component& component) {
  const std::string& digest = component.chart->digest;
  if (digest.empty() || digest == "sha256:" + chart.sha256) {
    return chart;
  }
  return fail(ExitCode::tool,
              "the chart " + chart.path.string() + " has the digest sha256:" + chart.sha256 +
                  ", not " + digest,
              "the repository or mirror does not serve what " + component.document.file + " names");
}

Result<ChartRequest> request_of(const Session& session, const Component& component) {
  const ChartSpec& chart = *component.chart;
  ChartRequest request{.repo = chart.repo, .name = chart.name, .version = chart.version};
  if (!chart.path.empty()) {
    request.path = session.folder() / "charts" / component.name;
    TRY(session.assets().unpack(chart.path, request.path));
  }
  return request;
}

fs::path store_folder() { return cache_folder() / "charts"; }

Result<LocalChart> pulled_chart(Session& session, const Component& component,
                                const ChartSource& source, StepContext& context) {
  const auto key = sha256(source.repo + " " + source.chart + " " + source.version).substr(0, 16);
  const auto kept = store_folder() /
                    (component.chart->name + "-" + component.chart->version + "-" + key + ".tgz");
  std::error_code code;
  if (!fs::exists(kept, code)) {
    context.note("pulling the chart " + component.chart->name + " " + component.chart->version);
    const auto helm = TRY(helm_of(session, context.stop));
    const auto folder = TRY(TempFolder::create());
    const auto pulled = TRY(helm.pull(source, folder.path(), tool_call_of(context)));
    TRY(checked({.path = pulled.archive, .sha256 = pulled.sha256}, component));
    TRY(make_folder(store_folder()));
    TRY(write_file(kept, TRY(read_file(pulled.archive))));
  }
  return checked(TRY(chart_at(kept)), component);
}

}  // namespace

Result<Helm> helm_of(Session& session, std::stop_token stop) {
  return Helm(TRY(session.program("helm", std::move(stop))),
              {.kubeconfig = session.kubeconfig(), .context = session.context()});
}

Result<LocalChart> local_chart(Session& session, const Component& component, StepContext& context) {
  const auto source =
      TRY(resolve_chart(TRY(request_of(session, component)), session.profile().charts_mirror));
  const bool on_disk = source.repo.empty() && source.version.empty();
  return on_disk ? checked(TRY(chart_at(source.chart)), component)
                 : pulled_chart(session, component, source, context);
}

Result<std::vector<Json>> crds_of_chart(Session& session, const Component& component,
                                        StepContext& context) {
  const auto chart = TRY(local_chart(session, component, context));
  const auto kept = store_folder() / (chart.sha256 + "-crds.json");
  if (const auto text = read_file(kept)) {
    return TRY(parse_json(*text, kept.string())).get<std::vector<Json>>();
  }
  const auto helm = TRY(helm_of(session, context.stop));
  const auto text = TRY(helm.show_crds({.chart = chart.path.string()}, tool_call_of(context)));
  std::vector<Json> crds;
  for (const auto& document : TRY(parse_kubernetes_yaml(text, component.chart->name + " crds"))) {
    crds.push_back(document.value);
  }
  TRY(make_folder(store_folder()));
  TRY(write_file(kept, dump(Json(crds))));
  return crds;
}

}  // namespace dpctl
