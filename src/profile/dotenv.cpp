// SPDX-License-Identifier: Apache-2.0
#include "profile/dotenv.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

#include "util/text.hpp"

namespace dpctl {
namespace {

bool is_name(std::string_view name) {
  return !name.empty() && !(name.front() >= '0' && name.front() <= '9') &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return c == '_' || (std::isalnum(static_cast<unsigned char>(c)) != 0);
         });
}

char unescaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    default:
      return c;
  }
}

/// The text between the quotes that `text` begins with, or nothing where they do not end or
/// something follows them.
std::optional<std::string> quoted(std::string_view text) {
  const char quote = text.front();
  std::string out;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == quote) {
      const std::string_view rest = trimmed(text.substr(i + 1));
      return rest.empty() || rest.front() == '#' ? std::optional(out) : std::nullopt;
    }
    if (quote == '"' && text[i] == '\\' && i + 1 < text.size()) {
      out += unescaped(text[++i]);
    } else {
      out += text[i];
    }
  }
  return std::nullopt;
}

std::string unquoted(std::string_view text) {
  if (text.starts_with('#')) {
    return "";
  }
  for (const std::string_view comment : {" #", "\t#"}) {
    text = text.substr(0, text.find(comment));
  }
  return std::string(trimmed(text));
}

Error fault(std::string_view file, std::size_t line, std::string message, std::string hint) {
  Error error = make_error(ExitCode::invalid_input, std::move(message), std::move(hint));
  error.where = SourcePos{std::string(file), static_cast<int>(line)};
  return error;
}

}  // namespace

Result<std::map<std::string, std::string>> parse_dotenv(std::string_view text,
                                                        std::string_view file) {
  std::map<std::string, std::string> variables;
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  const std::vector<std::string_view> lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = trimmed(lines[i]);
    if (line.empty() || line.front() == '#') {
      continue;
    }
    if (line.starts_with("export ") || line.starts_with("export\t")) {
      line = trimmed(line.substr(7));
    }
    const std::size_t equals = line.find('=');
    const std::string_view name = trimmed(line.substr(0, equals));
    if (equals == std::string_view::npos || !is_name(name)) {
      return fail(fault(file, i + 1, "this line is not NAME=VALUE", "comments begin with '#'"));
    }
    const std::string_view value = trimmed(line.substr(equals + 1));
    if (value.empty() || (value.front() != '"' && value.front() != '\'')) {
      variables[std::string(name)] = unquoted(value);
      continue;
    }
    const std::optional<std::string> content = quoted(value);
    if (!content) {
      return fail(fault(file, i + 1,
                        "the quotes of this value do not end, or something follows them",
                        "a value stands on one line; write \\n for a line break in double quotes"));
    }
    variables[std::string(name)] = *content;
  }
  return variables;
}

}  // namespace dpctl
