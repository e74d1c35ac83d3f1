// SPDX-License-Identifier: Apache-2.0
// Any bytes are YAML or an error with a place, and what was read can be written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "util/yaml.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto documents =
      dpctl::parse_yaml(text, "fuzz", {.bytes = 1U << 20, .depth = 100, .nodes = 10'000});
  if (!documents) {
    if (!documents.error().where || documents.error().message.empty()) {
      std::abort();
    }
    return 0;
  }
  for (const dpctl::YamlDocument& document : *documents) {
    const auto again = dpctl::parse_yaml_document(dpctl::emit_yaml(document.value), "emitted");
    if (!again || again->value != document.value) {
      std::abort();
    }
  }
  return 0;
}
