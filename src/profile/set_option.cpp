// SPDX-License-Identifier: Apache-2.0
#include "profile/set_option.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <utility>

namespace dpctl {
namespace {

constexpr std::size_t largest_index = 1000;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

class SetParser {
 public:
  SetParser(std::string_view text, SetTypes types) : text_(text), types_(types) {}

  Result<std::vector<Assignment>> parse() {
    std::vector<Assignment> assignments;
    while (at_ < text_.size()) {
      std::vector<PathStep> path = TRY(this->path());
      Json value = TRY(this->value());
      assignments.push_back({std::move(path), std::move(value)});
      if (at_ < text_.size()) {
        ++at_;  // the comma
      }
    }
    if (assignments.empty()) {
      return fail(fault("there is nothing to set"));
    }
    return assignments;
  }

 private:
  Error fault(std::string_view what) const {
    return make_error(ExitCode::usage, fmt::format("--set {}: {}", text_, what),
                      "write a.b=value; a list is a={x,y}, an entry of a list a[0]=x, and '\\' "
                      "keeps ',' and '.' as they are");
  }

  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  /// Text up to one of `ends`, which is left; a backslash takes what follows it as it is.
  std::string until(std::string_view ends) {
    std::string out;
    for (; at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        ++at_;
      }
      out += text_[at_];
    }
    return out;
  }

  Result<std::vector<PathStep>> path() {
    std::vector<PathStep> steps;
    for (;;) {
      std::string key = until(".[=,");
      if (key.empty()) {
        return fail(fault("a key is empty"));
      }
      steps.emplace_back(std::move(key));
      while (next() == '[') {
        steps.emplace_back(TRY(index()));
      }
      if (next() == '=') {
        ++at_;
        return steps;
      }
      if (next() != '.') {
        return fail(
            fault(fmt::format("the key '{}' has no value", std::get<std::string>(steps.front()))));
      }
      ++at_;
    }
  }

  Result<std::size_t> index() {
    ++at_;
    const std::string digits = until("]");
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (next() != ']' || digits.empty() || error != std::errc() ||
        end != digits.data() + digits.size()) {
      return fail(fault(fmt::format("[{}] is no place in a list", digits)));
    }
    if (number > largest_index) {
      return fail(fault(fmt::format("[{}] is beyond the limit of {}", digits, largest_index)));
    }
    ++at_;
    return number;
  }

  Result<Json> value() {
    if (next() != '{') {
      return scalar(until(","));
    }
    Json list = Json::array();
    do {
      ++at_;
      std::string entry = until(",}");
      if (next() == '\0') {
        return fail(fault("a list is not closed by '}'"));
      }
      if (next() == ',' || !entry.empty() || !list.empty()) {
        list.push_back(scalar(entry));
      }
    } while (next() == ',');
    ++at_;
    if (at_ < text_.size() && next() != ',') {
      return fail(fault("a comma is missing behind '}'"));
    }
    return list;
  }

  Json scalar(const std::string& text) const {
    return types_ == SetTypes::strings ? Json(text) : typed_scalar(text);
  }

  std::string_view text_;
  SetTypes types_;
  std::size_t at_ = 0;
};

}  // namespace

Json typed_scalar(std::string_view text) {
  const std::string word = lower(text);
  if (word == "true" || word == "false") {
    return word == "true";
  }
  if (word == "null") {
    return nullptr;
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_integer = !text.empty() && error == std::errc() && end == text.data() + text.size();
  if (is_integer && (text == "0" || text.front() != '0')) {
    return number;
  }
  return text;
}

Result<std::vector<Assignment>> parse_set_option(std::string_view text, SetTypes types) {
  return SetParser(text, types).parse();
}

}  // namespace dpctl
