// SPDX-License-Identifier: Apache-2.0
// Feeds the engine with templates and expressions. An input that is JSON is a template, or
// {"template": …, "context": …}; any other is an expression, alone and inside of a string.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "jsone/jsone.hpp"

namespace {

using Json = nlohmann::json;

const jsone::Options small{.limits = {.depth = 200, .steps = 100'000, .bytes = 4U << 20},
                           .now = "2017-01-19T16:27:20.974Z"};

Json sample_context() {
  return {{"a", 1},
          {"b", 2.5},
          {"s", "text ☢"},
          {"l", {1, "2", nullptr, {3}}},
          {"t", true},
          {"n", nullptr},
          {"o", {{"k", "v"}, {"deep", {{"x", 1}}}}}};
}

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

void render(const Json& tmpl, const Json& context) {
  const auto outcome = jsone::render(tmpl, context, small);
  if (!outcome) {
    require(!outcome.error().message.empty());
    require(outcome.error().offset <= outcome.error().expression.size() ||
            outcome.error().expression.empty());
    return;
  }
  // The same input gives the same result.
  require(jsone::render(tmpl, context, small).value() == *outcome);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_object() && json.contains("template") && json.contains("context")) {
    render(json.at("template"), json.at("context"));
  } else if (!json.is_discarded()) {
    render(json, sample_context());
  } else {
    render({{"$eval", std::string(text)}}, sample_context());
    render("x ${" + std::string(text) + "} y", sample_context());
    render(std::string(text), sample_context());
  }
  return 0;
}
