// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <sstream>
#include <utility>

#include "util/yaml.hpp"
#include "util/yaml_builder.hpp"
#include "util/yaml_text.hpp"

namespace dpctl {
namespace {

Error invalid(std::string message, SourcePos where, std::string hint = {}) {
  Error error = make_error(ExitCode::invalid_input, std::move(message), std::move(hint));
  error.where = std::move(where);
  return error;
}

std::string_view line_with(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  const std::size_t start = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
  return text.substr(start, text.find('\n', offset) - start);
}

std::string hint_for(const std::string& message, std::string_view line) {
  const std::string_view indentation = line.substr(0, line.find_first_not_of(" \t-?"));
  if (indentation.find('\t') != std::string_view::npos) {
    return "indent with spaces: a tab stands in this line's indentation";
  }
  if (message == "illegal map value" || message == "illegal block entry") {
    return "check the indentation; text that holds ': ' or begins with '- ' must be quoted";
  }
  if (message.find("anchor") != std::string::npos) {
    return "an alias (*name) needs its anchor (&name) before it, in the same document";
  }
  if (message.find("flow not found") != std::string::npos) {
    return "a '[' or '{' is not closed";
  }
  if (message == "unknown token") {
    return "text that begins with '@', '`' or '%' must be quoted";
  }
  return message.find("unicode") == std::string::npos
             ? ""
             : "write the character itself, or \\U and eight digits";
}

Error fault_of(const YAML::Exception& fault, YamlBuilder& builder, std::string_view text) {
  if (fault.mark.is_null()) {
    return make_error(ExitCode::invalid_input, "not YAML: " + fault.msg);
  }
  const std::string_view line =
      line_with(text, static_cast<std::size_t>(std::max(0, fault.mark.pos)));
  return invalid("not YAML: " + fault.msg, builder.place(fault.mark), hint_for(fault.msg, line));
}

Result<std::vector<YamlDocument>> documents_of(const std::string& text, std::string_view file,
                                               const YamlLimits& limits, YamlDialect dialect) {
  std::istringstream input(text);
  YamlBuilder builder(text, file, limits, dialect);
  std::vector<YamlDocument> documents;
  try {
    YAML::Parser parser(input);
    while (!builder.fault() && parser.HandleNextDocument(builder)) {
      if (std::optional<YamlDocument> document = builder.take_document();
          document && !builder.fault()) {
        documents.push_back(std::move(*document));
      }
    }
  } catch (const YAML::Exception& fault) {
    // A bracket that is never closed makes yaml-cpp report a key that nobody wrote first.
    const bool is_open = fault.msg.find("flow not found") != std::string::npos;
    return fail(builder.fault() && !is_open ? *builder.fault() : fault_of(fault, builder, text));
  } catch (const std::exception& fault) {
    return fail(builder.fault().value_or(
        invalid(fmt::format("not YAML: {}", fault.what()), SourcePos{std::string(file)})));
  }
  if (builder.fault()) {
    return fail(*builder.fault());
  }
  return documents;
}

}  // namespace

SourcePos YamlDocument::position(std::string_view pointer) const {
  for (;;) {
    if (const auto found = positions.find(std::string(pointer)); found != positions.end()) {
      return found->second;
    }
    if (pointer.empty()) {
      return SourcePos{file};
    }
    pointer = pointer.substr(0, pointer.rfind('/'));
  }
}

namespace {

Result<std::vector<YamlDocument>> parse(std::string_view text, std::string_view file,
                                        const YamlLimits& limits, YamlDialect dialect) {
  if (text.size() > limits.bytes) {
    return fail(
        invalid(fmt::format("larger than {} bytes", limits.bytes), SourcePos{std::string(file)}));
  }
  const std::string normalised = TRY(normalised_yaml(text, file));
  return documents_of(normalised, file, limits, dialect);
}

}  // namespace

Result<std::vector<YamlDocument>> parse_yaml(std::string_view text, std::string_view file,
                                             const YamlLimits& limits) {
  return parse(text, file, limits, YamlDialect::strict);
}

Result<std::vector<YamlDocument>> parse_kubernetes_yaml(std::string_view text,
                                                        std::string_view file) {
  return parse(text, file, {}, YamlDialect::kubernetes);
}

Result<YamlDocument> parse_yaml_document(std::string_view text, std::string_view file) {
  std::vector<YamlDocument> documents = TRY(parse_yaml(text, file));
  if (documents.empty()) {
    return fail(invalid("the file holds no document", SourcePos{std::string(file)}));
  }
  if (documents.size() > 1) {
    return fail(invalid("a second document begins here, and one is expected",
                        documents[1].position(""), "remove the line '---' and what follows it"));
  }
  return std::move(documents.front());
}

}  // namespace dpctl
