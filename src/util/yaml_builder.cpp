// SPDX-License-Identifier: Apache-2.0
#include "util/yaml_builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "util/yaml_scalar.hpp"

namespace dpctl {
namespace {

std::string escaped_key(std::string_view key) {
  std::string out;
  for (const char c : key) {
    out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return out;
}

}  // namespace

YamlBuilder::YamlBuilder(std::string_view text, std::string_view file, const YamlLimits& limits,
                         YamlDialect dialect)
    : text_(text), file_(file), limits_(limits), dialect_(dialect), places_(text, file) {}

std::size_t YamlBuilder::offset_of(const YAML::Mark& mark) {
  return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
}

std::optional<YamlDocument> YamlBuilder::take_document() {
  if (!root_ || root_->is_null()) {
    return std::nullopt;
  }
  return YamlDocument{std::move(*root_), file_, std::move(positions_)};
}

void YamlBuilder::OnDocumentStart(const YAML::Mark& mark) {
  root_.reset();
  frames_.clear();
  anchors_.clear();
  positions_.clear();
  const std::size_t begin = std::min(offset_of(mark), text_.size());
  if (!fault_ && has_begun_ && !is_parted(text_, std::min(last_, begin), begin)) {
    fail_at(mark, "text after the end of the document",
            "begin another document with a line '---', or check the indentation");
  }
  has_begun_ = true;
}

void YamlBuilder::fail_at(const YAML::Mark& mark, std::string message, std::string hint) {
  fault_ = make_error(ExitCode::invalid_input, std::move(message), std::move(hint));
  fault_->where = place(mark);
}

bool YamlBuilder::tab_before(const YAML::Mark& mark) const {
  if (!frames_.empty() && frames_.back().in_flow) {
    return false;
  }
  const std::size_t end = std::min(offset_of(mark), text_.size());
  const std::size_t line = end == 0 ? 0 : text_.rfind('\n', end - 1) + 1;
  const std::string_view before = text_.substr(line, end - line);
  return before.find('\t') != std::string_view::npos &&
         before.find_first_not_of(" \t-?") == std::string_view::npos;
}

bool YamlBuilder::begin_node(const YAML::Mark& mark, std::size_t bytes) {
  if (fault_) {
    return false;
  }
  last_ = std::max(last_, offset_of(mark));
  ++nodes_;
  bytes_ += bytes;
  if (nodes_ > limits_.nodes) {
    fail_at(mark, fmt::format("more than {} values", limits_.nodes));
  } else if (bytes_ > limits_.bytes) {
    fail_at(mark,
            fmt::format("more than {} bytes of text once aliases are expanded", limits_.bytes));
  } else if (tab_before(mark)) {
    fail_at(mark, "a tab in the indentation", "indent with spaces");
  }
  return !fault_;
}

bool YamlBuilder::expects_key() const {
  return !frames_.empty() && frames_.back().value.is_object() && !frames_.back().key;
}

void YamlBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (!begin_node(mark, 0)) {
    return;
  }
  keep_anchor(anchor, nullptr, 1, 0);
  add(nullptr, mark);
}

void YamlBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (!begin_node(mark, 0)) {
    return;
  }
  const auto found = anchors_.find(anchor);
  if (found == anchors_.end()) {
    return fail_at(mark, "an alias stands inside the value that it names");
  }
  nodes_ += found->second.nodes;
  bytes_ += found->second.bytes;
  if (begin_node(mark, 0)) {
    add(found->second.value, mark);
  }
}

void YamlBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  if (!begin_node(mark, value.size())) {
    return;
  }
  if (tag == "?" && value == "<<" && expects_key()) {
    return add_key(value, mark, true);
  }
  if (is_unended_quote(text_, offset_of(mark))) {
    return fail_at(mark, "the quoted string that begins here does not end", "close the quote");
  }
  ScalarReading reading = read_scalar(tag, value, dialect_);
  if (!reading.fault.empty()) {
    return fail_at(mark, std::move(reading.fault), std::move(reading.hint));
  }
  keep_anchor(anchor, reading.value, 1, value.size());
  add(std::move(reading.value), mark);
}

void YamlBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                                  YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
  open(mark, tag, anchor, Json::array(), style);
}

void YamlBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value style) {
  open(mark, tag, anchor, Json::object(), style);
}

