// SPDX-License-Identifier: Apache-2.0
#include "tools/docker.hpp"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/tool.hpp"
#include "util/error.hpp"
#include "util/json.hpp"
#include "util/process.hpp"
#include "util/result.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

// `--format json` is shorter, but docker before 23 takes it for a literal text.
constexpr const char* as_json = "{{json .}}";

/// "a=b,c=d"; docker does not say where a value holds a comma, and kind's do not.
std::map<std::string, std::string> labels_of(const std::string& text) {
  std::map<std::string, std::string> labels;
  for (const auto& label : split(text, ',')) {
    const auto equals = label.find('=');
    if (equals != std::string::npos) {
      labels[label.substr(0, equals)] = label.substr(equals + 1);
    }
  }
  return labels;
}

int number_in(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Error not_answering(const Command& command, const Finished& finished, const Json& errors) {
  Error error = command_failed(command, finished, ExitCode::unfit);
  const auto said = errors.empty() ? std::string(trimmed(last_lines(finished.err, 1)))
                                   : errors.at(0).get<std::string>();
  error.message = "docker does not answer" + (said.empty() ? "" : ": " + said);
  error.output_tail.clear();
  error.hint = "start docker, or see that this user may use it (group docker, or DOCKER_HOST)";
  return error;
}

std::vector<std::string> names(const std::vector<Json>& rows) {
  std::vector<std::string> names;
  names.reserve(rows.size());
  for (const auto& row : rows) {
    names.push_back(string_at(row, "Name"));
  }
  return names;
}

}  // namespace

Result<DockerInfo> Docker::info(const ToolCall& call) const {
  const auto command = command_of(tool_, {"info", "--format", as_json}, call);
  const auto finished = TRY(tool_.exec(command, call.stop));
  const auto info = parse_json(finished.out, "docker info").value_or(Json::object());
  // Some versions exit 0 without a daemon, and say so in a field.
  const auto& errors = array_at(info, "ServerErrors");
  if (!finished.ok() || !errors.empty() || string_at(info, "ServerVersion").empty()) {
    return fail(not_answering(command, finished, errors));
  }
  return DockerInfo{.server_version = string_at(info, "ServerVersion"),
                    .memory = int_at(info, "MemTotal"),
                    .cpus = static_cast<int>(int_at(info, "NCPU")),
                    .cgroup_version = number_in(string_at(info, "CgroupVersion")),
                    .root = string_at(info, "DockerRootDir"),
                    .os = string_at(info, "OperatingSystem"),
                    .architecture = string_at(info, "Architecture"),
                    .storage_driver = string_at(info, "Driver")};
}

Result<std::vector<Json>> Docker::rows(std::vector<std::string> arguments,
                                       const ToolCall& call) const {
  arguments.insert(arguments.end(), {"--format", as_json});
  const auto finished = TRY(run_tool_ok(tool_, std::move(arguments), call));
  std::vector<Json> rows;
  for (const auto& line : answer_lines(finished)) {
    rows.push_back(TRY(parse_json(line, "docker")));
  }
  return rows;
}

Result<std::vector<Container>> Docker::containers(const std::string& label,
                                                  const ToolCall& call) const {
  std::vector<std::string> arguments = {"ps", "--all", "--no-trunc"};
  if (!label.empty()) {
    arguments.insert(arguments.end(), {"--filter", "label=" + label});
  }
  std::vector<Container> containers;
  for (const auto& row : TRY(rows(std::move(arguments), call))) {
    containers.push_back({.id = string_at(row, "ID"),
                          .name = string_at(row, "Names"),
                          .image = string_at(row, "Image"),
                          .state = string_at(row, "State"),
                          .labels = labels_of(string_at(row, "Labels"))});
  }
  return containers;
}

Result<std::vector<std::string>> Docker::volumes_of(const std::vector<Container>& containers,
                                                    const ToolCall& call) const {
  std::vector<std::string> volumes;
  if (containers.empty()) {
    return volumes;
  }
  std::vector<std::string> arguments = {"inspect", "--type", "container", "--format",
                                        "{{json .Mounts}}"};
  for (const auto& container : containers) {
    arguments.push_back(container.id);
  }
  for (const auto& line : answer_lines(TRY(run_tool_ok(tool_, std::move(arguments), call)))) {
    for (const auto& mount : TRY(parse_json(line, "docker inspect"))) {
      if (string_at(mount, "Type") == "volume") {
        volumes.push_back(string_at(mount, "Name"));
      }
    }
  }
  return volumes;
}

Result<std::vector<std::string>> Docker::volumes(const ToolCall& call) const {
  return names(TRY(rows({"volume", "ls"}, call)));
}

Result<std::vector<std::string>> Docker::networks(const ToolCall& call) const {
  return names(TRY(rows({"network", "ls"}, call)));
}

Result<std::vector<DockerImage>> Docker::images(const ToolCall& call) const {
  std::vector<DockerImage> images;
  for (const auto& row : TRY(rows({"image", "ls", "--no-trunc"}, call))) {
    const auto repository = string_at(row, "Repository");
    const auto tag = string_at(row, "Tag");
    const bool named = repository != "<none>" && tag != "<none>";
    images.push_back({string_at(row, "ID"), named ? fmt::format("{}:{}", repository, tag) : ""});
  }
  return images;
}

Result<std::optional<std::string>> Docker::image_id(const std::string& reference,
                                                    const ToolCall& call) const {
  const auto command =
      command_of(tool_, {"image", "inspect", "--format", "{{.Id}}", reference}, call);
  const auto finished = TRY(tool_.exec(command, call.stop));
  if (finished.ok()) {
    return std::optional(std::string(trimmed(finished.out)));
  }
  if (finished.err.find("No such image") != std::string::npos) {
    return std::optional<std::string>();
  }
  return fail(command_failed(command, finished));
}

}  // namespace dpctl
