// SPDX-License-Identifier: Apache-2.0
// One `kubectl proxy` on a unix socket: kubectl does the authentication of every cloud, dpctl
// speaks HTTP to the socket.
#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>

#include "util/files.hpp"
#include "util/http.hpp"
#include "util/process.hpp"
#include "util/result.hpp"

namespace dpctl {

struct KubectlProxyOptions {
  std::filesystem::path kubectl = "kubectl";
  std::string context = {};                    // always named: never the current one by accident
  std::filesystem::path kubeconfig = {};       // empty: as kubectl finds it
  std::chrono::milliseconds patience{15'000};  // for the first answer
};

/// Runs as long as the object lives. The socket (mode 0600) lies in a folder of mode 0700 that goes
/// with it.
class KubectlProxy {
 public:
  /// Returns once the API server answered through the socket (with any status). Fails with
  /// ExitCode::tool where kubectl does not start, with ExitCode::unfit and kubectl's own words
  /// where the cluster does not answer within the patience.
  static Result<KubectlProxy> start(const KubectlProxyOptions& options, std::stop_token stop);

  const std::filesystem::path& socket() const { return socket_; }
  /// Requests through the socket. Thread-safe; valid as long as this object.
  const HttpTransport& transport() const { return transport_; }

 private:
  KubectlProxy(TempFolder folder, std::filesystem::path socket, BackgroundProcess process)
      : folder_(std::move(folder)),
        socket_(std::move(socket)),
        process_(std::move(process)),
        transport_(make_http_transport(socket_)) {}

  TempFolder folder_;
  std::filesystem::path socket_;
  BackgroundProcess process_;  // after the folder: ended before its socket goes
  HttpTransport transport_;
};

}  // namespace dpctl
