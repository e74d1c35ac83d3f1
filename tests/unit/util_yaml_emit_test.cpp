// SPDX-License-Identifier: Apache-2.0
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "util/files.hpp"
#include "util/yaml.hpp"

using dpctl::emit_yaml;
using dpctl::Json;

namespace {

/// Strings and numbers that some reader of YAML could take for something else.
Json hard_values() {
  Json list = Json::array();
  for (const char* text : {"",
                           " ",
                           "a",
                           "yes",
                           "No",
                           "on",
                           "y",
                           "N",
                           "null",
                           "~",
                           "Null",
                           "true",
                           "FALSE",
                           "1",
                           "-1",
                           "+1",
                           "1.5",
                           ".5",
                           "5.",
                           "1e3",
                           "1.5e3",
                           "1.5e+3",
                           "0o17",
                           "017",
                           "08",
                           "0x1f",
                           "-0x1f",
                           "0b1",
                           "1_000",
                           "1:30",
                           "12:30:45",
                           "2001-01-01",
                           "2001-01-01T00:00:00Z",
                           "2001-01-01 10:00:00",
                           "=",
                           "<<",
                           ".inf",
                           "-.INF",
                           ".nan",
                           ".",
                           "..",
                           "...",
                           "---",
                           "--- a",
                           "-",
                           "- a",
                           "--flag=1",
                           "-Xmx1g",
                           "-1x",
                           "?",
                           "? a",
                           ":",
                           ":8080",
                           "a:",
                           "a: b",
                           "a:b",
                           "a #b",
                           "a#b",
                           "#a",
                           "&a",
                           "*a",
                           "!a",
                           "!!str",
                           "|",
                           ">",
                           "%a",
                           "@a",
                           "`a",
                           "'a'",
                           "\"a\"",
                           "[a]",
                           "{a}",
                           "a, b",
                           ",a",
                           " lead",
                           "trail ",
                           "tab\tin",
                           "\ttab",
                           "a\nb",
                           "a\nb\n",
                           "a\nb\n\n\n",
                           "\na",
                           "\n",
                           "\n\n",
                           "  a\nb",
                           "a \nb",
                           "a\n  b\n",
                           "a\n\tb\n",
                           "a\n\nb",
                           "a\r\nb",
                           "\x01",
                           "\x7f",
                           "é",
                           "😀",
                           "a\xC2\x85"
                           "b",
                           "a\xE2\x80\xA8"
                           "b\nc",
                           "\xEF\xBB\xBF"
                           "a",
                           "\\n",
                           "${a}",
                           "a: b\nc: d\n",
                           "# x\ny\n",
                           "key: |\n  a\n",
                           "#!/bin/sh\nset -e\n",
                           "a\n---\nb\n",
                           "a\n...\n",
                           "\\",
                           "\"",
                           "0.0.0.0/0",
                           "1.2.3",
                           "sha256:00",
                           "12e03",
                           "12e3",
                           "1e",
                           "e1",
                           "_1",
                           "1_",
                           "0_",
                           "~/x",
                           "./x",
                           "../x",
                           ".x",
                           ".5x",
                           "x%",
                           "100%",
                           "12:30",
                           "1:60",
                           "null\n"}) {
    list.push_back(text);
  }
  for (const double number :
       {0.5, 1.0, -1.5, 1e30, 1.5e-7, 1e-7, 123456789.125, 5e-324, 1.7976931348623157e308}) {
    list.push_back(number);
  }
  list.push_back(0);
  list.push_back(-9223372036854775807LL - 1);
  list.push_back(18446744073709551615ULL);
  list.push_back(nullptr);
  list.push_back(true);
  list.push_back(Json::object());
  list.push_back(Json::array());
  return list;
}

/// Each hard value alone, as a key, in lists of lists and maps of maps.
Json hard_document() {
  Json document = {{"list", hard_values()}, {"nested", {{hard_values(), {{"x", hard_values()}}}}}};
  for (const Json& value : hard_values()) {
    if (value.is_string()) {
      document["keys"][value.get<std::string>()] = {{"v", value}};
    }
  }
  document["long"][std::string(2000, 'k')] = {1, 2};
  document["long"][std::string(2001, 'k')] = {{"a", {{"b", "c\nd"}}}};
  document["long"][std::string(2002, 'k')] = "x";
  return document;
}

std::string random_text(std::mt19937& random) {
  constexpr std::string_view alphabet = " \n\t-:?#,[]{}&*!|>'\"%@`=.0127_+eExyYnN~<$\\/a";
  std::string text;
  for (auto left = random() % 12; left > 0; --left) {
    text += alphabet[random() % alphabet.size()];
  }
  return text;
}

}  // namespace

