// SPDX-License-Identifier: Apache-2.0
// The words of the expression language.
#pragma once

#include <cstddef>
#include <string_view>

namespace jsone {

enum class TokenKind {
  end,
  power,
  plus,
  minus,
  times,
  divide,
  open_bracket,
  close_bracket,
  dot,
  open_paren,
  close_paren,
  open_brace,
  close_brace,
  colon,
  comma,
  at_least,
  at_most,
  less,
  greater,
  equal,
  unequal,
  logical_not,
  logical_and,
  logical_or,
  true_word,
  false_word,
  in,
  null_word,
  number,
  identifier,
  string,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;   // as it stands in the source, quotes included
  std::size_t offset = 0;  // in bytes of the source
};

/// The word itself ("**", "in"), or what kind it is ("number"): as error messages name it.
std::string_view token_name(TokenKind kind);

}  // namespace jsone
