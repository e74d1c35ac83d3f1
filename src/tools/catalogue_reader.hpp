// SPDX-License-Identifier: Apache-2.0
// Decodes the catalogue's file, strictly: an unknown key or a wrong type is an error with its
// place.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/catalogue.hpp"
#include "util/json.hpp"
#include "util/result.hpp"
#include "util/yaml.hpp"

namespace dpctl::detail {

class CatalogueReader {
 public:
  /// `document` must outlive the reader.
  explicit CatalogueReader(const YamlDocument& document) : document_(document) {}

  Result<ToolCatalogue> read() const;

 private:
  /// A value with its place in the document.
  struct Node {
    const Json* value = nullptr;
    std::string pointer = {};
  };
  using Placeholders = std::map<std::string, std::string>;

  Error error(const Node& node, const std::string& message) const;
  Result<> only(const Node& node, std::initializer_list<std::string_view> keys) const;
  static Node child(const Node& node, std::string_view key);
  Result<std::string> text(const Node& node) const;
  Result<std::string> text_or(const Node& node, std::string_view key,
                              std::string_view otherwise) const;
  Result<std::vector<std::string>> texts(const Node& node) const;
  Result<ToolVersion> version(const Node& node) const;

  Result<KnownTool> tool(const Node& node) const;
  Result<VersionRange> range(const Node& node) const;
  Result<std::vector<BrokenVersion>> broken(const Node& node) const;
  Result<VersionQuestion> question(const Node& node) const;
  Result<> releases(const Node& node, KnownTool& tool) const;
  Result<ToolRelease> release(const Node& node, const Node& platform,
                              const Placeholders& known) const;
  Result<std::string> filled(const Node& node, const Placeholders& known) const;
  Result<GoRecipe> recipe(const Node& node, const KnownTool& tool) const;
  Result<std::map<std::string, std::vector<std::string>>> providers(const Node& node) const;

  const YamlDocument& document_;
};

}  // namespace dpctl::detail
