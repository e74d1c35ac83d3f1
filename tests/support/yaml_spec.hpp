// SPDX-License-Identifier: Apache-2.0
// Reads the test data of JSON-e, which is YAML as Python reads it, into JSON; and finds test data.
#pragma once

#include <yaml-cpp/yaml.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace yaml_spec {

using Json = nlohmann::json;

template <class Number>
std::optional<Json> number_from(std::string_view text) {
  Number number{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool all = read.ec == std::errc() && read.ptr == text.data() + text.size();
  return all ? std::optional(Json(number)) : std::nullopt;
}

/// A scalar without quotes, by its looks.
inline Json plain_scalar(const std::string& text) {
  if (text.empty() || text == "~" || text == "null") {
    return nullptr;
  }
  if (text == "true" || text == "false") {
    return text == "true";
  }
  if (text.find_first_not_of("0123456789+-.eE") != std::string::npos) {
    return text;
  }
  if (auto integer = number_from<long long>(text)) {
    return *integer;
  }
  return number_from<double>(text).value_or(text);
}

inline Json to_json(const YAML::Node& node) {
  if (node.IsSequence()) {
    Json list = Json::array();
    for (const auto& item : node) {
      list.push_back(to_json(item));
    }
    return list;
  }
  if (node.IsMap()) {
    Json object = Json::object();
    for (const auto& entry : node) {
      object[entry.first.Scalar()] = to_json(entry.second);
    }
    return object;
  }
  if (node.IsScalar() && node.Tag() == "!") {  // quoted
    return node.Scalar();
  }
  return node.IsScalar() ? plain_scalar(node.Scalar()) : Json(nullptr);
}

/// Every document of the file.
inline std::vector<Json> read_documents(const std::filesystem::path& file) {
  std::vector<Json> documents;
  for (const auto& node : YAML::LoadAllFromFile(file)) {
    documents.push_back(to_json(node));
  }
  return documents;
}

/// The root of the repository, from the place of this file.
inline std::filesystem::path repository() {
  return std::filesystem::absolute(__FILE__).parent_path().parent_path().parent_path();
}

/// Where test data lies that is not part of the repository.
inline std::filesystem::path test_data() {
  const char* const folder = std::getenv("DPCTL_TESTDATA");
  return folder != nullptr ? std::filesystem::path(folder) : repository().parent_path() / "shared";
}

}  // namespace yaml_spec
