// SPDX-License-Identifier: Apache-2.0
#include "profile/layers.hpp"

#include <fmt/format.h>

#include <map>
#include <string_view>
#include <utility>

namespace dpctl {
namespace {

using Positions = std::map<std::string, SourcePos>;

std::string below(const std::string& pointer, std::string_view key) {
  std::string out = pointer + "/";
  for (const char c : key) {
    out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return out;
}

bool is_at_or_below(const std::string& pointer, const std::string& root) {
  return pointer.starts_with(root) &&
         (pointer.size() == root.size() || pointer[root.size()] == '/');
}

void forget_places(Positions& positions, const std::string& root) {
  for (auto at = positions.lower_bound(root);
       at != positions.end() && at->first.starts_with(root);) {
    at = is_at_or_below(at->first, root) ? positions.erase(at) : std::next(at);
  }
}

void copy_places(Positions& positions, const Positions& from, const std::string& root) {
  for (auto at = from.lower_bound(root); at != from.end() && at->first.starts_with(root); ++at) {
    if (is_at_or_below(at->first, root)) {
      positions[at->first] = at->second;
    }
  }
}

bool keeps_null(const std::string& pointer) { return pointer.starts_with("/values/"); }

class Merger {
 public:
  Merger(Positions& positions, const Positions& over, Nulls nulls)
      : positions_(positions), over_(over), nulls_(nulls) {}

  void merge(Json& base, const Json& over, const std::string& pointer) {
    for (const auto& [key, value] : over.items()) {
      const std::string at = below(pointer, key);
      if (value.is_null() && (nulls_ == Nulls::remove || !keeps_null(at))) {
        base.erase(key);
        forget_places(positions_, at);
      } else if (value.is_object()) {
        merge_map(base[key], value, at);
      } else {
        base[key] = value;
        forget_places(positions_, at);
        copy_places(positions_, over_, at);
      }
    }
  }

 private:
  void merge_map(Json& base, const Json& over, const std::string& at) {
    if (!base.is_object()) {
      forget_places(positions_, at);
      base = Json::object();
    }
    if (const auto place = over_.find(at); place != over_.end()) {
      positions_[at] = place->second;
    }
    merge(base, over, at);
  }

  Positions& positions_;
  const Positions& over_;
  Nulls nulls_;
};

Error no_way(const std::string& source, const std::string& pointer, std::string_view wanted) {
  Error error =
      make_error(ExitCode::usage,
                 fmt::format("{} is no {}", pointer.empty() ? "the profile" : pointer, wanted));
  error.where = SourcePos{source};
  return error;
}

/// The value that a step leads to, made where it is not there; nullptr where `at` is of another
/// kind.
Json* stepped(Json& at, const PathStep& step) {
  if (const auto* key = std::get_if<std::string>(&step)) {
    if (at.is_null()) {
      at = Json::object();
    }
    return at.is_object() ? &at[*key] : nullptr;
  }
  if (at.is_null()) {
    at = Json::array();
  }
  return at.is_array() ? &at[std::get<std::size_t>(step)] : nullptr;
}

}  // namespace

void lay_over(YamlDocument& base, const YamlDocument& over, Nulls nulls) {
  if (!base.value.is_object() || !over.value.is_object()) {
    base.value = over.value;
    base.positions = over.positions;
    return;
  }
  Merger(base.positions, over.positions, nulls).merge(base.value, over.value, "");
}

Result<> assign(YamlDocument& document, const Assignment& assignment, const std::string& source) {
  Json* at = &document.value;
  Json* parent = nullptr;
  std::string pointer;
  for (const PathStep& step : assignment.path) {
    const bool is_key = std::holds_alternative<std::string>(step);
    parent = at;
    at = stepped(*at, step);
    if (at == nullptr) {
      return fail(no_way(source, pointer, is_key ? "map" : "list"));
    }
    const std::string name =
        is_key ? std::get<std::string>(step) : std::to_string(std::get<std::size_t>(step));
    pointer = below(pointer, name);
    document.positions.try_emplace(pointer, SourcePos{source});
  }
  forget_places(document.positions, pointer);
  const auto* last_key = std::get_if<std::string>(&assignment.path.back());
  if (assignment.value.is_null() && last_key != nullptr && !keeps_null(pointer)) {
    parent->erase(*last_key);
    return {};
  }
  *at = assignment.value;
  document.positions[pointer] = SourcePos{source};
  return {};
}

}  // namespace dpctl
