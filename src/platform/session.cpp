// SPDX-License-Identifier: Apache-2.0
#include "platform/session.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>

#include "util/files.hpp"
#include "util/yaml.hpp"

namespace dpctl {

namespace fs = std::filesystem;

Result<std::unique_ptr<Session>> Session::create(Profile profile, Assets assets, Exec exec,
                                                 Consent consent) {
  const auto asset = TRY(assets.read("templates/tools.yaml"));
  auto catalogue = TRY(parse_tool_catalogue(asset.text, asset.name));
  auto tools = std::make_unique<ToolBox>(std::move(catalogue), ToolHost{.exec = exec});
  std::unique_ptr<Session> session(new Session(std::move(profile), std::move(assets),
                                               std::move(exec), consent, std::move(tools)));
  TRY(make_folder(session->folder_, 0700));
  return session;
}

Session::Session(Profile profile, Assets assets, Exec exec, Consent consent,
                 std::unique_ptr<ToolBox> tools)
    : profile_(std::move(profile)),
      assets_(std::move(assets)),
      exec_(std::move(exec)),
      consent_(consent),
      tools_(std::move(tools)),
      folder_(state_folder() /
              (std::string(to_string(profile_.cluster.provider)) + "-" + profile_.cluster.name)) {}

Result<fs::path> Session::tool(std::string_view name, std::stop_token stop) {
  return tools_->require(name, std::move(stop));
}

Result<Program> Session::program(std::string_view name, std::stop_token stop) {
  return Program{.exec = exec_, .program = TRY(tool(name, std::move(stop)))};
}

fs::path Session::kubeconfig() const {
  const bool users = profile_.cluster.provider == Provider::existing;
  return users ? profile_.cluster.kubeconfig : folder_ / "kubeconfig";
}

std::string Session::context() const {
  switch (profile_.cluster.provider) {
    case Provider::kind:
      return "kind-" + profile_.cluster.name;
    case Provider::kwok:
      return "kwok-" + profile_.cluster.name;
    case Provider::existing:
      return profile_.cluster.context;
    case Provider::eks: {
      // eksctl names the context after the caller's AWS identity; in a kubeconfig of our own it is
      // the only one.
      const auto text = read_file(kubeconfig());
      const auto document =
          text ? parse_yaml_document(*text, kubeconfig().string()) : fail(text.error());
      return document ? string_at(document->value, "current-context") : "";
    }
  }
  return "";
}

Result<KubeClient*> Session::cluster(std::stop_token stop) {
  const std::lock_guard lock(mutex_);
  if (!client_) {
    const auto kubectl = TRY(tool("kubectl", stop));
    auto proxy = TRY(KubectlProxy::start(
        {.kubectl = kubectl, .context = context(), .kubeconfig = kubeconfig()}, std::move(stop)));
    proxy_ = std::make_unique<KubectlProxy>(std::move(proxy));
    client_ = std::make_unique<KubeClient>(proxy_->transport());
  }
  return client_.get();
}

Result<Inventory*> Session::inventory(const Call& call) {
  auto* client = TRY(cluster(call.stop));
  const std::lock_guard lock(mutex_);
  if (!inventory_) {
    inventory_.emplace(TRY(Inventory::load(*client, profile_.name, call)));
  }
  return &*inventory_;
}

Result<const Releases*> Session::releases(const Call& call) {
  auto* client = TRY(cluster(call.stop));
  const std::lock_guard lock(mutex_);
  if (!releases_) {
    releases_ = TRY(list_releases(*client, call));
  }
  return &*releases_;
}

Result<> Session::lock_cluster(const Call& call) {
  auto* client = TRY(cluster(call.stop));
  TRY(ensure_system_namespace(*client, call));
  auto lease = TRY(RunLease::acquire(
      *client, {.profile = profile_.name, .holder = lease_holder(), .process = process_mark()},
      call));
  const std::lock_guard lock(mutex_);
  lease_.emplace(std::move(lease));
  return {};
}

void Session::unlock_cluster() {
  const std::lock_guard lock(mutex_);
  lease_.reset();
}

void Session::disconnect() {
  const std::lock_guard lock(mutex_);
  lease_.reset();
  inventory_.reset();
  releases_.reset();
  client_.reset();
  proxy_.reset();
}

Call call_of(const StepContext& context) {
  return {.stop = context.stop,
          .note = [note = context.note](const std::string& text) { note(text); }};
}

ToolCall tool_call_of(const StepContext& context) {
  return {.stop = context.stop, .log = context.log};
}

State no_cluster_yet() {
  return {.condition = Condition::absent, .reasons = {"there is no cluster yet"}};
}

}  // namespace dpctl
