// SPDX-License-Identifier: Apache-2.0
#include "jsone/jsone.hpp"

#include <utility>

#include "jsone/builtins.hpp"
#include "jsone/interpreter.hpp"
#include "jsone/template.hpp"
#include "jsone/text.hpp"

namespace jsone {

namespace {

Outcome<> check_context(const Json& context) {
  if (!context.is_object()) {
    return template_fault("context must be a dictionary");
  }
  for (const auto& [name, value] : context.get_ref<const Json::object_t&>()) {
    if (!is_identifier(name)) {
      return template_fault("top level keys of context must follow /[a-zA-Z_][a-zA-Z0-9_]*/");
    }
  }
  return {};
}

Outcome<> check_result(const Json& result, Budget& budget) {
  const bool uncalled = JSONE_TRY(holds_function(result, budget));
  if (uncalled) {
    return template_fault("evaluated template contained uncalled functions");
  }
  return {};
}

/// The layers that every evaluation begins with.
struct Ground {
  Ground(const Json& context, const Options& options)
      : clock(options.now ? Json{{"now", *options.now}} : Json::object()),
        builtins(nullptr, builtin_names()),
        now(&builtins, clock),
        top(&now, context) {}
  const Json clock;
  const Scope builtins;
  const Scope now;
  const Scope top;
};

Outcome<Rendered> render_all(const Json& tmpl, const Json& context, const Options& options) {
  JSONE_TRY(check_context(context));
  Run run(options.limits);
  const Ground ground(context, options);
  auto result = JSONE_TRY(render_value(tmpl, ground.top, run));
  if (result) {
    JSONE_TRY(check_result(*result, run.budget));
  }
  return result;
}

Outcome<Json> evaluate_all(const std::string& expression, const Json& context,
                           const Options& options) {
  JSONE_TRY(check_context(context));
  Run run(options.limits);
  const Ground ground(context, options);
  auto value = JSONE_TRY(evaluate_source(expression, ground.top, run));
  auto result = JSONE_TRY(Value::owned(std::move(value), run.budget));
  JSONE_TRY(check_result(result, run.budget));
  return result;
}

}  // namespace

tl::expected<std::optional<Json>, Error> render(const Json& tmpl, const Json& context,
                                                const Options& options) {
  return render_all(tmpl, context, options).map_error([](const Fault& fault) { return *fault; });
}

tl::expected<Json, Error> evaluate_expression(std::string_view expression, const Json& context,
                                              const Options& options) {
  return evaluate_all(std::string(expression), context, options).map_error([](const Fault& fault) {
    return *fault;
  });
}

}  // namespace jsone
