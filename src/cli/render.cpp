// SPDX-License-Identifier: Apache-2.0
// dpctl render: everything that the templates of a profile give, without a cluster.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/load.hpp"
#include "cli/verbs.hpp"
#include "util/files.hpp"
#include "util/yaml.hpp"

namespace dpctl {

namespace {

std::vector<Json> documents_of(const Rendered& rendered) {
  std::vector<Json> documents;
  for (const auto* list :
       {&rendered.crds, &rendered.namespaces, &rendered.objects, &rendered.resources}) {
    documents.insert(documents.end(), list->begin(), list->end());
  }
  return documents;
}

Result<> write_component(const Rendered& rendered, const std::filesystem::path& folder) {
  const auto own = folder / rendered.component->name;
  TRY(make_folder(own));
  TRY(write_file(own / "manifests.yaml", emit_yaml_documents(documents_of(rendered))));
  if (rendered.component->chart) {
    TRY(write_file(own / "values.yaml", emit_yaml(rendered.chart_values)));
  }
  return {};
}

Result<ExitCode> render_all(CliContext& context, const ProfileOptions& options,
                            const std::string& output, const std::filesystem::path& folder) {
  const auto platform = TRY(platform_of(context, options));
  std::vector<Json> all;
  for (const auto& rendered : platform->rendered()) {
    if (!folder.empty()) {
      TRY(write_component(rendered, folder));
      continue;
    }
    const auto documents = documents_of(rendered);
    all.insert(all.end(), documents.begin(), documents.end());
  }
  if (folder.empty()) {
    fmt::print("{}", output == "json" ? dump(Json(all), 2) + "\n" : emit_yaml_documents(all));
  }
  return ExitCode::done;
}

}  // namespace

void add_render_verb(CLI::App& app, CliContext& context) {
  auto* verb = app.add_subcommand("render",
                                  "Print the objects that setup would apply; no cluster is needed");
  const auto options = std::make_shared<ProfileOptions>();
  const auto output = std::make_shared<std::string>();
  const auto folder = std::make_shared<std::filesystem::path>();
  add_profile_options(*verb, *options);
  add_output_option(*verb, *output, {"yaml", "json"});
  verb->add_option("--to", *folder,
                   "Write a folder per component here, with the values of its chart");
  context.on_run(*verb, [&context, options, output, folder] {
    return render_all(context, *options, *output, *folder);
  });
}

}  // namespace dpctl
