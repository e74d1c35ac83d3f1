// SPDX-License-Identifier: Apache-2.0
#include "jsone/parser.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "jsone/grammar.hpp"
#include "jsone/lexer.hpp"
#include "jsone/number.hpp"

namespace jsone {

namespace {

Node leaf(NodeKind kind, const Token& token, Json literal = nullptr) {
  Node node;
  node.kind = kind;
  node.op = token.kind;
  node.begin = token.offset;
  node.offset = token.offset;
  node.literal = std::move(literal);
  return node;
}

class Parser {
 public:
  Parser(std::string_view source, Budget& budget) : budget_(budget), lexer_(source) {}

  Outcome<Node> start() {
    JSONE_TRY(advance());
    return expression();
  }
  const Token& current() const { return current_; }

 private:
  Outcome<> advance();
  Outcome<> expect(TokenKind kind);
  Outcome<Node> grown(Node node) const;
  Outcome<Node> expression(int power = 1);
  Outcome<Node> access_chain();
  Outcome<Node> unit();
  Outcome<Node> primitive();
  Outcome<Node> unary();
  Outcome<Node> group();
  Outcome<Node> list();
  Outcome<Node> object();
  Outcome<> entry(Node& object);
  Outcome<Node> property(Node target);
  Outcome<Node> brackets(Node target);
  Outcome<Node> call(Node target);
  Outcome<> expressions_until(TokenKind close, std::vector<Node>& nodes);

