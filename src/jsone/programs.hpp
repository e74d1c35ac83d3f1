// SPDX-License-Identifier: Apache-2.0
// The expressions and strings of a template, each parsed once.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "jsone/ast.hpp"
#include "jsone/budget.hpp"

namespace jsone {

/// A part of a string: text as it is, then perhaps the value of an expression.
struct Piece {
  std::string text;
  std::size_t begin = 0;  // where the expression begins, in bytes of the string
  std::optional<Program> program;
};

class Programs {
 public:
  explicit Programs(Budget& budget) : budget_(budget) {}

  /// The program of an expression; it lives as long as this object.
  Outcome<const Program*> expression(const std::string& source);
  /// The pieces of a string with "${…}" in it; they live as long as this object.
  Outcome<const std::vector<Piece>*> pieces(const std::string& text);

 private:
  Budget& budget_;
  std::unordered_map<std::string, Program> expressions_;
  std::unordered_map<std::string, std::vector<Piece>> pieces_;
};

/// Puts what was being evaluated into a fault of an expression, which begins at byte `begin` of its
/// string.
Fault in_expression(Fault fault, std::string_view expression, std::size_t begin);

/// What one call of the library works with.
struct Run {
  explicit Run(const Limits& limits) : budget(limits), programs(budget) {}
  Budget budget;
  Programs programs;
};

}  // namespace jsone
