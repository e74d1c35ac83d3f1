// SPDX-License-Identifier: Apache-2.0
// A cursor over one scalar, with which the forms of YAML's numbers and dates are recognised.
#pragma once

#include <cstddef>
#include <string_view>

namespace dpctl {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_digit_or_underscore(char c) { return is_digit(c) || c == '_'; }
inline bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Reads a scalar from left to right; a take_ function says whether it took something, or how many
/// characters.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  bool at_end() const { return rest_.empty(); }
  char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

  bool take(char c) {
    if (peek() != c || rest_.empty()) {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }

  bool take_any(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }

  template <class Predicate>
  std::size_t take_while(Predicate predicate, std::size_t most = std::string_view::npos) {
    std::size_t count = 0;
    while (count < most && !rest_.empty() && predicate(rest_.front())) {
      rest_.remove_prefix(1);
      ++count;
    }
    return count;
  }

 private:
  std::string_view rest_;
};

/// [+-]? digits
bool is_core_decimal(std::string_view text);
/// A float of the 1.2 core schema; decimal integers are among them.
bool is_core_float(std::string_view text);
/// [+-]? 0 b|o|x digits, underscores allowed; `kind` is the letter.
bool is_prefixed_number(std::string_view text, char kind);

}  // namespace dpctl
