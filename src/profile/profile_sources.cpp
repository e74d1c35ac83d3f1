// SPDX-License-Identifier: Apache-2.0
#include "profile/profile_sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "profile/layers.hpp"
#include "util/files.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

namespace fs = std::filesystem;

/// A file that holds a profile, and where the paths in it begin.
struct File {
  YamlDocument document;
  fs::path path;           // on disk; empty for one inside the binary
  std::string asset_path;  // inside the binary or an assets folder; empty for any other file
};

Error fault(const YamlDocument& document, std::string_view pointer, std::string message,
            std::string hint = {}) {
  Error error = make_error(ExitCode::invalid_input, std::move(message), std::move(hint));
  error.where = document.position(pointer);
  return error;
}

Result<File> read_asset(const Assets& assets, const std::string& path) {
  Asset asset = TRY(assets.read(path));
  YamlDocument document = TRY(parse_yaml_document(asset.text, asset.name));
  return File{std::move(document), asset.path, path};
}

Result<File> read_disk(const fs::path& path) {
  const std::string text = TRY(read_file(path));
  YamlDocument document = TRY(parse_yaml_document(text, path.string()));
  return File{std::move(document), path, ""};
}

Result<File> read_named(const Assets& assets, const std::string& name) {
  const std::string path = "profiles/" + name + ".yaml";
  if (assets.has(path)) {
    return read_asset(assets, path);
  }
  const std::vector<std::string> names = profile_names(assets);
  return fail(ExitCode::invalid_input,
              fmt::format("there is no profile '{}'{}", name, did_you_mean(name, names)),
              fmt::format("profiles: {}; a file is named by its path, such as ./{}.yaml",
                          join(names, ", "), name));
}

/// What `extends` in `from` names.
Result<File> read_extended(const Assets& assets, const File& from, const std::string& reference) {
  if (!is_profile_path(reference)) {
    return read_named(assets, reference);
  }
  if (from.path.empty()) {
    return read_asset(assets,
                      (fs::path(from.asset_path).parent_path() / reference).generic_string());
  }
  return read_disk(from.path.parent_path() / reference);
}

std::string identity(const File& file) {
  std::error_code error;
  const fs::path whole =
      file.path.empty() ? fs::path(file.asset_path) : fs::weakly_canonical(file.path, error);
  return whole.string();
}

Result<std::optional<std::string>> extended_by(const File& file) {
  const YamlDocument& document = file.document;
  if (!document.value.is_object()) {
    return fail(fault(document, "", "a profile must be a map"));
  }
  if (!object_at(document.value, "metadata").contains("name")) {
    return fail(fault(document, "/metadata", "metadata.name is missing",
                      "each profile has a name of its own, also one that extends another"));
  }
  const auto extends = document.value.find("extends");
  if (extends == document.value.end()) {
    return std::optional<std::string>();
  }
  if (!extends->is_string()) {
    return fail(fault(document, "/extends",
                      "extends must be a string: the name of a profile, or ./FILE.yaml"));
  }
  return std::optional(extends->get<std::string>());
}

Error circle(const std::vector<File>& chain, const File& again) {
  std::string names;
  bool inside = false;
  for (const File& file : chain) {
    inside = inside || identity(file) == identity(again);
    names += inside ? string_at(file.document.value, "metadata.name") + " → " : "";
  }
  return fault(chain.back().document, "/extends",
               fmt::format("profiles extend each other in a circle: {}{}", names,
                           string_at(again.document.value, "metadata.name")));
}

/// The profile and those that it extends, nearest first.
Result<std::vector<File>> chain_of(const Assets& assets, File first) {
  std::vector<File> chain;
  chain.push_back(std::move(first));
  for (;;) {
    const std::optional<std::string> reference = TRY(extended_by(chain.back()));
    if (!reference) {
      return chain;
    }
    auto next = read_extended(assets, chain.back(), *reference);
    if (!next) {
      Error error = std::move(next).error();
      error.where = error.where ? error.where : chain.back().document.position("/extends");
      return fail(std::move(error));
    }
    const bool seen = std::any_of(chain.begin(), chain.end(), [&](const File& file) {
      return identity(file) == identity(*next);
    });
    if (seen) {
      return fail(circle(chain, *next));
    }
    chain.push_back(std::move(*next));
  }
}

}  // namespace

bool is_profile_path(std::string_view reference) {
  return reference.find('/') != std::string_view::npos || reference.ends_with(".yaml") ||
         reference.ends_with(".yml");
}

Result<ProfileSource> read_profile(const Assets& assets, const std::string& reference) {
  File first =
      TRY(is_profile_path(reference) ? read_disk(reference) : read_named(assets, reference));
  std::vector<File> chain = TRY(chain_of(assets, std::move(first)));
  ProfileSource source{YamlDocument{Json::object(), chain.front().document.file, {}}, {}};
  for (auto file = chain.rbegin(); file != chain.rend(); ++file) {
    // A name and a title belong to one profile; they are not handed on.
    source.document.value.erase("metadata");
    lay_over(source.document, file->document);
    if (!file->path.empty()) {
      source.folders[file->document.file] = file->path.parent_path();
    }
  }
  source.document.positions[""] = chain.front().document.position("");
  return source;
}

Result<> add_profile_file(ProfileSource& source, const fs::path& file) {
  const File read = TRY(read_disk(file));
  if (!read.document.value.is_object()) {
    return fail(fault(read.document, "", "a file of values must be a map"));
  }
  for (const std::string key : {"extends", "envFile"}) {
    if (read.document.value.contains(key)) {
      return fail(fault(read.document, "/" + key, fmt::format("{} has no effect in a -f file", key),
                        "it belongs into a profile; name that with --profile FILE"));
    }
  }
  lay_over(source.document, read.document);
  source.folders[read.document.file] = file.parent_path();
  return {};
}

}  // namespace dpctl
