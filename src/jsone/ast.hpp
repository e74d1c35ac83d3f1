// SPDX-License-Identifier: Apache-2.0
// A parsed expression.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "jsone/fault.hpp"
#include "jsone/token.hpp"

namespace jsone {

enum class NodeKind {
  literal,   // literal
  name,      // literal: the name as a string
  list,      // children: items
  object,    // children: values of `keys`
  negation,  // children: operand; op: - + !
  infix,     // children: left, right; op
  property,  // children: object; literal: the name as a string
  index,     // children: value, index
  slice,     // children: value, first, last (`nothing` where left out)
  call,      // children: function, arguments
  nothing,
};

struct Node {
  NodeKind kind = NodeKind::nothing;
  TokenKind op = TokenKind::end;
  std::size_t begin = 0;   // where it begins, in bytes of the source
  std::size_t offset = 0;  // where a fault of it is shown
  std::size_t height = 1;
  Json literal;
  std::vector<std::string> keys;
  std::vector<Node> children;
};

/// An expression that may be evaluated many times.
struct Program {
  std::string text;  // the expression alone
  Node root;
};

}  // namespace jsone
