// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "util/yaml.hpp"

using dpctl::Json;
using dpctl::parse_yaml;
using dpctl::parse_yaml_document;

namespace {

Json value_of(std::string_view text) {
  const auto document = parse_yaml_document(text, "t.yaml");
  INFO((document ? "" : dpctl::full_text(document.error())));
  REQUIRE(document);
  return document->value;
}

dpctl::Error error_of(std::string_view text, const dpctl::YamlLimits& limits = {}) {
  const auto documents = parse_yaml(text, "t.yaml", limits);
  REQUIRE_FALSE(documents);
  CHECK(documents.error().code == dpctl::ExitCode::invalid_input);
  return documents.error();
}

std::string place_of(const dpctl::Error& error) {
  return error.where ? dpctl::to_string(*error.where) : "";
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("plain scalars mean what the 1.2 core schema says") {
  CHECK(value_of("a: 1\nb: -12\nc: +3\nd: 0x1F\ne: 0") ==
        Json({{"a", 1}, {"b", -12}, {"c", 3}, {"d", 31}, {"e", 0}}));
  CHECK(value_of("[1.5, .5, 5., -1.5e+3, 1.0]") == Json({1.5, 0.5, 5.0, -1500.0, 1.0}));
  CHECK(value_of("[true, True, TRUE, false, False, FALSE]") ==
        Json({true, true, true, false, false, false}));
  CHECK(value_of("[~, null, Null, NULL, , ]").size() >= 4);
  CHECK(value_of("{a: , b: ~}") == Json({{"a", nullptr}, {"b", nullptr}}));
  CHECK(value_of(
            "[1.2.3, 1h, 3Gi, 100m, v1, truE, nUll, 1-2, '', a b, 10.0.0.1, ., 1:99, 8080:80]") ==
        Json({"1.2.3", "1h", "3Gi", "100m", "v1", "truE", "nUll", "1-2", "", "a b", "10.0.0.1", ".",
              "1:99", "8080:80"}));
  CHECK(value_of("18446744073709551615").get<std::uint64_t>() == 18446744073709551615U);
}

TEST_CASE("quoted scalars are strings whatever they look like") {
  CHECK(value_of(R"(["yes", 'on', "1_000", '0o17', "2001-01-01", '1:30', "null", '~', '.inf'])") ==
        Json({"yes", "on", "1_000", "0o17", "2001-01-01", "1:30", "null", "~", ".inf"}));
}

TEST_CASE("what YAML 1.1 and 1.2 take differently is refused with a hint") {
  const std::string word =
      GENERATE("yes", "No", "ON", "off", "y", "N", "1_000", "1_0.5", "0o17", "017", "0644", "08",
               "-012", "0b11", "-0x1F", "0x_1", "1:30", "12:30:45", "1:30.5", "1e3", "1.5e3",
               "2001-01-01", "2001-1-1 10:00:00", "2001-12-14t21:59:43.10-05:00", "=");
  const auto in_value = error_of("a:\n  - b\n  - " + word + "\n");
  INFO(dpctl::full_text(in_value));
  CHECK(place_of(in_value) == "t.yaml:3:5");
  CHECK(has(in_value.message, word + " without quotes is"));
  CHECK(has(in_value.hint, "\"" + word + "\""));
  CHECK(place_of(error_of(word + ": 1")) == "t.yaml:1:1");
}

TEST_CASE("numbers that JSON cannot hold are refused") {
  const std::string word = GENERATE(".inf", "-.INF", "+.Inf", ".nan", ".NaN", "1.0e+999",
                                    "99999999999999999999", "-9223372036854775809");
  CHECK(has(error_of("a: " + word).message, "cannot be held"));
}

TEST_CASE("duplicate keys are refused, naming both places") {
  const auto error = error_of("a: 1\nb:\n  c: 2\n  d: 3\n  c: 4\n");
  CHECK(place_of(error) == "t.yaml:5:3");
  CHECK(has(error.message, "the key 'c' stands here and in line 3, column 3"));
  error_of("{a: 1, \"a\": 2}");
}

TEST_CASE("keys that are not strings are refused") {
  CHECK(has(error_of("8080: x").hint, "\"8080\""));
  CHECK(has(error_of("a:\n  true: x").message, "the key true is not a string"));
  error_of("? [a]\n: x");
  error_of("? {a: b}\n: x");
  error_of(": x");
  error_of("~: x");
  CHECK(value_of("\"8080\": x") == Json({{"8080", "x"}}));
}

TEST_CASE("a tab in the indentation is refused, a tab between words or inside brackets is not") {
  for (const std::string text :
       {"a:\n\tb: 1\n", "a:\n\t- 1\n", "a:\n\tb\n", "a:\n  -\tb: 1\n", "a:\n \t\"b\"\n"}) {
    const auto error = error_of(text);
    INFO(text << dpctl::full_text(error));
    CHECK(error.where->line >= 2);
    CHECK((has(error.message, "tab") || has(error.hint, "tab")));
  }
  CHECK(value_of("a:\tb\n") == Json({{"a", "b"}}));
  CHECK(value_of("{\n\t\"a\": [\n\t\t1\n\t]\n}\n") == Json({{"a", {1}}}));
  CHECK(value_of("a: |\n  x\n  \ty\n") == Json({{"a", "x\n\ty\n"}}));
}

TEST_CASE("anchors, aliases and merge keys work") {
  CHECK(value_of("a: &x {k: 1}\nb: *x\n") == Json({{"a", {{"k", 1}}}, {"b", {{"k", 1}}}}));
  CHECK(value_of("a: &x [1, 2]\nb: &y text\nc: [*x, *y]") ==
        Json({{"a", {1, 2}}, {"b", "text"}, {"c", {{1, 2}, "text"}}}));
  CHECK(value_of("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  k: 3\n")["b"] == Json({{"k", 3}, {"l", 2}}));
  CHECK(value_of("a: &x {k: 1}\nb: &y {k: 2, l: 3}\nc:\n  z: 0\n  <<: [*x, *y]\n")["c"] ==
        Json({{"k", 1}, {"l", 3}, {"z", 0}}));
  CHECK(value_of("\"<<\": x") == Json({{"<<", "x"}}));
  CHECK(value_of("&k a: 1\nb: *k\n") == Json({{"a", 1}, {"b", "a"}}));
}

TEST_CASE("aliases and merge keys to nowhere are refused") {
  const auto error = error_of("a:\n  <<: *nowhere\n");
  CHECK(place_of(error) == "t.yaml:2:7");
  CHECK(has(error.hint, "&name"));
  error_of("a: *b\nb: &b 1\n");
  error_of("a: &a [*a]\n");
  CHECK(place_of(error_of("a:\n  <<: 5\n")) == "t.yaml:2:7");
  error_of("a: &l [1]\nb:\n  <<: *l\n");
  error_of("---\na: &x 1\n---\nb: *x\n");
}

TEST_CASE("core tags convert, others are refused") {
  CHECK(value_of("[!!str 1, !!int 2, !!float 1.5, !!bool true, !!null ~, !!str yes, ! 5]") ==
        Json({"1", 2, 1.5, true, nullptr, "yes", "5"}));
  CHECK(value_of("a: !!map {b: !!seq [1]}") == Json({{"a", {{"b", {1}}}}}));
  for (const std::string text : {"!!int x", "!!binary aGk=", "!local x", "!!set {a}",
                                 "!!timestamp 2001-01-01", "a: !!seq {b: 1}"}) {
    INFO(text);
    CHECK(has(error_of(text).message, "tag"));
  }
}

TEST_CASE("documents are told apart and empty ones dropped") {
  const auto documents =
      parse_yaml("# nothing\n---\n---\na: 1\n---\nnull\n---\n# c\n---\nb: 2\n...\n", "t.yaml");
  REQUIRE(documents);
  REQUIRE(documents->size() == 2);
  CHECK(documents->at(0).value == Json({{"a", 1}}));
  CHECK(documents->at(1).value == Json({{"b", 2}}));
  CHECK(documents->at(1).position("/b").line == 10);
  CHECK(parse_yaml("", "t.yaml")->empty());
  CHECK(parse_yaml("a: 1\n...\nb: 2\n", "t.yaml")->size() == 2);
}

TEST_CASE("text behind the end of a document is not another document") {
  for (const std::string text : {"[a] b", "'x' 'y'", "a: 1\n- b\n", "{a: 1} {b: 2}"}) {
    INFO(text);
    error_of(text);
  }
}

TEST_CASE("exactly one document is asked for by parse_yaml_document") {
  CHECK(has(parse_yaml_document("# only a comment", "t.yaml").error().message, "no document"));
  const auto two = parse_yaml_document("a: 1\n---\nb: 1\n", "t.yaml");
  REQUIRE_FALSE(two);
  CHECK(dpctl::to_string(*two.error().where) == "t.yaml:3:1");
}

TEST_CASE("positions name lines and columns, counted in characters") {
  const auto document = parse_yaml_document(
      "é: {ö: [1, 22]}\nspec:\n  nodes:\n  - role: x\n  - a/b~c: z\n", "t.yaml");
  REQUIRE(document);
  CHECK(dpctl::to_string(document->position("/é/ö/1")) == "t.yaml:1:12");
  CHECK(dpctl::to_string(document->position("/spec/nodes")) == "t.yaml:3:3");
  CHECK(dpctl::to_string(document->position("/spec/nodes/0/role")) == "t.yaml:4:5");
  CHECK(dpctl::to_string(document->position("/spec/nodes/1")) == "t.yaml:5:5");
  CHECK(dpctl::to_string(document->position("/spec/nodes/1/a~1b~0c")) == "t.yaml:5:5");
  CHECK(dpctl::to_string(document->position("/spec/nodes/1/gone/deeper")) == "t.yaml:5:5");
  CHECK(dpctl::to_string(document->position("")) == "t.yaml:1:1");
}

TEST_CASE("Windows line ends, lone carriage returns and a byte order mark are taken") {
  CHECK(value_of("\xEF\xBB\xBF"
                 "a: 1\r\nb: |\r\n  x\r\n  y\r\n") == Json({{"a", 1}, {"b", "x\ny\n"}}));
  CHECK(value_of("a: 1\rb: 2") == Json({{"a", 1}, {"b", 2}}));
  CHECK(place_of(error_of("a: 1\r\nb: yes\r\n")) == "t.yaml:2:4");
}

TEST_CASE("control characters and broken UTF-8 are refused where they stand") {
  using namespace std::string_literals;
  CHECK(place_of(error_of("a: b\nc: \0d"s)) == "t.yaml:2:4");
  CHECK(place_of(error_of("a: \x04 b\nc: d")) == "t.yaml:1:4");
  for (const std::string bytes :
       {"\xC3", "\xFF\xFE", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) {
    CHECK(has(error_of("a: " + bytes).message, "UTF-8"));
  }
  CHECK(value_of("a: 😀") == Json({{"a", "😀"}}));
}

TEST_CASE("alias bombs, depth, values and size are bounded") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string below = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int j = 0; j < 10; ++j) {
      bomb += below + (j < 9 ? ", " : "]\n");
    }
  }
  CHECK(has(error_of(bomb).message, "more than 2000000 values"));
  CHECK(
      has(error_of("a: &a \"" + std::string(1000, 'x') + "\"\nb: [*a, *a, *a, *a]", {.bytes = 3000})
              .message,
          "aliases"));
  CHECK(has(error_of(std::string(101, '[') + std::string(101, ']')).message, "deeper than 100"));
  CHECK(has(error_of(std::string(100'000, '[') + std::string(100'000, ']')).message,
            "deeper than 100"));
  error_of(std::string(100'000, '{'));
  CHECK(has(error_of("[1, 2, 3]", {.nodes = 3}).message, "more than 3 values"));
  CHECK(has(error_of("[1, 2, 3]", {.bytes = 5}).message, "larger than 5 bytes"));
}

TEST_CASE("broken syntax is told with its place") {
  CHECK(place_of(error_of("a: b: c\n")) == "t.yaml:1:5");
  CHECK(place_of(error_of("a: [1, 2\n")).starts_with("t.yaml:"));
  error_of("a: \"x\n");
  error_of("a: @x\n");
  error_of("a: \"\\q\"\n");
  error_of("a: 1\n b: 2\n");
  error_of("%YAML 3.0\n---\na");
}
