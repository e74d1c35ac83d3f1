// SPDX-License-Identifier: Apache-2.0
// Templates of our own give what the reference implementation gives. A case that names where we
// differ on purpose
// (`differs`) says what we give instead (`ours`), and must still differ.
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "jsone/jsone.hpp"
#include "support/yaml_spec.hpp"

using yaml_spec::Json;

namespace {

std::string python() {
  const char* const path = std::getenv("DPCTL_JSONE_PYTHON");
  return path != nullptr ? path : "python3";
}

std::string output_of(const std::string& command) {
  std::string output;
  std::array<char, 4096> buffer{};
  FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) {
    return output;
  }
  for (std::size_t size = 1; size > 0;) {
    size = std::fread(buffer.data(), 1, buffer.size(), pipe);
    output.append(buffer.data(), size);
  }
  pclose(pipe);
  return output;
}

/// A file with `text`, gone with the object.
class InputFile {
 public:
  explicit InputFile(const std::string& text)
      : path_(std::filesystem::temp_directory_path() /
              ("dpctl-jsone-" + std::to_string(getpid()) + ".json")) {
    std::ofstream(path_) << text;
  }
  ~InputFile() { std::filesystem::remove(path_); }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

Json reference_answers(const Json& cases) {
  const InputFile input(cases.dump());
  const auto script = yaml_spec::repository() / "tests" / "support" / "jsone_reference.py";
  return Json::parse(output_of(python() + " " + script.string() + " < " + input.path()));
}

/// What the engine gives, in the form of the reference's answers.
Json our_answer(const Json& test) {
  const auto outcome = jsone::render(test.at("template"), test.at("context"));
  return outcome ? Json{{"result", outcome->value_or(nullptr)}}
                 : Json{{"error", jsone::to_string(outcome.error())}};
}

bool agree(const Json& ours, const Json& reference) {
  return ours.contains("error") ? reference.contains("error") : ours == reference;
}

}  // namespace

TEST_CASE("templates of our own give what the reference implementation gives") {
  if (output_of(python() + " -c 'import jsone; print(1)' 2>/dev/null") != "1\n") {
    SKIP("the reference implementation (Python package json-e) is not installed");
  }
  const auto file = yaml_spec::repository() / "tests" / "support" / "jsone_cases.yaml";
  const Json cases = yaml_spec::read_documents(file).at(0);
  REQUIRE(cases.size() >= 60);
  const Json answers = reference_answers(cases);
  REQUIRE(answers.size() == cases.size());
  for (std::size_t at = 0; at < cases.size(); ++at) {
    const Json& test = cases[at];
    const Json ours = our_answer(test);
    CAPTURE(test.at("title").get<std::string>(), ours.dump(), answers[at].dump());
    CHECK(agree(ours, answers[at]) == !test.contains("differs"));
    if (test.contains("ours")) {
      CHECK(ours == Json{{"result", test.at("ours")}});
    }
  }
}
