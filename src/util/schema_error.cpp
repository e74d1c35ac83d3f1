// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "util/schema.hpp"

namespace dpctl {

Error schema_error(const std::vector<SchemaFinding>& findings, const YamlDocument& document) {
  Error error =
      make_error(ExitCode::invalid_input, findings.front().message, findings.front().hint);
  error.where = document.position(findings.front().pointer);
  for (std::size_t i = 1; i < findings.size(); ++i) {
    error.message +=
        "\n" + to_string(document.position(findings[i].pointer)) + ": " + findings[i].message;
  }
  return error;
}

Result<> check_document(const Schema& schema, const YamlDocument& document) {
  const std::vector<SchemaFinding> findings = schema.check(document.value);
  if (!findings.empty()) {
    return fail(schema_error(findings, document));
  }
  return {};
}

}  // namespace dpctl
