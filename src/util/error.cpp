// SPDX-License-Identifier: Apache-2.0
#include "util/error.hpp"

#include <string>
#include <utility>

#include "util/text.hpp"

namespace dpctl {

std::string to_string(const SourcePos& pos) {
  std::string text = pos.file;
  if (pos.line > 0) {
    text += ":" + std::to_string(pos.line);
    if (pos.column > 0) {
      text += ":" + std::to_string(pos.column);
    }
  }
  return text;
}

std::string summary_line(const Error& error) {
  std::string text;
  for (const auto& part : error.context) {
    text += part + ": ";
  }
  if (error.where) {
    text += to_string(*error.where) + ": ";
  }
  return text + error.message;
}

std::string full_text(const Error& error) {
  std::string text = summary_line(error);
  if (!error.command.empty()) {
    text += "\n  $ " + error.command;
  }
  for (const auto line : lines_of(error.output_tail)) {
    text += "\n  | " + std::string(line);
  }
  if (!error.hint.empty()) {
    text += "\nhint: " + error.hint;
  }
  if (!error.log.empty()) {
    text += "\nlog: " + error.log.string();
  }
  return text;
}

Error make_error(ExitCode code, std::string message, std::string hint) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return error;
}

}  // namespace dpctl