  Budget& budget_;
  Lexer lexer_;
  Token current_;
};

Outcome<> Parser::advance() {
  const std::size_t after = current_.offset + current_.text.size();
  current_ = JSONE_TRY(lexer_.next());
  if (current_.kind == TokenKind::end) {
    current_.offset = after;
  }
  return budget_.bytes(sizeof(Node) + current_.text.size());
}

Outcome<> Parser::expect(TokenKind kind) {
  if (current_.kind != kind) {
    return unexpected(current_, token_name(kind));
  }
  return advance();
}

/// The node once its children are complete. Trees are kept low, so that walking or freeing one
/// cannot exhaust the stack.
Outcome<Node> Parser::grown(Node node) const {
  for (const Node& child : node.children) {
    node.height = std::max(node.height, child.height + 1);
  }
  if (node.height > budget_.depth_limit()) {
    return limit_fault("expression nested deeper than " + std::to_string(budget_.depth_limit()) +
                       " levels");
  }
  return node;
}

Outcome<Node> Parser::expression(int power) {
  const Level level(budget_);
  JSONE_TRY(level.check());
  Node left = JSONE_TRY(access_chain());
  for (int next = binding_power(current_.kind); next >= power && next > 0;
       next = binding_power(current_.kind)) {
    Node node = leaf(NodeKind::infix, current_);
    node.begin = left.begin;
    JSONE_TRY(advance());
    // Only ** groups from the right: a ** b ** c is a ** (b ** c).
    Node right = JSONE_TRY(expression(node.op == TokenKind::power ? next : next + 1));
    node.children.push_back(std::move(left));
    node.children.push_back(std::move(right));
    left = JSONE_TRY(grown(std::move(node)));
  }
  return left;
}

Outcome<Node> Parser::access_chain() {
  Node node = JSONE_TRY(unit());
  while (true) {
    if (current_.kind == TokenKind::dot) {
      node = JSONE_TRY(property(std::move(node)));
    } else if (current_.kind == TokenKind::open_bracket) {
      node = JSONE_TRY(brackets(std::move(node)));
    } else if (current_.kind == TokenKind::open_paren) {
      node = JSONE_TRY(call(std::move(node)));
    } else {
      return node;
    }
  }
}

Outcome<Node> Parser::unit() {
  switch (current_.kind) {
    case TokenKind::plus:
    case TokenKind::minus:
    case TokenKind::logical_not:
      return unary();
    case TokenKind::open_paren:
      return group();
    case TokenKind::open_bracket:
      return list();
    case TokenKind::open_brace:
      return object();
    default:
      return primitive();
  }
}

Outcome<Node> Parser::primitive() {
  const Token token = current_;
  Node node = leaf(NodeKind::literal, token);
  switch (token.kind) {
    case TokenKind::null_word:
      break;
    case TokenKind::true_word:
    case TokenKind::false_word:
      node.literal = token.kind == TokenKind::true_word;
      break;
    case TokenKind::string:
      node.literal = token.text.substr(1, token.text.size() - 2);
      break;
    case TokenKind::identifier:
      node.kind = NodeKind::name;
      node.literal = token.text;
      break;
    case TokenKind::number:
      if (auto number = parse_number(token.text)) {
        node.literal = *std::move(number);
        break;
      }
      return expression_fault(ErrorKind::syntax, "number is too large", token.offset);
    default:
      return unexpected(token, expression_beginnings);
  }
  JSONE_TRY(advance());
  return node;
}

Outcome<Node> Parser::unary() {
  const Level level(budget_);
  JSONE_TRY(level.check());
  Node node = leaf(NodeKind::negation, current_);
  JSONE_TRY(advance());
  node.children.push_back(JSONE_TRY(unit()));
  return grown(std::move(node));
}

Outcome<Node> Parser::group() {
  const std::size_t begin = current_.offset;
  JSONE_TRY(advance());
  Node node = JSONE_TRY(expression());
  node.begin = begin;
  JSONE_TRY(expect(TokenKind::close_paren));
  return node;
}

Outcome<> Parser::expressions_until(TokenKind close, std::vector<Node>& nodes) {
  JSONE_TRY(advance());
  if (current_.kind == close) {
    return advance();
  }
  nodes.push_back(JSONE_TRY(expression()));
  while (current_.kind == TokenKind::comma) {
    JSONE_TRY(advance());
    nodes.push_back(JSONE_TRY(expression()));
  }
  return expect(close);
}

Outcome<Node> Parser::list() {
  Node node = leaf(NodeKind::list, current_);
  JSONE_TRY(expressions_until(TokenKind::close_bracket, node.children));
  return grown(std::move(node));
}

Outcome<Node> Parser::object() {
  Node node = leaf(NodeKind::object, current_);
  JSONE_TRY(advance());
  while (current_.kind == TokenKind::string || current_.kind == TokenKind::identifier) {
    JSONE_TRY(entry(node));
    if (current_.kind == TokenKind::close_brace) {
      break;
    }
    JSONE_TRY(expect(TokenKind::comma));
  }
  JSONE_TRY(expect(TokenKind::close_brace));
  return grown(std::move(node));
}

Outcome<> Parser::entry(Node& object) {
  const bool is_string = current_.kind == TokenKind::string;
  const std::string_view text = current_.text;
  object.keys.emplace_back(is_string ? text.substr(1, text.size() - 2) : text);
  JSONE_TRY(advance());
  JSONE_TRY(expect(TokenKind::colon));
  object.children.push_back(JSONE_TRY(expression()));
  return {};
}

Outcome<Node> Parser::property(Node target) {
  JSONE_TRY(advance());
  Node node = leaf(NodeKind::property, current_, current_.text);
  node.begin = target.begin;
  JSONE_TRY(expect(TokenKind::identifier));
  node.children.push_back(std::move(target));
  return grown(std::move(node));
}

Outcome<Node> Parser::brackets(Node target) {
  Node node = leaf(NodeKind::index, current_);
  node.begin = target.begin;
  JSONE_TRY(advance());
  Node first;
  if (current_.kind != TokenKind::colon) {
    first = JSONE_TRY(expression());
  }
  node.children.push_back(std::move(target));
  node.children.push_back(std::move(first));
  if (current_.kind == TokenKind::colon) {
    JSONE_TRY(advance());
    node.kind = NodeKind::slice;
    node.children.emplace_back();
    if (current_.kind != TokenKind::close_bracket) {
      node.children.back() = JSONE_TRY(expression());
    }
  }
  JSONE_TRY(expect(TokenKind::close_bracket));
  return grown(std::move(node));
}

Outcome<Node> Parser::call(Node target) {
  Node node = leaf(NodeKind::call, current_);
  node.begin = target.begin;
  node.offset = target.offset;
  node.children.push_back(std::move(target));
  JSONE_TRY(expressions_until(TokenKind::close_paren, node.children));
  return grown(std::move(node));
}

}  // namespace

Outcome<Program> parse_expression(std::string_view source, Budget& budget) {
  Parser parser(source, budget);
  Node root = JSONE_TRY(parser.start());
  if (parser.current().kind != TokenKind::end) {
    return unexpected(parser.current(), expression_continuations);
  }
  return Program{std::string(source), std::move(root)};
}

Outcome<Program> parse_until_brace(std::string_view source, Budget& budget) {
  Parser parser(source, budget);
  Node root = JSONE_TRY(parser.start());
  const Token& end = parser.current();
  if (end.kind == TokenKind::end) {
    return expression_fault(ErrorKind::syntax, "unterminated ${..} expression", end.offset);
  }
  if (end.kind != TokenKind::close_brace) {
    return unexpected(end, expression_continuations);
  }
  return Program{std::string(source.substr(0, end.offset)), std::move(root)};
}

}  // namespace jsone
