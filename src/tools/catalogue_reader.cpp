// SPDX-License-Identifier: Apache-2.0
#include "tools/catalogue_reader.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <regex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/catalogue.hpp"
#include "tools/version.hpp"
#include "util/error.hpp"
#include "util/json.hpp"
#include "util/result.hpp"
#include "util/text.hpp"

namespace dpctl::detail {
namespace {

constexpr std::array<std::string_view, 4> platforms{"linux-amd64", "linux-arm64", "darwin-amd64",
                                                    "darwin-arm64"};

std::map<std::string, std::string> placeholders(const ToolVersion& version) {
  return {{"version", to_string(version)},
          {"major", std::to_string(version.major)},
          {"minor", std::to_string(version.minor)},
          {"patch", std::to_string(version.patch)}};
}

/// `known` with {os}, {arch} and {Os} (the same with a capital letter) of a platform.
std::map<std::string, std::string> with_platform(std::map<std::string, std::string> known,
                                                 std::string_view platform) {
  const auto dash = platform.find('-');
  std::string system(platform.substr(0, dash));
  known["os"] = system;
  known["arch"] = platform.substr(dash + 1);
  system.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(system.front())));
  known["Os"] = system;
  return known;
}

bool is_digest(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

Error CatalogueReader::error(const Node& node, const std::string& message) const {
  auto result = make_error(ExitCode::invalid_input, message);
  result.where = document_.position(node.pointer);
  return result;
}

Result<> CatalogueReader::only(const Node& node,
                               std::initializer_list<std::string_view> keys) const {
  if (!node.value->is_object()) {
    return fail(error(node, "a map is wanted here"));
  }
  for (const auto& [key, value] : node.value->items()) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      const std::vector<std::string> names(keys.begin(), keys.end());
      return fail(error(child(node, key), "unknown key '" + key + "'" + did_you_mean(key, names)));
    }
  }
  return {};
}

CatalogueReader::Node CatalogueReader::child(const Node& node, std::string_view key) {
  static const Json nothing;
  const auto found = node.value->is_object() ? node.value->find(key) : node.value->end();
  return {found == node.value->end() ? &nothing : &*found, node.pointer + "/" + std::string(key)};
}

Result<std::string> CatalogueReader::text(const Node& node) const {
  if (!node.value->is_string() || node.value->get_ref<const std::string&>().empty()) {
    const auto key = node.pointer.substr(node.pointer.rfind('/') + 1);
    return fail(error(node, "'" + key + "' must be a text that is not empty"));
  }
  return node.value->get<std::string>();
}

Result<std::string> CatalogueReader::text_or(const Node& node, std::string_view key,
                                             std::string_view otherwise) const {
  const auto value = child(node, key);
  return value.value->is_null() ? std::string(otherwise) : text(value);
}

Result<std::vector<std::string>> CatalogueReader::texts(const Node& node) const {
  std::vector<std::string> result;
  if (!node.value->is_array() && !node.value->is_null()) {
    return fail(error(node, "a list is wanted here"));
  }
  result.reserve(node.value->size());
  for (std::size_t i = 0; i < node.value->size(); ++i) {
    result.push_back(TRY(text({&(*node.value)[i], node.pointer + "/" + std::to_string(i)})));
  }
  return result;
}

Result<ToolVersion> CatalogueReader::version(const Node& node) const {
  const auto parsed = parse_version(TRY(text(node)));
  if (!parsed) {
    return fail(error(node, "not a version: " + node.value->get<std::string>()));
  }
  return *parsed;
}

Result<std::string> CatalogueReader::filled(const Node& node, const Placeholders& known) const {
  auto rest = TRY(text(node));
  std::string result;
  for (auto open = rest.find('{'); open != std::string::npos; open = rest.find('{')) {
    const auto close = rest.find('}', open);
    const auto value = known.find(rest.substr(open + 1, close - open - 1));
    if (close == std::string::npos || value == known.end()) {
      return fail(error(node, "unknown placeholder in '" + rest + "'"));
    }
    result += rest.substr(0, open) + value->second;
    rest = rest.substr(close + 1);
  }
  return result + rest;
}

Result<VersionRange> CatalogueReader::range(const Node& node) const {
  TRY(only(node, {"min", "below"}));
  return VersionRange{.min = TRY(version(child(node, "min"))),
                      .below = TRY(version(child(node, "below")))};
}

Result<std::vector<BrokenVersion>> CatalogueReader::broken(const Node& node) const {
  std::vector<BrokenVersion> result;
  for (std::size_t i = 0; i < node.value->size(); ++i) {
    const Node entry{&(*node.value)[i], node.pointer + "/" + std::to_string(i)};
    TRY(only(entry, {"version", "reason"}));
    result.push_back({.version = TRY(version(child(entry, "version"))),
                      .reason = TRY(text(child(entry, "reason")))});
  }
  return result;
}

Result<VersionQuestion> CatalogueReader::question(const Node& node) const {
  TRY(only(node, {"arguments", "pattern"}));
  VersionQuestion result{.arguments = TRY(texts(child(node, "arguments")))};
  const auto pattern = child(node, "pattern");
  try {
    result.pattern = std::regex(TRY(text(pattern)));
  } catch (const std::regex_error& wrong) {
    return fail(error(pattern, std::string("not a regular expression: ") + wrong.what()));
  }
  if (result.pattern.mark_count() != 1) {
    return fail(error(pattern, "the pattern must have one group, the version"));
  }
  return result;
}

