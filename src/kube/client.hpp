// SPDX-License-Identifier: Apache-2.0
// The Kubernetes API over HTTP: typed verbs on untyped objects, with retries of what passes.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kube/call.hpp"
#include "kube/clock.hpp"
#include "kube/discovery.hpp"
#include "kube/object.hpp"
#include "util/http.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

inline constexpr std::string_view field_manager = "dpctl";

struct ApiRequest {
  std::string method = "GET";
  std::string path;                               // "/api/v1/namespaces/x/pods"
  std::map<std::string, std::string> query = {};  // not yet escaped
  std::string content_type = "application/json";
  std::string accept = "application/json";
  std::string body = {};
};

enum class Detail { whole, metadata_only };

/// What a list or a watch is about. An empty namespace means all of them.
struct ListQuery {
  std::string api_version;
  std::string kind;
  std::string ns = {};
  std::string labels = {};  // label selector
  std::string fields = {};  // field selector
  Detail detail = Detail::whole;
};

struct Listed {
  std::vector<Json> items;
  std::string resource_version;
};

enum class DryRun { no, yes };
enum class Force { no, yes };

struct RemoveOptions {
  std::string propagation = "Background";  // or Foreground, Orphan
  std::string uid = {};                    // given: only if the object is still this one
  std::optional<int> grace_seconds = {};
};

enum class EventKind {
  added,
  modified,
  deleted,
  synced
};  // synced: all that was there has been told; object is null

/// Takes an event; says whether to go on.
using OnEvent = std::function<bool(EventKind, const Json& object)>;

struct LogQuery {
  std::string ns;
  std::string pod;
  std::string container = {};
  std::optional<int> tail = {};
  bool previous = false;
};

/// Thread-safe; holds no connection of its own.
class KubeClient {
 public:
  explicit KubeClient(HttpTransport transport, Clock clock = system_clock());

  /// Any answer, after retries of what passes (refused, reset, 429, 5xx, webhooks not there yet, a
  /// namespace being terminated). Fails where none came within the budget (unfit) or a stop was
  /// asked for (interrupted).
  Result<HttpResponse> send(const ApiRequest& request, const Call& call);
  /// The body of a good answer; an answer of 400 and up is an Error that starts with `what`.
  Result<Json> request(const ApiRequest& request, std::string_view what, const Call& call);

  /// One try whose body goes to `on_data` as it comes (see HttpRequest); no time limit.
  Result<HttpResponse> stream(const ApiRequest& request,
                              std::function<bool(std::string_view)> on_data, const Call& call);

  /// The resource of a kind, or nothing where the server does not serve it.
  Result<std::optional<ApiResource>> resource(const std::string& api_version,
                                              const std::string& kind, const Call& call = {});
  /// The name with the namespace that it really has: `default_ns` where a namespaced kind names
  /// none, nothing where the kind is cluster-wide. A kind that is not served keeps what it names,
  /// else `default_ns`.
  Result<ObjectRef> locate(ObjectRef ref, std::string_view default_ns, const Call& call = {});
  Discovery& discovery() { return discovery_; }

  /// The object, or nothing where it (or its kind) does not exist.
  Result<std::optional<Json>> get(const ObjectRef& ref, const Call& call = {});
  /// All that match, fetched in pages; nothing where the kind does not exist. Items carry
  /// apiVersion and kind.
  Result<std::vector<Json>> list(const ListQuery& query, const Call& call = {});
  /// The same with the version to watch from.
  Result<Listed> list_with_version(const ListQuery& query, const Call& call = {});
  /// Creates an object and gives back what the server made of it.
  Result<Json> create(const Json& object, const Call& call = {});
  /// POST to a subresource: a token request, an eviction, an approval.
  Result<Json> create_subresource(const ObjectRef& ref, std::string_view subresource,
                                  const Json& body, const Call& call = {});
  /// PUT of a whole object (or of a subresource such as "approval"): fails where resourceVersion is
  /// no longer the live one.
  Result<Json> replace(const Json& object, std::string_view subresource = {},
                       const Call& call = {});
  Result<Json> merge_patch(const ObjectRef& ref, const Json& patch, const Call& call = {});
  /// Server-side apply, the answer of any status: 409 holds the conflicts.
  Result<HttpResponse> server_side_apply(const Json& object, DryRun dry_run, Force force,
                                         const Call& call = {},
                                         std::string_view manager = field_manager);
  /// Asks for the removal; false where there was nothing.
  Result<bool> remove(const ObjectRef& ref, const RemoveOptions& options = {},
                      const Call& call = {});

  /// Lists, then watches: every object that matches comes as `added` (once), then what changes,
  /// until the callback says false or a stop is asked for (both return normally). Goes on by itself
  /// after ends, errors and expired versions (what went meanwhile comes as `deleted`). A kind that
  /// does not exist is waited for.
  Result<> watch(const ListQuery& query, const OnEvent& on_event, const Call& call = {});

  /// The log of a container; fails where the pod has none yet.
  Result<std::string> pod_log(const LogQuery& query, const Call& call = {});
  /// Lines as they come, until the container ends, the callback says false, or a stop.
  Result<> follow_pod_log(const LogQuery& query,
                          const std::function<bool(std::string_view line)>& on_line,
                          const Call& call = {});

  /// The answer of /version.
  Result<Json> version(const Call& call = {});

  const Clock& clock() const { return clock_; }

 private:
  Result<ApiResource> resource_or_fail(const ObjectRef& ref, const Call& call);
  Result<std::string> path_or_fail(const ObjectRef& ref, std::string_view subresource,
                                   const Call& call);

  HttpTransport transport_;
  Clock clock_;
  Discovery discovery_;
};

}  // namespace dpctl
