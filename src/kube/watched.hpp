// SPDX-License-Identifier: Apache-2.0
// Objects kept up to date by watches on threads of their own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "kube/client.hpp"
#include "kube/object.hpp"
#include "util/json.hpp"

namespace dpctl {

/// Watches end with the object. Thread-safe.
class WatchedObjects {
 public:
  WatchedObjects(KubeClient& client, std::stop_token stop);
  ~WatchedObjects();
  WatchedObjects(const WatchedObjects&) = delete;
  WatchedObjects& operator=(const WatchedObjects&) = delete;

  /// Watches what matches, once however often it is asked for.
  void watch(const ListQuery& query);

  /// Watches each of these objects: by name where it is the only one of its kind in its namespace,
  /// else all of the kind there.
  void watch_all(const std::vector<ObjectRef>& refs, Detail detail);

  /// Whether every watch has told what was there when it began.
  bool synced() const;
  /// Why a watch ended that should not have.
  std::optional<Error> error() const;

  std::optional<Json> find(const ObjectRef& ref) const;
  std::vector<Json> all(const std::string& api_version, const std::string& kind,
                        const std::string& ns) const;

  /// Returns when something changed since the last return, at most after that time, or when asked
  /// to stop.
  void wait_for_change(std::chrono::milliseconds at_most);

 private:
  using Place = std::tuple<std::string, std::string, std::string>;  // apiVersion, kind, namespace

  void follow(const ListQuery& query);
  void take(EventKind kind, const Json& object, const ListQuery& query);

  KubeClient& client_;
  std::stop_source stop_;
  std::stop_callback<std::function<void()>> on_stop_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool news_ = false;
  std::size_t unsynced_ = 0;
  std::optional<Error> error_;
  std::set<std::tuple<Place, std::string, std::string>> queries_;
  std::map<Place, std::map<std::string, Json>> objects_;  // by the object's own namespace and name
  std::vector<std::jthread> threads_;
};

}  // namespace dpctl
