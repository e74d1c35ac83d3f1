// SPDX-License-Identifier: Apache-2.0
#include "tools/version_cache.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <ios>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "util/files.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {
namespace {

namespace fs = std::filesystem;

bool is_script(const fs::path& file) {
  std::array<char, 2> head{};
  std::ifstream(file, std::ios::binary).read(head.data(), head.size());
  return head == std::array<char, 2>{'#', '!'};
}

/// The binary's own file and a stamp that changes with it; nothing where its answer must not be
/// kept.
std::optional<std::pair<std::string, std::string>> identity(std::string_view tool,
                                                            const fs::path& binary) {
  std::error_code code;
  const auto file = fs::canonical(binary, code);
  // A version manager's link ends at a program of another name.
  if (code || !file.filename().string().starts_with(tool) || is_script(file)) {
    return std::nullopt;
  }
  const auto size = fs::file_size(file, code);
  const auto time = code ? fs::file_time_type() : fs::last_write_time(file, code);
  if (code) {
    return std::nullopt;
  }
  return std::pair(file.string(),
                   std::to_string(time.time_since_epoch().count()) + ":" + std::to_string(size));
}

}  // namespace

void VersionCache::load() {
  if (!answers_.is_null()) {
    return;
  }
  const auto text = read_file(file_);
  const auto parsed = text ? parse_json(*text, file_.string()) : Result<Json>(Json::object());
  answers_ = parsed && parsed->is_object() ? *parsed : Json::object();
}

std::optional<std::string> VersionCache::known(std::string_view tool, const fs::path& binary) {
  const auto id = identity(tool, binary);
  if (!id) {
    return std::nullopt;
  }
  load();
  const auto entry = answers_.find(id->first);
  if (entry == answers_.end() || string_at(*entry, "stamp") != id->second) {
    return std::nullopt;
  }
  const auto version = string_at(*entry, "version");
  return version.empty() ? std::nullopt : std::optional(version);
}

void VersionCache::keep(std::string_view tool, const fs::path& binary, const std::string& version) {
  const auto id = identity(tool, binary);
  if (!id) {
    return;
  }
  load();
  answers_[id->first] = {{"stamp", id->second}, {"version", version}};
  if (const auto made = make_folder(file_.parent_path())) {
    const auto written = write_file(file_, dump(answers_, 2) + "\n");
    static_cast<void>(written);  // a cache that cannot be written is asked for again
  }
}

}  // namespace dpctl
