// SPDX-License-Identifier: Apache-2.0
#include "plan/journal.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "util/files.hpp"
#include "util/json.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

std::string key_of(std::string_view walk, std::string_view step) {
  return std::string(walk) + " " + std::string(step);
}

std::string_view name_of(const Outcome& outcome) {
  struct Namer {
    std::string_view operator()(const Done&) const { return "done"; }
    std::string_view operator()(const Unchanged&) const { return "unchanged"; }
    std::string_view operator()(const Checked&) const { return "checked"; }
    std::string_view operator()(const Failed&) const { return "failed"; }
    std::string_view operator()(const Skipped&) const { return "skipped"; }
    std::string_view operator()(const Interrupted&) const { return "interrupted"; }
  };
  return std::visit(Namer(), outcome);
}

}  // namespace

Journal::Journal(std::filesystem::path file) : file_(std::move(file)) {
  const auto text = read_file(file_).value_or("");
  for (const auto line : lines_of(text)) {
    const auto entry = parse_json(line, file_.string());
    if (entry && string_at(*entry, "outcome") == "done") {
      durations_[key_of(string_at(*entry, "walk"), string_at(*entry, "step"))] =
          std::chrono::milliseconds(int_at(*entry, "ms"));
    }
  }
}

std::optional<std::chrono::milliseconds> Journal::last_duration(Walk walk,
                                                                const std::string& step) const {
  const auto found = durations_.find(key_of(to_string(walk), step));
  return found == durations_.end() ? std::nullopt : std::optional(found->second);
}

void Journal::record(Walk walk, const StepResult& result) {
  const Json entry = {{"time", utc_now()},
                      {"walk", std::string(to_string(walk))},
                      {"step", result.id},
                      {"outcome", std::string(name_of(result.outcome))},
                      {"ms", result.duration.count()}};
  static_cast<void>(append_file(file_, dump(entry) + "\n").has_value());
}

}  // namespace dpctl
