// SPDX-License-Identifier: Apache-2.0
#include "jsone/lexer.hpp"

#include <array>
#include <string>
#include <utility>

#include "jsone/text.hpp"

namespace jsone {

namespace {

using Symbol = std::pair<std::string_view, TokenKind>;

// A symbol that begins with another one stands before it.
constexpr std::array<Symbol, 23> symbols = {{
    {"**", TokenKind::power},        {"+", TokenKind::plus},        {"-", TokenKind::minus},
    {"*", TokenKind::times},         {"/", TokenKind::divide},      {"[", TokenKind::open_bracket},
    {"]", TokenKind::close_bracket}, {".", TokenKind::dot},         {"(", TokenKind::open_paren},
    {")", TokenKind::close_paren},   {"{", TokenKind::open_brace},  {"}", TokenKind::close_brace},
    {":", TokenKind::colon},         {",", TokenKind::comma},       {">=", TokenKind::at_least},
    {"<=", TokenKind::at_most},      {"<", TokenKind::less},        {">", TokenKind::greater},
    {"==", TokenKind::equal},        {"!=", TokenKind::unequal},    {"!", TokenKind::logical_not},
    {"&&", TokenKind::logical_and},  {"||", TokenKind::logical_or},
}};

constexpr std::array<Symbol, 4> words = {{
    {"true", TokenKind::true_word},
    {"false", TokenKind::false_word},
    {"in", TokenKind::in},
    {"null", TokenKind::null_word},
}};

constexpr std::size_t quoted_limit = 200;  // bytes of source that a message repeats

}  // namespace

std::string_view token_name(TokenKind kind) {
  for (const auto& [text, symbol] : symbols) {
    if (symbol == kind) {
      return text;
    }
  }
  for (const auto& [text, word] : words) {
    if (word == kind) {
      return text;
    }
  }
  switch (kind) {
    case TokenKind::number:
      return "number";
    case TokenKind::identifier:
      return "identifier";
    case TokenKind::string:
      return "string";
    default:
      return "end of input";
  }
}

void Lexer::skip_space() {
  at_ = source_.size() - without_leading_space(source_.substr(at_)).size();
}

Token Lexer::make(TokenKind kind, std::size_t size) const {
  return {kind, source_.substr(at_, size), at_};
}

Token Lexer::word() const {
  std::size_t end = at_;
  while (end < source_.size() && continues_identifier(source_[end])) {
    ++end;
  }
  const std::string_view text = source_.substr(at_, end - at_);
  for (const auto& [name, kind] : words) {
    if (name == text) {
      return make(kind, text.size());
    }
  }
  return make(TokenKind::identifier, text.size());
}

Token Lexer::number() const {
  const auto digits_end = [this](std::size_t at) {
    while (at < source_.size() && is_digit(source_[at])) {
      ++at;
    }
    return at;
  };
  std::size_t end = digits_end(at_);
  if (end + 1 < source_.size() && source_[end] == '.' && is_digit(source_[end + 1])) {
    end = digits_end(end + 1);
  }
  return make(TokenKind::number, end - at_);
}

Token Lexer::string() const {
  const std::size_t close = source_.find(source_[at_], at_ + 1);
  return close == std::string_view::npos ? make(TokenKind::end, 0)
                                         : make(TokenKind::string, close + 1 - at_);
}

Token Lexer::symbol() const {
  for (const auto& [text, kind] : symbols) {
    if (source_.substr(at_, text.size()) == text) {
      return make(kind, text.size());
    }
  }
  return make(TokenKind::end, 0);
}

Outcome<Token> Lexer::next() {
  skip_space();
  if (at_ == source_.size()) {
    return make(TokenKind::end, 0);
  }
  const char first = source_[at_];
  Token token;
  if (starts_identifier(first)) {
    token = word();
  } else if (is_digit(first)) {
    token = number();
  } else if (first == '\'' || first == '"') {
    token = string();
  } else {
    token = symbol();
  }
  if (token.kind == TokenKind::end) {
    return expression_fault(ErrorKind::syntax,
                            "Unexpected input for '" +
                                std::string(source_.substr(0, quoted_limit)) + "' at '" +
                                std::string(source_.substr(at_, quoted_limit)) + "'",
                            at_);
  }
  at_ += token.text.size();
  return token;
}

}  // namespace jsone
