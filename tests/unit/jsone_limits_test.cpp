// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "jsone/jsone.hpp"

using Json = nlohmann::json;

namespace {

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t at = 0; at < times; ++at) {
    all += text;
  }
  return all;
}

// A tenth of the default, so that the tests are quick with sanitizers too.
const jsone::Options tight{.limits = {.depth = 200, .steps = 400'000, .bytes = 12U << 20}};

/// What the render is refused for, or "" where it succeeds.
std::string refusal(const Json& tmpl, const Json& context = Json::object()) {
  const auto outcome = jsone::render(tmpl, context, tight);
  if (outcome) {
    return "";
  }
  CHECK(outcome.error().kind == jsone::ErrorKind::limit);
  return outcome.error().message;
}

constexpr auto too_deep = "nested deeper than 200 levels";
constexpr auto too_deep_expression = "expression nested deeper than 200 levels";
constexpr auto too_long = "evaluation takes more than 400000 steps";
constexpr auto too_large = "evaluation builds more than 12582912 bytes";

Json nested_lists(std::size_t depth) {
  Json value = 1;
  for (std::size_t at = 0; at < depth; ++at) {
    value = Json::array({std::move(value)});
  }
  return value;
}

/// {$let: {a: twice the last}, in: …} over and over, around {$eval: 'a'}.
Json doublings(const std::string& expression, const Json& first, int times) {
  Json tmpl = {{"$eval", "a"}};
  for (int at = 0; at < times; ++at) {
    tmpl = {{"$let", {{"a", {{"$eval", expression}}}}}, {"in", std::move(tmpl)}};
  }
  return {{"$let", {{"a", first}}}, {"in", std::move(tmpl)}};
}

}  // namespace

TEST_CASE("a template nested too deep is refused") {
  CHECK(refusal(nested_lists(150)) == "");
  CHECK(refusal(nested_lists(100'000)) == too_deep);
}

TEST_CASE("a value of the context nested too deep is refused once it is used") {
  const Json context = {{"deep", nested_lists(100'000)}, {"same", nested_lists(100'000)}};
  CHECK(refusal(1, context) == "");
  CHECK(refusal({{"$eval", "deep"}}, context) == too_deep);
  CHECK(refusal({{"$eval", "deep == same"}}, context) == too_deep);
  CHECK(refusal({{"$eval", "deep in [same]"}}, context) == too_deep);
  CHECK(refusal({{"$json", {{"$eval", "deep"}}}}, context) == too_deep);
  CHECK(refusal({{"$flattenDeep", {{"$eval", "deep"}}}}, context) == too_deep);
}

TEST_CASE("a value that grows deeper with every round is refused") {
  CHECK(refusal({{"$reduce", {{"$eval", "range(0, 100000)"}}},
                 {"each(a, i)", {{"$eval", "[a]"}}},
                 {"initial", 0}}) == too_deep);
  CHECK(refusal({{"$reduce", {{"$eval", "range(0, 100000)"}}},
                 {"each(a, i)", {{"inner", {{"$eval", "a"}}}}},
                 {"initial", 0}}) == too_deep);
}

TEST_CASE("an expression nested too deep is refused, whichever way it nests") {
  const std::size_t many = 100'000;
  for (const std::string& expression :
       {repeated("(", many), repeated("[", many), repeated("{a:", many), repeated("-", many),
        repeated("!", many), repeated("f(", many), repeated("2 ** ", many) + "1",
        repeated("a[", many)}) {
    CHECK(refusal({{"$eval", expression}}, {{"a", 1}, {"f", 1}}) == too_deep);
    CHECK(refusal("${" + expression + "}", {{"a", 1}, {"f", 1}}) == too_deep);
  }
  for (const std::string& expression :
       {repeated("1+", many) + "1", "a" + repeated(".a", many), "a" + repeated("[0]", many),
        "a" + repeated("()", many), repeated("true && ", many) + "true"}) {
    CHECK(refusal({{"$eval", expression}}, {{"a", 1}}) == too_deep_expression);
  }
}

TEST_CASE("maps within maps are refused when they take too long") {
  Json tmpl = 1;
  for (int at = 0; at < 8; ++at) {
    const std::string each = "each(x" + std::to_string(at) + ")";
    tmpl = {{"$map", {{"$eval", "range(0, 100)"}}}, {each, std::move(tmpl)}};
  }
  CHECK(refusal(tmpl) == too_long);
}

TEST_CASE("a string that doubles again and again is refused") {
  CHECK(refusal(doublings("a + a", "0123456789", 60)) == too_large);
  CHECK(refusal(doublings("join([a, a, a, a], a)", "0123456789", 40)) == too_large);
  CHECK(refusal(doublings("[a, a]", "0123456789", 60)) != "");
  CHECK(refusal(doublings("{x: a, y: a}", "0123456789", 60)) == too_large);
}

TEST_CASE("interpolation that doubles a string is refused") {
  Json tmpl = "${a}";
  for (int at = 0; at < 60; ++at) {
    tmpl = {{"$let", {{"a", "${a}${a}"}}}, {"in", std::move(tmpl)}};
  }
  CHECK(refusal({{"$let", {{"a", "0123456789"}}}, {"in", tmpl}}) == too_large);
}

TEST_CASE("a range that is too long is refused before it is built") {
  CHECK(refusal({{"$eval", "range(0, 9000000000000000000)"}}) == too_long);
  CHECK(refusal({{"$eval", "range(-9000000000000000000, 9000000000000000000)"}}) == too_long);
  CHECK(refusal({{"$eval", "len(range(0, 300000)) + len(range(0, 300000))"}}) == too_long);
  CHECK(refusal({{"$eval",
                  "len(range(9000000000000000000, -9000000000000000000, "
                  "-9000000000000000000))"}}) == "");
}

TEST_CASE("a power beyond all numbers is an error, at once") {
  const auto outcome = jsone::render({{"$eval", "9 ** 9 ** 9 ** 9"}}, Json::object());
  REQUIRE_FALSE(outcome.has_value());
  CHECK(outcome.error().message == "infix: ** gives no number that JSON can hold");
  CHECK(jsone::render({{"$eval", "1 ** 9000000000000000000"}}, Json::object())->value() == 1);
  CHECK(jsone::render({{"$eval", "2 ** 62"}}, Json::object())->value() == 4611686018427387904);
  CHECK(jsone::render({{"$eval", "2 ** 64"}}, Json::object())->value() == 18446744073709551616.0);
}

TEST_CASE("work hidden in one operator is counted too") {
  const std::string long_text(100'000, 'x');
  const Json context = {{"text", long_text}, {"list", Json(1000, "")}};
  const auto for_each = [](const std::string& expression) {
    return Json{{"$map", {{"$eval", "range(0, 10000)"}}}, {"each(i)", {{"$eval", expression}}}};
  };
  CHECK(refusal(for_each("text != 1"), context) == "");
  CHECK(refusal(for_each("text == text"), context) == too_long);
  CHECK(refusal(for_each("'y' in text"), context) == too_long);
  CHECK(refusal(for_each("len(text)"), context) == too_long);
  CHECK(refusal(for_each("text[99999]"), context) == too_long);
  CHECK(refusal(for_each("split(text, '')"), context) == too_large);
  CHECK(refusal(for_each("uppercase(text)"), context) != "");
  CHECK(refusal({{"$map", {{"$eval", "range(0, 10000)"}}},
                 {"each(i)", {{"$sort", {{"$eval", "list"}}}}}},
                context) != "");
}

TEST_CASE("expressions that a template makes up are counted as they are parsed") {
  const std::string long_expression = "${1}" + std::string(100'000, ' ');
  Json items = Json::array();
  for (int at = 0; at < 200; ++at) {
    items.push_back(long_expression + std::to_string(at));
  }
  CHECK(refusal({{"$map", {{"$eval", "range(0, 200)"}}},
                 {"each(i)", {{"$find", {{"$eval", "[items[i]]"}}}, {"each(x)", "true"}}}},
                {{"items", items}}) == too_large);
}

TEST_CASE("narrower limits can be set") {
  const jsone::Options options{.limits = {.depth = 3, .steps = 10, .bytes = 1000}};
  const Json none = Json::object();
  CHECK(jsone::render(Json::array({1, 2}), none, options).has_value());
  CHECK_FALSE(jsone::render(nested_lists(3), none, options).has_value());
  CHECK_FALSE(jsone::render(Json(10, 1), none, options).has_value());
  CHECK_FALSE(jsone::render(std::string(1001, 'x'), none, options).has_value());
}

TEST_CASE("the default limits hold as well") {
  const auto outcome =
      jsone::render({{"$eval", "len(range(0, 4000001))"}}, Json::object(), jsone::Options{});
  REQUIRE_FALSE(outcome.has_value());
  CHECK(outcome.error().message == "evaluation takes more than 4000000 steps");
}