TEST_CASE("block style with sorted keys, as kubectl prints it") {
  const Json value = {{"kind", "Pod"},
                      {"apiVersion", "v1"},
                      {"spec",
                       {{"containers", {{{"name", "a"}, {"args", {"--x", "1"}}}, {{"name", "b"}}}},
                        {"volumes", Json::array()}}},
                      {"data", {{"run.sh", "echo a\necho b\n"}, {"on", "yes"}}},
                      {"grid", {{1, 2}, {3}}}};
  CHECK(emit_yaml(value) == R"(apiVersion: v1
data:
  "on": "yes"
  run.sh: |
    echo a
    echo b
grid:
- - 1
  - 2
- - 3
kind: Pod
spec:
  containers:
  - args:
    - --x
    - "1"
    name: a
  - name: b
  volumes: []
)");
}

TEST_CASE("what is emitted reads back the same") {
  for (const Json& value : hard_values()) {
    for (const Json& whole : {value, Json({{"k", value}}), Json::array({value}),
                              Json::array({Json::array({value, value})})}) {
      const std::string text = emit_yaml(whole);
      const auto documents = dpctl::parse_yaml(text, "t");
      INFO(text);
      INFO((documents ? "" : dpctl::full_text(documents.error())));
      REQUIRE(documents);
      CHECK((documents->empty() ? Json() : documents->front().value) == whole);
    }
  }
  const auto back = dpctl::parse_yaml_document(emit_yaml(hard_document()), "t");
  REQUIRE(back);
  CHECK(back->value == hard_document());
}

TEST_CASE("random strings of YAML's own characters read back the same") {
  std::mt19937 random(7);  // NOLINT(bugprone-random-generator-seed): the same strings in every run
  for (int i = 0; i < 20'000; ++i) {
    const Json value = {{random_text(random), {random_text(random), {{"k", random_text(random)}}}}};
    const std::string text = emit_yaml(value);
    const auto back = dpctl::parse_yaml_document(text, "t");
    INFO(text);
    REQUIRE(back);
    REQUIRE(back->value == value);
  }
}

TEST_CASE("documents are parted") {
  const std::string text = dpctl::emit_yaml_documents({{{"a", 1}}, {{"b", "x\n\n"}}, {{"c", 2}}});
  CHECK(text.starts_with("---\na: 1\n---\n"));
  const auto back = dpctl::parse_yaml(text, "t");
  REQUIRE(back);
  REQUIRE(back->size() == 3);
  CHECK(back->at(1).value == Json({{"b", "x\n\n"}}));
}

TEST_CASE("bytes that are not UTF-8 do not spoil the output") {
  const auto back = dpctl::parse_yaml_document(emit_yaml({{"a", "x\xFFy"}}), "t");
  REQUIRE(back);
  CHECK(back->value == Json({{"a", "x\xEF\xBF\xBDy"}}));
}

TEST_CASE("a YAML 1.1 reader takes what is emitted for the same") {
  if (std::system("python3 -c 'import yaml' 2>/dev/null") != 0) {
    SKIP("python3 with PyYAML is not there");
  }
  auto folder = dpctl::TempFolder::create();
  REQUIRE(folder);
  const auto path = folder->path();
  std::vector<Json> documents = {hard_document()};
  std::mt19937 random(11);  // NOLINT(bugprone-random-generator-seed): the same strings in every run
  Json many = Json::array();
  for (int i = 0; i < 3000; ++i) {
    many.push_back({{random_text(random), random_text(random)}});
  }
  documents.push_back(many);
  REQUIRE(dpctl::write_file(path / "t.yaml", dpctl::emit_yaml_documents(documents)));
  REQUIRE(dpctl::write_file(path / "t.json", Json(documents).dump()));
  const std::string script =
      "import json, sys, yaml\n"
      "read = list(yaml.safe_load_all(open(sys.argv[1] + '/t.yaml', encoding='utf-8')))\n"
      "want = json.load(open(sys.argv[1] + '/t.json', encoding='utf-8'))\n"
      "sys.exit(0 if repr(read) == repr(want) or read == want and json.dumps(read) == "
      "json.dumps(want) else 1)\n";
  REQUIRE(dpctl::write_file(path / "compare.py", script));
  CHECK(std::system(("python3 " + (path / "compare.py").string() + " " + path.string()).c_str()) ==
        0);
}
