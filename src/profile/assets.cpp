// SPDX-License-Identifier: Apache-2.0
#include "profile/assets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <system_error>
#include <utility>

#include "profile/embedded.hpp"
#include "util/files.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

namespace fs = std::filesystem;

const EmbeddedFile* find_embedded(std::string_view path) {
  const std::span<const EmbeddedFile> files = embedded_files();
  const auto found = std::lower_bound(
      files.begin(), files.end(), path,
      [](const EmbeddedFile& file, std::string_view wanted) { return file.path < wanted; });
  return found != files.end() && found->path == path ? &*found : nullptr;
}

void add_embedded(std::set<std::string>& paths, const std::string& prefix) {
  for (const EmbeddedFile& file : embedded_files()) {
    if (file.path.starts_with(prefix)) {
      paths.emplace(file.path);
    }
  }
}

void add_from_disk(std::set<std::string>& paths, const fs::path& root, std::string_view folder) {
  std::error_code error;
  for (fs::recursive_directory_iterator at(root / folder, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code ignored;
    if (at->is_regular_file(ignored)) {
      paths.insert(at->path().lexically_relative(root).generic_string());
    }
  }
}

/// The file's name without folder and ending: "profiles/kind.yaml" is "kind".
std::string stem(const std::string& path) { return fs::path(path).stem().string(); }

}  // namespace

std::string normal_asset_path(std::string_view path) {
  const fs::path given(path);
  const std::string normal = given.lexically_normal().generic_string();
  if (given.is_absolute() || normal.empty() || normal == "." || normal == ".." ||
      normal.starts_with("../")) {
    return "";
  }
  return normal.ends_with('/') ? normal.substr(0, normal.size() - 1) : normal;
}

Result<> Assets::add_folder(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return fail(ExitCode::invalid_input,
                fmt::format("the assets folder {} is not a folder", folder.string()));
  }
  if (!fs::is_directory(folder / "templates", error) &&
      !fs::is_directory(folder / "profiles", error)) {
    return fail(
        ExitCode::invalid_input,
        fmt::format("the assets folder {} holds neither templates/ nor profiles/", folder.string()),
        "it mirrors dpctl's own: templates/NAME/component.yaml, profiles/NAME.yaml");
  }
  folders_.push_back(folder);
  return {};
}

fs::path Assets::on_disk(std::string_view path) const {
  for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder) {
    std::error_code error;
    if (fs::is_regular_file(*folder / path, error)) {
      return *folder / path;
    }
  }
  return {};
}

bool Assets::has(std::string_view path) const {
  const std::string normal = normal_asset_path(path);
  return !normal.empty() && (find_embedded(normal) != nullptr || !on_disk(normal).empty());
}

Result<Asset> Assets::read(std::string_view path) const {
  const std::string normal = normal_asset_path(path);
  if (normal.empty()) {
    return fail(ExitCode::invalid_input, fmt::format("the path {} leads out of the assets", path));
  }
  if (const fs::path file = on_disk(normal); !file.empty()) {
    std::string text = TRY(read_file(file));
    return Asset{std::move(text), file, file.string()};
  }
  if (const EmbeddedFile* file = find_embedded(normal)) {
    return Asset{std::string(file->text), {}, normal};
  }
  const std::vector<std::string> beside = list(fs::path(normal).parent_path().generic_string());
  return fail(ExitCode::invalid_input,
              fmt::format("there is no file {}{}", normal, did_you_mean(normal, beside)));
}

std::vector<std::string> Assets::list(std::string_view folder) const {
  const std::string normal = normal_asset_path(folder);
  std::set<std::string> paths;
  if (!normal.empty()) {
    add_embedded(paths, normal + "/");
    for (const fs::path& root : folders_) {
      add_from_disk(paths, root, normal);
    }
  }
  return {paths.begin(), paths.end()};
}

Result<> Assets::unpack(std::string_view folder, const fs::path& target) const {
  const std::string normal = normal_asset_path(folder);
  for (const std::string& path : list(normal)) {
    const fs::path file = target / path.substr(normal.size() + 1);
    TRY(make_folder(file.parent_path()));
    const Asset asset = TRY(read(path));
    TRY(write_file(file, asset.text));
  }
  return {};
}

std::vector<std::string> component_names(const Assets& assets) {
  std::vector<std::string> names;
  for (const std::string& path : assets.list("templates")) {
    const fs::path file(path);
    const auto depth = std::distance(file.begin(), file.end());
    if (depth == 3 && file.filename() == "component.yaml") {
      names.push_back(file.parent_path().filename().string());
    }
  }
  return names;
}

std::vector<std::string> profile_names(const Assets& assets) {
  std::vector<std::string> names;
  for (const std::string& path : assets.list("profiles")) {
    if (fs::path(path).extension() == ".yaml" && fs::path(path).parent_path() == "profiles" &&
        stem(path) != "base") {
      names.push_back(stem(path));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace dpctl
