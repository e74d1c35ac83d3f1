// SPDX-License-Identifier: Apache-2.0
// dpctl schema: the JSON Schemas of the files that dpctl reads, for editors.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "cli/verbs.hpp"
#include "profile/assets.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

// What a word on the command line stands for: "profile", "component", or a component whose values
// are meant.
Result<Asset> schema_of(const Assets& assets, const std::string& what) {
  for (const auto& path : {"templates/schemas/" + what + ".schema.json",
                           "templates/" + what + "/values.schema.json"}) {
    if (assets.has(path)) {
      return assets.read(path);
    }
  }
  std::vector<std::string> names;
  for (const auto& path : assets.list("templates")) {
    const auto parts = split(path, '/');
    if (path.ends_with("/values.schema.json")) {
      names.push_back(parts[1]);
    } else if (path.starts_with("templates/schemas/")) {
      names.push_back(parts[2].substr(0, parts[2].find('.')));
    }
  }
  return fail(ExitCode::usage, "there is no schema of '" + what + "'" + did_you_mean(what, names),
              "one of: " + join(names, ", "));
}

}  // namespace

void add_schema_verb(CLI::App& app, CliContext& context) {
  auto* verb = app.add_subcommand("schema", "Print the JSON Schema of a file that dpctl reads");
  const auto what = std::make_shared<std::string>("profile");
  verb->add_option("WHAT", *what, "profile, component, or the component whose values are meant")
      ->capture_default_str();
  context.on_run(*verb, [what]() -> Result<ExitCode> {
    fmt::print("{}", TRY(schema_of(Assets(), *what)).text);
    return ExitCode::done;
  });
}

}  // namespace dpctl
