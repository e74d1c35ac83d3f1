// SPDX-License-Identifier: Apache-2.0
#include "jsone/grammar.hpp"

#include <string>

namespace jsone {

namespace {

constexpr std::size_t token_limit = 200;  // bytes of a token that a message repeats

}  // namespace

int binding_power(TokenKind kind) {
  switch (kind) {
    case TokenKind::logical_or:
      return 1;
    case TokenKind::logical_and:
      return 2;
    case TokenKind::in:
      return 3;
    case TokenKind::equal:
    case TokenKind::unequal:
      return 4;
    case TokenKind::less:
    case TokenKind::greater:
    case TokenKind::at_most:
    case TokenKind::at_least:
      return 5;
    case TokenKind::plus:
    case TokenKind::minus:
      return 6;
    case TokenKind::times:
    case TokenKind::divide:
      return 7;
    case TokenKind::power:
      return 8;
    default:
      return 0;
  }
}

tl::unexpected<Fault> unexpected(const Token& token, std::string_view expected) {
  if (token.kind == TokenKind::end) {
    return expression_fault(ErrorKind::syntax, "Unexpected end of input", token.offset);
  }
  return expression_fault(ErrorKind::syntax,
                          "Found: " + std::string(token.text.substr(0, token_limit)) +
                              " token, expected one of: " + std::string(expected),
                          token.offset);
}

}  // namespace jsone
