// SPDX-License-Identifier: Apache-2.0
// Splits an expression into tokens, one at a time: what follows the "}" of a ${…} is no part of the
// language.
#pragma once

#include <string_view>

#include "jsone/fault.hpp"
#include "jsone/token.hpp"

namespace jsone {

class Lexer {
 public:
  /// `source` must outlive the lexer and its tokens.
  explicit Lexer(std::string_view source) : source_(source) {}

  /// The next token, of kind `end` once there is none; a syntax fault where no token can begin.
  Outcome<Token> next();

 private:
  Token make(TokenKind kind, std::size_t size) const;
  Token word() const;
  Token number() const;
  Token symbol() const;
  Token string() const;
  void skip_space();

  std::string_view source_;
  std::size_t at_ = 0;
};

}  // namespace jsone
