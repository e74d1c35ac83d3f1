// SPDX-License-Identifier: Apache-2.0
// dpctl component list|show: what the catalogue holds.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/load.hpp"
#include "cli/table.hpp"
#include "cli/verbs.hpp"
#include "platform/capabilities.hpp"
#include "util/text.hpp"
#include "util/yaml.hpp"

namespace dpctl {

namespace {

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, _] : object.items()) {
    keys.push_back(key);
  }
  return keys;
}

Json description_of(const Component& component) {
  Json description = {{"name", component.name},     {"title", component.title},
                      {"home", component.home},     {"license", component.license},
                      {"needs", component.needs},   {"optional", component.optional},
                      {"values", component.values}, {"namespace", component.ns},
                      {"jobs", Json::array()},      {"provides", keys_of(component.provides)}};
  for (const auto& [name, job] : component.jobs) {
    description["jobs"].push_back({{"name", name}, {"title", job.title}});
  }
  if (component.chart) {
    description["chart"] = {{"repo", component.chart->repo},
                            {"name", component.chart->name},
                            {"version", component.chart->version}};
  }
  return description;
}

Result<ExitCode> list_components(const ProfileOptions& options, const std::string& output) {
  const auto catalogue = TRY(load_components(TRY(assets_of(options))));
  const auto profile = TRY(profile_of(options));
  std::vector<Row> rows;
  Json all = Json::array();
  for (const auto& [name, component] : catalogue) {
    const auto wanted = profile.components.find(name);
    const bool on = wanted != profile.components.end() && wanted->second;
    rows.push_back({name, on ? "yes" : "no", join(keys_of(component.provides), ","),
                    join(component.needs, ","), component.title});
    all.push_back(description_of(component));
  }
  fmt::print("{}", output == "json" ? dump(all, 2) + "\n"
                   : output == "yaml"
                       ? emit_yaml(all)
                       : table({"NAME", "WANTED", "PROVIDES", "NEEDS", "TITLE"}, rows));
  return ExitCode::done;
}

Result<ExitCode> show_component(const ProfileOptions& options, const std::string& name,
                                const std::string& output) {
  const auto catalogue = TRY(load_components(TRY(assets_of(options))));
  const auto found = catalogue.find(name);
  if (found == catalogue.end()) {
    std::vector<std::string> names;
    for (const auto& [known, _] : catalogue) {
      names.push_back(known);
    }
    return fail(ExitCode::invalid_input,
                "unknown component '" + name + "'" + did_you_mean(name, names),
                "dpctl component list");
  }
  const auto description = description_of(found->second);
  fmt::print("{}", output == "json" ? dump(description, 2) + "\n" : emit_yaml(description));
  return ExitCode::done;
}

}  // namespace

void add_component_verb(CLI::App& app, CliContext& context) {
  auto* verb = app.add_subcommand("component", "What the catalogue holds");
  verb->require_subcommand(1);
  const auto options = std::make_shared<ProfileOptions>();
  const auto output = std::make_shared<std::string>();
  const auto name = std::make_shared<std::string>();

  auto* list = verb->add_subcommand("list", "All components, and whether the profile wants them");
  add_profile_options(*list, *options);
  const auto list_output = std::make_shared<std::string>();
  add_output_option(*list, *list_output, {"table", "json", "yaml"});
  context.on_run(*list, [options, list_output] { return list_components(*options, *list_output); });

  auto* show =
      verb->add_subcommand("show", "One component: what it is, needs, provides, and its values");
  show->add_option("NAME", *name, "The component")->required();
  add_profile_options(*show, *options);
  add_output_option(*show, *output, {"yaml", "json"});
  context.on_run(*show,
                 [options, name, output] { return show_component(*options, *name, *output); });
}

}  // namespace dpctl
