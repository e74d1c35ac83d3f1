// SPDX-License-Identifier: Apache-2.0
// Builds a YamlDocument from yaml-cpp's events; only the yaml files include it. yaml-cpp's own node
// tree keeps the last of two equal keys without a word, the events tell of both.
#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "util/yaml.hpp"
#include "util/yaml_scalar.hpp"
#include "util/yaml_text.hpp"

namespace dpctl {

/// Takes the events of one document. After a fault it ignores all that follows; the caller asks for
/// the fault.
class YamlBuilder : public YAML::EventHandler {
 public:
  /// `text` is the normalised text that yaml-cpp reads; it must outlive the builder.
  YamlBuilder(std::string_view text, std::string_view file, const YamlLimits& limits,
              YamlDialect dialect);

  /// What was wrong, if anything was.
  const std::optional<Error>& fault() const { return fault_; }
  /// The document, or nothing where it is empty.
  std::optional<YamlDocument> take_document();
  SourcePos place(const YAML::Mark& mark) { return places_.at(offset_of(mark)); }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

 private:
  /// A list or map that is still open.
  struct Frame {
    Json value;
    std::string pointer;
    YAML::anchor_t anchor = 0;
    bool in_flow = false;
    std::optional<std::string> key = std::nullopt;  // of the map entry whose value comes next
    bool key_merges = false;                        // that key is `<<`
    std::map<std::string, std::size_t, std::less<>> key_offsets = {};
    std::vector<Json> merged = {};
    std::size_t nodes_before = 0;
    std::size_t bytes_before = 0;
  };
  /// What an alias repeats, and what it costs.
  struct Anchored {
    Json value;
    std::size_t nodes = 0;
    std::size_t bytes = 0;
  };

  static std::size_t offset_of(const YAML::Mark& mark);
  bool begin_node(const YAML::Mark& mark, std::size_t bytes);
  bool expects_key() const;
  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Json empty,
            YAML::EmitterStyle::value style);
  void close();
  void add(Json value, const YAML::Mark& mark);
  void add_key(const std::string& key, const YAML::Mark& mark, bool merges);
  void keep_anchor(YAML::anchor_t anchor, const Json& value, std::size_t nodes, std::size_t bytes);
  void merge(Json value, const YAML::Mark& mark);
  void note_place(const std::string& pointer, const YAML::Mark& mark);
  std::string child_pointer() const;
  bool tab_before(const YAML::Mark& mark) const;
  void fail_at(const YAML::Mark& mark, std::string message, std::string hint = {});

  std::string_view text_;
  std::string file_;
  YamlLimits limits_;
  YamlDialect dialect_;
  PlaceFinder places_;
  std::optional<Error> fault_;
  std::optional<Json> root_;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::map<std::string, SourcePos> positions_;
  std::size_t nodes_ = 0;
  std::size_t bytes_ = 0;  // of scalars and keys, aliases expanded
  std::size_t pointer_bytes_ = 0;
  std::size_t last_ = 0;  // offset of the latest event
  bool has_begun_ = false;
};

}  // namespace dpctl
