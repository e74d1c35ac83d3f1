// SPDX-License-Identifier: Apache-2.0
#include "kube/proxy.hpp"

#include <utility>

#include "kube/clock.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

constexpr std::size_t longest_socket_path = 107;  // what sun_path holds
constexpr auto between_tries = std::chrono::milliseconds(10);

Command proxy_command(const KubectlProxyOptions& options, const std::filesystem::path& socket,
                      const std::filesystem::path& log) {
  // --append-server-path: clusters behind Rancher and the like live under a path of their server.
  Command command{.argv = {options.kubectl.string(), "proxy", "--unix-socket=" + socket.string(),
                           "--append-server-path=true"},
                  .log = log};
  if (!options.context.empty()) {
    command.argv.push_back("--context=" + options.context);
  }
  if (!options.kubeconfig.empty()) {
    command.argv.push_back("--kubeconfig=" + options.kubeconfig.string());
  }
  return command;
}

Error not_up(ExitCode code, std::string message, const Command& command, std::string output) {
  Error error =
      make_error(code, std::move(message), "is the cluster up, and is this the right context?");
  error.command = pasteable(command);
  error.output_tail = std::move(output);
  return error;
}

std::string output_of(const std::filesystem::path& log) {
  return last_lines(read_file(log).value_or(""), 5);
}

/// kubectl answers 5xx in plain text (no Status) for a cluster that it does not reach.
bool is_from_cluster(const HttpResponse& response) {
  return response.status < 500 || response.body.find(R"("kind":"Status")") != std::string::npos;
}

}  // namespace

Result<KubectlProxy> KubectlProxy::start(const KubectlProxyOptions& options, std::stop_token stop) {
  TempFolder folder = TRY(TempFolder::create());
  const auto socket = folder.path() / "api";
  const auto log = folder.path() / "log";
  if (socket.native().size() > longest_socket_path) {
    return fail(ExitCode::unfit, "the path " + socket.string() + " is too long for a unix socket",
                "set TMPDIR to a shorter path");
  }
  const Command command = proxy_command(options, socket, log);
  KubectlProxy proxy(std::move(folder), socket, TRY(BackgroundProcess::start(command)));
  const Clock clock = system_clock();
  const auto deadline = clock.now() + options.patience;
  std::string last;
  while (!stop.stop_requested()) {
    auto answer =
        proxy.transport_({.url = "http://localhost/version", .timeout = options.patience}, stop);
    if (answer && is_from_cluster(*answer)) {
      return proxy;
    }
    last = answer ? std::string(trimmed(answer->body)) : last;
    if (proxy.process_.exited()) {
      return fail(not_up(ExitCode::tool, "kubectl proxy ended at once", command, output_of(log)));
    }
    if (clock.now() >= deadline) {
      return fail(not_up(ExitCode::unfit, "the cluster does not answer", command,
                         last + "\n" + output_of(log)));
    }
    clock.pause(answer ? between_tries * 20 : between_tries, stop);
  }
  return fail(ExitCode::interrupted, "interrupted");
}

}  // namespace dpctl
