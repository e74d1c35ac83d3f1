// SPDX-License-Identifier: Apache-2.0
// Asks docker what it has: argv out, typed answers in. It makes and removes nothing.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/tool.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// The label that kind puts on the containers of a cluster; its value is the cluster's name.
constexpr const char* kind_cluster_label = "io.x-k8s.kind.cluster";

struct DockerInfo {
  std::string server_version;
  std::int64_t memory = 0;  // bytes
  int cpus = 0;
  int cgroup_version = 0;      // 1 or 2; 0: not said
  std::filesystem::path root;  // where images and volumes lie; on the daemon's machine
  std::string os;              // "Debian GNU/Linux 12 (bookworm)", "Docker Desktop"
  std::string architecture;    // "x86_64", "aarch64"
  std::string storage_driver;
};

struct Container {
  std::string id;
  std::string name;
  std::string image;
  std::string state;  // "running", "exited", …
  std::map<std::string, std::string> labels;
};

struct DockerImage {
  std::string id;
  std::string reference;  // "repository:tag"; "" for one without a name
};

class Docker {
 public:
  explicit Docker(Program tool) : tool_(std::move(tool)) {}

  /// Fails (unfit) where the daemon does not answer, with what docker said about it.
  Result<DockerInfo> info(const ToolCall& call) const;

  /// Running or not; `label` is "name" or "name=value", empty: all.
  Result<std::vector<Container>> containers(const std::string& label, const ToolCall& call) const;

  /// Names of the volumes that these containers hold. Those of kind's nodes carry no label: who
  /// wants to know later whether they are gone asks before the containers are.
  Result<std::vector<std::string>> volumes_of(const std::vector<Container>& containers,
                                              const ToolCall& call) const;

  Result<std::vector<std::string>> volumes(const ToolCall& call) const;
  Result<std::vector<std::string>> networks(const ToolCall& call) const;
  Result<std::vector<DockerImage>> images(const ToolCall& call) const;

  /// The id of an image by any reference to it, or nothing where docker does not have it.
  Result<std::optional<std::string>> image_id(const std::string& reference,
                                              const ToolCall& call) const;

 private:
  Result<std::vector<Json>> rows(std::vector<std::string> arguments, const ToolCall& call) const;

  Program tool_;
};

}  // namespace dpctl
