// SPDX-License-Identifier: Apache-2.0
#include "jsone/fault.hpp"

#include <string>
#include <string_view>

#include "jsone/json_text.hpp"
#include "jsone/text.hpp"

namespace jsone {

namespace {

std::string pointer_segment(std::string_view key) {
  std::string segment = "/";
  for (const char letter : key) {
    if (letter == '~') {
      segment += "~0";
    } else if (letter == '/') {
      segment += "~1";
    } else {
      segment += letter;
    }
  }
  return segment;
}

std::string_view kind_text(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::syntax:
      return "SyntaxError";
    case ErrorKind::template_rule:
      return "TemplateError";
    case ErrorKind::interpreter:
      return "InterpreterError";
    case ErrorKind::builtin:
      return "BuiltinError";
    case ErrorKind::limit:
      return "LimitError";
  }
  return "Error";
}

}  // namespace

tl::unexpected<Fault> template_fault(std::string message) {
  auto fault = std::make_unique<Error>();
  fault->message = std::move(message);
  return failed(std::move(fault));
}

tl::unexpected<Fault> expression_fault(ErrorKind kind, std::string message, std::size_t offset) {
  auto fault = std::make_unique<Error>();
  fault->kind = kind;
  fault->message = std::move(message);
  fault->offset = offset;
  return failed(std::move(fault));
}

Fault below_key(Fault fault, std::string_view key, std::string_view rendered_key) {
  fault->pointer.insert(0, pointer_segment(key));
  fault->location.insert(0, is_identifier(rendered_key) ? "." + std::string(rendered_key)
                                                        : "[" + quoted(rendered_key) + "]");
  return fault;
}

Fault below_operand(Fault fault, std::string_view key) {
  fault->pointer.insert(0, pointer_segment(key));
  return fault;
}

Fault below_index(Fault fault, std::size_t index) {
  fault->pointer.insert(0, "/" + std::to_string(index));
  fault->location.insert(0, "[" + std::to_string(index) + "]");
  return fault;
}

std::string to_string(const Error& error) {
  std::string text(kind_text(error.kind));
  if (!error.location.empty()) {
    text += " at template" + error.location;
  }
  return text + ": " + error.message;
}

}  // namespace jsone
