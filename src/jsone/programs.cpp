// SPDX-License-Identifier: Apache-2.0
#include "jsone/programs.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "jsone/parser.hpp"

namespace jsone {

namespace {

/// Of a broken expression the end is not known; what stands before the next brace after the fault
/// tells most.
std::string_view up_to_brace(std::string_view text, std::size_t fault) {
  return text.substr(0, text.find('}', fault));
}

Outcome<std::vector<Piece>> split_pieces(std::string_view text, Budget& budget) {
  std::vector<Piece> pieces(1);
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = std::min(text.find("${", at), text.size());
    const bool escaped = open < text.size() && open > at && text[open - 1] == '$';
    pieces.back().text += text.substr(at, open - at - (escaped ? 1 : 0));
    at = open + 2;
    if (escaped) {
      pieces.back().text += "${";
    } else if (open < text.size()) {
      const std::string_view rest = text.substr(at);
      auto program = parse_until_brace(rest, budget);
      if (!program) {
        Fault fault = std::move(program).error();
        const std::size_t place = fault->offset;
        return failed(in_expression(std::move(fault), up_to_brace(rest, place), at));
      }
      pieces.back().begin = at;
      at += program->text.size() + 1;
      pieces.back().program = *std::move(program);
      pieces.emplace_back();
    }
  }
  return pieces;
}

}  // namespace

Fault in_expression(Fault fault, std::string_view expression, std::size_t begin) {
  if (fault->expression.empty()) {
    fault->expression = expression;
    fault->text_offset = begin + fault->offset;
  }
  return fault;
}

Outcome<const Program*> Programs::expression(const std::string& source) {
  if (const auto known = expressions_.find(source); known != expressions_.end()) {
    return &known->second;
  }
  JSONE_TRY(budget_.bytes(source.size()));
  auto program = parse_expression(source, budget_);
  if (!program) {
    return failed(in_expression(std::move(program).error(), source, 0));
  }
  return &expressions_.emplace(source, *std::move(program)).first->second;
}

Outcome<const std::vector<Piece>*> Programs::pieces(const std::string& text) {
  if (const auto known = pieces_.find(text); known != pieces_.end()) {
    return &known->second;
  }
  JSONE_TRY(budget_.bytes(2 * text.size()));
  auto pieces = JSONE_TRY(split_pieces(text, budget_));
  return &pieces_.emplace(text, std::move(pieces)).first->second;
}

}  // namespace jsone
