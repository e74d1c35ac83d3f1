// SPDX-License-Identifier: Apache-2.0
// Where a chart comes from: its repository, or the mirror that a profile names.
#pragma once

#include <filesystem>
#include <string>

#include "util/result.hpp"

namespace dpctl {

/// A chart as a component names it.
struct ChartRequest {
  std::string repo = {};  // https://… or oci://…; empty with `path`
  std::string name = {};
  std::string version = {};
  std::filesystem::path path = {};  // a chart in a folder or archive of its own; no mirror then
};

/// A chart as helm takes it.
struct ChartSource {
  std::string chart;         // a path, an oci:// reference, or a name in `repo`
  std::string repo = {};     // for --repo; empty: none
  std::string version = {};  // for --version; empty where the chart is a path
};

/// What helm shall be told. `mirror` (charts.mirror) is a folder that holds NAME-VERSION.tgz or
/// NAME/, an http(s) repository, an oci:// prefix, or empty: the component's own repository. Fails
/// (invalid_input) where the folder holds neither, or NAME/ in another version.
Result<ChartSource> resolve_chart(const ChartRequest& request, const std::string& mirror);

}  // namespace dpctl
