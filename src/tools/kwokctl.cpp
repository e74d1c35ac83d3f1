// SPDX-License-Identifier: Apache-2.0
#include "tools/kwokctl.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tools/tool.hpp"
#include "util/files.hpp"
#include "util/result.hpp"

namespace dpctl {

namespace {

/// PATH with kubectl's folder in front: without one on PATH kwokctl would download it.
Program with_kubectl(Program tool, const std::filesystem::path& kubectl) {
  tool.env["PATH"] =
      kubectl.parent_path().string() + ":" + environment("PATH").value_or("/usr/bin:/bin");
  return tool;
}

}  // namespace

Kwokctl::Kwokctl(Program tool, const std::filesystem::path& workdir) : tool_(std::move(tool)) {
  tool_.env["KWOK_WORKDIR"] = workdir.string();
}

Result<> Kwokctl::create(const KwokSpec& spec, const ToolCall& call) const {
  const auto& binaries = spec.binaries;
  const auto pki =
      std::filesystem::path(tool_.env.at("KWOK_WORKDIR")) / "clusters" / spec.name / "pki";
  TRY(run_tool_ok(
      with_kubectl(tool_, binaries.kubectl),
      {"create", "cluster", "--name", spec.name, "--runtime", "binary", "--etcd-binary",
       binaries.etcd.string(), "--kube-apiserver-binary", binaries.kube_apiserver.string(),
       "--kube-controller-manager-binary", binaries.kube_controller_manager.string(),
       "--kube-scheduler-binary", binaries.kube_scheduler.string(), "--kwok-controller-binary",
       binaries.kwok.string(), "--enable-crds", "Stage", "--disable-qps-limits", "--config",
       spec.config.string(),
       // Or the controller manager signs no certificate requests, and users cannot be granted
       // access.
       "--extra-args",
       "kube-controller-manager=cluster-signing-cert-file=" + (pki / "ca.crt").string(),
       "--extra-args",
       "kube-controller-manager=cluster-signing-key-file=" + (pki / "ca.key").string(),
       "--kubeconfig", spec.kubeconfig.string(), "--wait", go_duration(spec.wait)},
      call));
  return {};
}

Result<> Kwokctl::remove(const KwokSpec& spec, const ToolCall& call) const {
  TRY(run_tool_ok(
      with_kubectl(tool_, spec.binaries.kubectl),
      {"delete", "cluster", "--name", spec.name, "--kubeconfig", spec.kubeconfig.string()}, call));
  return {};
}

Result<std::vector<std::string>> Kwokctl::clusters(const ToolCall& call) const {
  return answer_lines(TRY(run_tool_ok(tool_, {"get", "clusters"}, call)));
}

Result<> Kwokctl::scale_nodes(const std::string& cluster, const std::string& name, int replicas,
                              const std::vector<std::string>& params, const ToolCall& call) const {
  std::vector<std::string> arguments = {
      "scale", "node", name, "--replicas", std::to_string(replicas), "--name", cluster};
  for (const auto& param : params) {
    arguments.insert(arguments.end(), {"--param", param});
  }
  TRY(run_tool_ok(tool_, std::move(arguments), call));
  return {};
}

Result<std::optional<std::string>> Kwokctl::kubeconfig(const std::string& cluster,
                                                       const ToolCall& call) const {
  const auto existing = TRY(clusters(call));
  if (std::ranges::find(existing, cluster) == existing.end()) {
    return std::optional<std::string>();
  }
  return std::optional(TRY(secret_answer(tool_, {"get", "kubeconfig", "--name", cluster}, call)));
}

}  // namespace dpctl
