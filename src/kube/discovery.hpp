// SPDX-License-Identifier: Apache-2.0
// Which resources the API server serves, and under which path.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kube/call.hpp"
#include "kube/clock.hpp"
#include "util/http.hpp"
#include "util/result.hpp"

namespace dpctl {

struct ApiResource {
  std::string api_version;
  std::string kind;
  std::string plural;
  bool namespaced = false;
  std::set<std::string> verbs = {};

  /// "/apis/apps/v1/namespaces/NS/deployments/NAME"; an empty namespace or name leaves its part
  /// out.
  std::string path(std::string_view ns = {}, std::string_view name = {}) const;
};

/// Asks the server once for everything (aggregated discovery, with the older form where the server
/// lacks it) and again for one group version where a kind is not known, since its CRD may just have
/// landed. Thread-safe.
class Discovery {
 public:
  /// `send` gives an answer of any status, or an Error where none came.
  using Send = std::function<Result<HttpResponse>(const HttpRequest&, const Call&)>;
  Discovery(Send send, Clock clock);

  /// The resource of a kind, or nothing where the server does not serve it.
  Result<std::optional<ApiResource>> find(const std::string& api_version, const std::string& kind,
                                          const Call& call);

  /// All kinds that can be listed and deleted, one entry per kind (its preferred version).
  Result<std::vector<ApiResource>> all(const Call& call);

  /// Forgets what was not found (a CRD or an APIService landed), so that the next look asks the
  /// server.
  void forget_misses();

 private:
  using Key = std::pair<std::string, std::string>;
  Result<> load_all(const Call& call);
  Result<> load_group_version(const std::string& api_version, const Call& call);
  void remember(ApiResource resource);

  Send send_;
  Clock clock_;
  std::mutex mutex_;
  bool loaded_ = false;
  std::map<Key, ApiResource> known_;
  std::vector<Key> order_;  // as the server named them: preferred versions first
  std::map<std::string, std::chrono::steady_clock::time_point>
      asked_;  // group versions, when last asked for
};

}  // namespace dpctl