Result<ToolRelease> CatalogueReader::release(const Node& node, const Node& platform,
                                             const Placeholders& known) const {
  TRY(only(platform, {"sha256", "url"}));
  const auto own = child(platform, "url");
  auto names = known;
  ToolRelease result{.url = TRY(filled(own.value->is_null() ? child(node, "url") : own, known)),
                     .sha256 = TRY(text_or(platform, "sha256", ""))};
  names["url"] = result.url;
  names["folder"] = result.url.substr(0, result.url.rfind('/'));
  if (!child(node, "member").value->is_null()) {
    result.member = TRY(filled(child(node, "member"), names));
  }
  if (!child(node, "checksums").value->is_null()) {
    result.checksum_url = TRY(filled(child(node, "checksums"), names));
  }
  if (!result.sha256.empty() && !is_digest(result.sha256)) {
    return fail(error(child(platform, "sha256"), "a SHA-256 is 64 digits and letters a to f"));
  }
  if (!result.url.starts_with("https://")) {
    return fail(error(node, "releases come by https only"));
  }
  return result;
}

Result<> CatalogueReader::releases(const Node& node, KnownTool& tool) const {
  TRY(only(node, {"url", "member", "checksums", "platforms", "digestsFrom"}));
  tool.digests_from = TRY(text_or(node, "digestsFrom", ""));
  const auto all = child(node, "platforms");
  for (const auto& [name, value] : all.value->items()) {
    const Node platform{&value, all.pointer + "/" + name};
    if (std::find(platforms.begin(), platforms.end(), name) == platforms.end()) {
      return fail(error(platform, "unknown platform '" + name + "'"));
    }
    const auto known = with_platform(placeholders(tool.version), name);
    tool.releases[name] = TRY(release(node, platform, known));
  }
  return {};
}

Result<GoRecipe> CatalogueReader::recipe(const Node& node, const KnownTool& tool) const {
  TRY(only(node, {"method", "module", "package", "variables", "together"}));
  GoRecipe result{.module = TRY(text(child(node, "module")))};
  result.package = TRY(text_or(node, "package", result.module));
  result.together = TRY(text_or(node, "together", ""));
  const auto method = TRY(text_or(node, "method", "install"));
  if (method != "install" && method != "require") {
    return fail(error(child(node, "method"), "'method' is install or require"));
  }
  result.method = method == "install" ? GoMethod::install : GoMethod::require;
  const auto variables = child(node, "variables");
  for (std::size_t i = 0; i < variables.value->size(); ++i) {
    const Node entry{&(*variables.value)[i], variables.pointer + "/" + std::to_string(i)};
    result.variables.push_back(TRY(filled(entry, placeholders(tool.version))));
  }
  return result;
}

Result<KnownTool> CatalogueReader::tool(const Node& node) const {
  TRY(only(node,
           {"name", "purpose", "version", "accepted", "broken", "question", "release", "go"}));
  KnownTool result{.name = TRY(text(child(node, "name"))),
                   .purpose = TRY(text(child(node, "purpose"))),
                   .version = TRY(version(child(node, "version"))),
                   .accepted = TRY(range(child(node, "accepted"))),
                   .broken = TRY(broken(child(node, "broken"))),
                   .question = TRY(question(child(node, "question")))};
  if (!child(node, "release").value->is_null()) {
    TRY(releases(child(node, "release"), result));
  }
  if (!child(node, "go").value->is_null()) {
    result.go = TRY(recipe(child(node, "go"), result));
  }
  if (!result.accepted.contains(result.version) || result.broken_as(result.version) != nullptr) {
    return fail(error(child(node, "version"), "the version to install is not an accepted one"));
  }
  return result;
}

Result<std::map<std::string, std::vector<std::string>>> CatalogueReader::providers(
    const Node& node) const {
  std::map<std::string, std::vector<std::string>> result;
  for (const auto& [name, value] : node.value->items()) {
    result[name] = TRY(texts({&value, node.pointer + "/" + name}));
  }
  return result;
}

Result<ToolCatalogue> CatalogueReader::read() const {
  const Node root{&document_.value};
  TRY(only(root, {"apiVersion", "kind", "tools", "providers"}));
  if (string_at(document_.value, "kind") != "ToolCatalogue") {
    return fail(error(root, "the kind of this file must be ToolCatalogue"));
  }
  std::vector<KnownTool> tools;
  const auto list = child(root, "tools");
  if (!list.value->is_array()) {
    return fail(error(list, "'tools' must be a list"));
  }
  tools.reserve(list.value->size());
  for (std::size_t i = 0; i < list.value->size(); ++i) {
    tools.push_back(TRY(tool({&(*list.value)[i], list.pointer + "/" + std::to_string(i)})));
  }
  auto needed = TRY(providers(child(root, "providers")));
  ToolCatalogue catalogue(std::move(tools), std::move(needed));
  for (const auto& [provider, value] : child(root, "providers").value->items()) {
    if (const auto known = catalogue.tools_for(provider); !known) {
      return fail(error(child(child(root, "providers"), provider), known.error().message));
    }
  }
  return catalogue;
}

}  // namespace dpctl::detail
