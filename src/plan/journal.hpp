// SPDX-License-Identifier: Apache-2.0
// An append-only history of runs. Only ever a hint: the cluster is the truth, and losing this file
// costs nothing but history.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "plan/outcome.hpp"

namespace dpctl {

class Journal {
 public:
  /// Reads what is there; lines that cannot be read (a torn last one) are passed over.
  explicit Journal(std::filesystem::path file);

  /// How long `step` took when `walk` last changed something there.
  std::optional<std::chrono::milliseconds> last_duration(Walk walk, const std::string& step) const;

  /// Appends one JSON line; a failure to write is ignored, since nothing depends on it.
  void record(Walk walk, const StepResult& result);

 private:
  std::filesystem::path file_;
  std::map<std::string, std::chrono::milliseconds> durations_;
};

}  // namespace dpctl
