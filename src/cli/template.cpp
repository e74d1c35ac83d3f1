// SPDX-License-Identifier: Apache-2.0
// dpctl template: one JSON-e template, evaluated; for authors of components, and for tests.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

#include "cli/verbs.hpp"
#include "profile/evaluate.hpp"
#include "util/files.hpp"
#include "util/json.hpp"
#include "util/yaml.hpp"

namespace dpctl {

namespace {

Result<YamlDocument> document_of(const std::string& path) {
  const bool standard_input = path == "-";
  const auto text = TRY(read_file(standard_input ? "/dev/stdin" : path));
  return parse_yaml_document(text, standard_input ? "stdin" : path);
}

Result<ExitCode> print_evaluated(const std::string& file, const std::string& context_file) {
  const auto document = TRY(document_of(file));
  Json context = Json::object();
  if (!context_file.empty()) {
    context = TRY(document_of(context_file)).value;
  }
  const auto value = TRY(evaluate(document, context));
  fmt::print("{}\n", dump(value.value_or(Json()), 2));
  return ExitCode::done;
}

}  // namespace

void add_template_verb(CLI::App& app, CliContext& context) {
  auto* verb = app.add_subcommand("template",
                                  "Evaluate one JSON-e template and print the JSON that it gives");
  const auto file = std::make_shared<std::string>();
  const auto context_file = std::make_shared<std::string>();
  verb->add_option("FILE", *file, "The template, as YAML or JSON; - for stdin")->required();
  verb->add_option("--context", *context_file, "File with the context: an object, as YAML or JSON");
  context.on_run(*verb, [file, context_file] { return print_evaluated(*file, *context_file); });
}

}  // namespace dpctl
