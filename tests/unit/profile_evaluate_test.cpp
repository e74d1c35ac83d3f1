// SPDX-License-Identifier: Apache-2.0
#include "profile/evaluate.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

using dpctl::Json;
using dpctl::YamlDocument;

namespace {

YamlDocument job_with(const Json& instances, const std::string& below = "") {
  return {
      .value = {{"spec", {{"executor", {{"instances", instances}}}}}},
      .file = "templates/spark/job.yaml",
      .positions = {{"", {"templates/spark/job.yaml", 1, 1}},
                    {"/spec/executor/instances" + below, {"templates/spark/job.yaml", 14, 11}}}};
}

const Json context = {{"values", {{"executors", 3}, {"image", "spark"}}}};

/// What the evaluation is refused with.
dpctl::Error refusal(const YamlDocument& document) {
  const auto outcome = dpctl::evaluate(document, context);
  REQUIRE_FALSE(outcome.has_value());
  CHECK(outcome.error().code == dpctl::ExitCode::invalid_input);
  return outcome.error();
}

}  // namespace

TEST_CASE("a template evaluates to its value") {
  const auto outcome = dpctl::evaluate(job_with({{"$eval", "values.executors"}}), context);
  REQUIRE(outcome.has_value());
  CHECK(outcome->value().at("/spec/executor/instances"_json_pointer) == 3);
}

TEST_CASE("a template that evaluates to null or away gives nothing") {
  const YamlDocument null{.value = {{"$eval", "null"}}};
  const YamlDocument away{.value = {{"$if", "false"}, {"then", 1}}};
  CHECK(dpctl::evaluate(null, context)->has_value() == false);
  CHECK(dpctl::evaluate(away, context)->has_value() == false);
}

TEST_CASE("a name that is missing is told with its place and the name that was meant") {
  const auto error = refusal(job_with({{"$eval", "values.executers"}}, "/$eval"));
  CHECK(dpctl::summary_line(error) ==
        "templates/spark/job.yaml:14:11: no 'executers' in values; did you mean 'executors'?");
  CHECK(error.hint.empty());
}

TEST_CASE("the place is that of the nearest value that is known") {
  const auto error = refusal(job_with({{"$eval", "values.executers"}}));
  REQUIRE(error.where.has_value());
  CHECK(dpctl::to_string(*error.where) == "templates/spark/job.yaml:14:11");
}

TEST_CASE("a longer expression is named beside what it misses") {
  CHECK(refusal(job_with("${values.executers + 1}")).message ==
        "no 'executers' in values (in 'values.executers + 1'); did you mean 'executors'?");
  CHECK(refusal(job_with("${valeus.image}")).message ==
        "no 'valeus' in the context (in 'valeus.image'); did you mean 'values'?");
  CHECK(refusal(job_with("${valeus}")).message ==
        "no 'valeus' in the context; did you mean 'values'?");
}

TEST_CASE("where no name is near, the hint lists what there is") {
  const auto error = refusal(job_with("${values.replicas}"));
  CHECK(error.message == "no 'replicas' in values");
  CHECK(error.hint == "values has executors, image");
}

TEST_CASE("other faults name the expression") {
  CHECK(refusal(job_with("n: ${values.executors + 'x'}")).message ==
        "infix: + expects numbers/strings + numbers/strings (in 'values.executors + 'x'')");
  CHECK(refusal(job_with("${values.}")).message ==
        "Found: } token, expected one of: identifier (in 'values.')");
  CHECK(refusal(job_with("${values")).message == "unterminated ${..} expression (in 'values')");
}

TEST_CASE("a misspelt operator or property is told with the one that was meant") {
  CHECK(refusal(job_with({{"$evl", "1"}})).message ==
        "$<identifier> is reserved; use $$<identifier>; did you mean '$eval'?");
  CHECK(refusal(job_with({{"$if", "true"}, {"thn", 1}})).message ==
        "$if has undefined properties: thn; did you mean 'then'?");
}

TEST_CASE("a sign that binds tighter than one would think is explained") {
  CHECK(refusal(job_with({{"$eval", "!values.executors"}})).hint ==
        "in JSON-e '!' binds tighter than '.', '[' and '('; write !(…) around what follows it");
}

TEST_CASE("an expression by itself evaluates, and fails at the place that is given") {
  CHECK(dpctl::evaluate_expression("values.executors * 2", context, {}).value() == 6);
  const auto outcome = dpctl::evaluate_expression("values.image.tag", context, {"a.yaml", 2, 3});
  REQUIRE_FALSE(outcome.has_value());
  CHECK(dpctl::summary_line(outcome.error()) ==
        "a.yaml:2:3: infix: . expects objects (in 'values.image.tag')");
}