void YamlBuilder::open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       Json empty, YAML::EmitterStyle::value style) {
  if (!begin_node(mark, 0)) {
    return;
  }
  const std::string_view own_tag =
      empty.is_object() ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq";
  if (tag != "?" && tag != "!" && !tag.empty() && tag != own_tag) {
    return fail_at(mark, fmt::format("the tag '{}' cannot be given to a {}", tag,
                                     empty.is_object() ? "map" : "list"));
  }
  if (expects_key()) {
    return fail_at(mark, "a key must be a string, not a list or a map",
                   "a value that begins with '{' or '[' must be quoted to be a string");
  }
  if (frames_.size() >= limits_.depth) {
    return fail_at(mark, fmt::format("nested deeper than {} levels", limits_.depth));
  }
  const bool in_flow = style == YAML::EmitterStyle::Flow;
  std::string pointer = child_pointer();
  if (frames_.empty() || frames_.back().value.is_array()) {
    note_place(pointer, mark);
  }
  frames_.push_back(Frame{.value = std::move(empty),
                          .pointer = std::move(pointer),
                          .anchor = anchor,
                          .in_flow = in_flow,
                          .nodes_before = nodes_,
                          .bytes_before = bytes_});
}

void YamlBuilder::OnSequenceEnd() { close(); }
void YamlBuilder::OnMapEnd() { close(); }

void YamlBuilder::close() {
  if (fault_) {
    return;
  }
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  for (const Json& from : frame.merged) {
    for (const auto& [key, value] : from.items()) {
      frame.value.emplace(key, value);
    }
  }
  keep_anchor(frame.anchor, frame.value, nodes_ - frame.nodes_before + 1,
              bytes_ - frame.bytes_before);
  if (frames_.empty()) {
    root_ = std::move(frame.value);
  } else if (frames_.back().value.is_array()) {
    frames_.back().value.push_back(std::move(frame.value));
  } else if (frames_.back().key_merges) {
    YAML::Mark mark;
    mark.pos = static_cast<int>(last_);
    merge(std::move(frame.value), mark);
  } else {
    frames_.back().value[*std::exchange(frames_.back().key, std::nullopt)] = std::move(frame.value);
  }
}

void YamlBuilder::add(Json value, const YAML::Mark& mark) {
  if (expects_key()) {
    if (!value.is_string()) {
      return fail_at(mark, fmt::format("the key {} is not a string", value.dump()),
                     fmt::format("write \"{}\"", value.dump()));
    }
    return add_key(value.get_ref<const std::string&>(), mark, false);
  }
  if (frames_.empty()) {
    note_place("", mark);
    root_ = std::move(value);
    return;
  }
  Frame& frame = frames_.back();
  if (frame.value.is_array()) {
    note_place(child_pointer(), mark);
    frame.value.push_back(std::move(value));
  } else if (frame.key_merges) {
    merge(std::move(value), mark);
  } else {
    frame.value[*std::exchange(frame.key, std::nullopt)] = std::move(value);
  }
}

void YamlBuilder::add_key(const std::string& key, const YAML::Mark& mark, bool merges) {
  Frame& frame = frames_.back();
  const auto [entry, is_new] = frame.key_offsets.emplace(key, offset_of(mark));
  if (!is_new) {
    const SourcePos first = places_.at(entry->second);
    return fail_at(mark,
                   fmt::format("the key '{}' stands here and in line {}, column {}",
                               shortened_scalar(key), first.line, first.column),
                   "remove one of the two");
  }
  frame.key = key;
  frame.key_merges = merges;
  note_place(child_pointer(), mark);
}

void YamlBuilder::merge(Json value, const YAML::Mark& mark) {
  Frame& frame = frames_.back();
  frame.key.reset();
  frame.key_merges = false;
  if (value.is_object()) {
    frame.merged.push_back(std::move(value));
    return;
  }
  const bool all_maps =
      value.is_array() &&
      std::all_of(value.begin(), value.end(), [](const Json& one) { return one.is_object(); });
  if (!all_maps) {
    return fail_at(mark, "'<<' merges maps, and this is neither a map nor a list of maps",
                   "write `<<: *anchor`, or \"<<\" with quotes if a key of that name is meant");
  }
  for (Json& one : value) {
    frame.merged.push_back(std::move(one));
  }
}

void YamlBuilder::keep_anchor(YAML::anchor_t anchor, const Json& value, std::size_t nodes,
                              std::size_t bytes) {
  if (anchor != YAML::NullAnchor) {
    anchors_[anchor] = Anchored{value, nodes, bytes};
  }
}

void YamlBuilder::note_place(const std::string& pointer, const YAML::Mark& mark) {
  // Long keys over many children would make the pointers far larger than the text; the enclosing
  // place must do then.
  const std::size_t most = 4 * limits_.bytes;
  if (pointer.size() > most - pointer_bytes_) {
    return;
  }
  pointer_bytes_ += pointer.size();
  positions_.emplace(pointer, place(mark));
}

std::string YamlBuilder::child_pointer() const {
  if (frames_.empty()) {
    return "";
  }
  const Frame& frame = frames_.back();
  return frame.pointer + "/" +
         (frame.value.is_array() ? std::to_string(frame.value.size())
                                 : escaped_key(frame.key.value_or("")));
}

}  // namespace dpctl
