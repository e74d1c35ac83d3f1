// SPDX-License-Identifier: Apache-2.0
// What the tool code needs of this machine; tests put fakes here.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "tools/catalogue.hpp"
#include "util/files.hpp"
#include "util/http.hpp"
#include "util/process.hpp"
#include "util/result.hpp"

namespace dpctl {

struct ToolHost {
  Exec exec;
  std::filesystem::path folder =
      cache_folder() / "tools";  // NAME/VERSION/NAME, versions.json, lock, log/
  std::string platform = this_platform();
  std::function<std::optional<std::filesystem::path>(std::string_view)> on_path = find_on_path;
  std::function<Result<>(const Download&, std::stop_token)> fetch = download;
};

/// Where a tool of the catalogue lies once it is installed.
std::filesystem::path installed_path(const ToolHost& host, const KnownTool& tool);

}  // namespace dpctl
