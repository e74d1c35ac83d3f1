// SPDX-License-Identifier: Apache-2.0
// An API server in memory behind HttpTransport: objects, patches, lists and watches, and answers
// scripted per request.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "kube/clock.hpp"
#include "kube/object.hpp"
#include "util/http.hpp"
#include "util/json.hpp"
#include "util/text.hpp"

namespace dpctl {

/// A clock that stands still but for the pauses that are asked for.
class FakeClock {
 public:
  Clock clock() {
    return {.now =
                [this] {
                  const std::scoped_lock lock(mutex_);
                  return now_;
                },
            .pause =
                [this](std::chrono::milliseconds time, const std::stop_token&) {
                  const std::scoped_lock lock(mutex_);
                  now_ += time;
                  pauses_.push_back(time);
                }};
  }
  std::chrono::steady_clock::time_point now() { return clock().now(); }
  std::vector<std::chrono::milliseconds> pauses() {
    const std::scoped_lock lock(mutex_);
    return pauses_;
  }

 private:
  std::mutex mutex_;
  std::chrono::steady_clock::time_point now_{std::chrono::hours(1)};
  std::vector<std::chrono::milliseconds> pauses_;
};

inline HttpResponse json_answer(long status, const Json& body) {
  return {.status = status, .body = dump(body)};
}

/// A Status as the API server sends it.
inline HttpResponse status_answer(long code, const std::string& reason, const std::string& message,
                                  const Json& details = Json::object()) {
  return json_answer(code, {{"kind", "Status"},
                            {"apiVersion", "v1"},
                            {"status", "Failure"},
                            {"code", code},
                            {"reason", reason},
                            {"message", message},
                            {"details", details}});
}

class FakeApi {
 public:
  FakeApi() {
    for (const char* kind :
         {"Pod pods", "ConfigMap configmaps", "Secret secrets", "Service services", "Event events",
          "PersistentVolumeClaim persistentvolumeclaims"}) {
      serve("v1", kind, true);
    }
    serve("v1", "Namespace namespaces", false);
    for (const char* kind :
         {"Deployment deployments", "ReplicaSet replicasets", "StatefulSet statefulsets"}) {
      serve("apps/v1", kind, true);
    }
    serve("batch/v1", "Job jobs", true);
    serve("coordination.k8s.io/v1", "Lease leases", true);
    serve("storage.k8s.io/v1", "StorageClass storageclasses", false);
    serve("apiextensions.k8s.io/v1", "CustomResourceDefinition customresourcedefinitions", false);
  }

  /// Serves a kind ("Deployment deployments") from now on.
  void serve(const std::string& api_version, const std::string& kind_and_plural, bool namespaced) {
    const std::scoped_lock lock(mutex_);
    const auto parts = split(kind_and_plural, ' ');
    kinds_[api_version].push_back({parts[0], parts[1], namespaced});
  }

  HttpTransport transport() {
    return [this](const HttpRequest& request, const std::stop_token& stop) {
      return answer(request, stop);
    };
  }

  /// The next request of that method whose path (without query) ends so gets this answer.
  void script(const std::string& method, const std::string& path_end, HttpResponse response) {
    const std::scoped_lock lock(mutex_);
    scripted_.push_back({method, path_end, {std::move(response)}});
  }
  void script_failure(const std::string& method, const std::string& path_end,
                      const std::string& message) {
    const std::scoped_lock lock(mutex_);
    scripted_.push_back({method, path_end, fail(ExitCode::step_failed, message)});
  }

  /// Puts an object as a controller would; watches hear of it.
  void put(Json object) {
    const std::scoped_lock lock(mutex_);
    const std::string path = path_of(object);
    store(path, std::move(object));
  }
  void erase(const Json& object) {
    const std::scoped_lock lock(mutex_);
    remove(path_of(object));
  }
  std::optional<Json> object(const std::string& path) {
    const std::scoped_lock lock(mutex_);
    const auto found = objects_.find(path);
    return found == objects_.end() ? std::nullopt : std::optional<Json>(found->second);
  }

  /// "METHOD path?query" of all that was asked, discovery left out.
  std::vector<std::string> requests() {
    const std::scoped_lock lock(mutex_);
    return requests_;
  }
  std::size_t count(std::string_view start) {
    const auto all = requests();
    return static_cast<std::size_t>(std::ranges::count_if(
        all, [&](const std::string& line) { return line.starts_with(start); }));
  }
  std::vector<HttpRequest> sent(const std::string& method) {
    const std::scoped_lock lock(mutex_);
    std::vector<HttpRequest> found;
    std::ranges::copy_if(sent_, std::back_inserter(found),
                         [&](const auto& request) { return request.method == method; });
    return found;
  }
  /// Ends the open watches, as the API server does now and then.
  void end_watches() {
    const std::scoped_lock lock(mutex_);
    ++watch_epoch_;
    changed_.notify_all();
  }
  void forget_history() {
    const std::scoped_lock lock(mutex_);
    expired_ = version_;
    events_.clear();
    ++watch_epoch_;
    changed_.notify_all();
  }

 private:
  struct Kind {
    std::string name;
    std::string plural;
    bool namespaced;
  };
  struct Scripted {
    std::string method;
    std::string path_end;
    Result<HttpResponse> response;
  };
  struct Event {
    long version;
    std::string path;
    std::string type;
    Json object;
  };
  using Query = std::map<std::string, std::string>;

  static std::string unescaped(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '%') {
        result += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
        i += 2;
      } else {
        result += text[i];
      }
    }
    return result;
  }

  Result<HttpResponse> answer(const HttpRequest& request, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    const std::string target = request.url.substr(std::string("http://localhost").size());
    const auto mark = target.find('?');
    const std::string path = target.substr(0, mark);
    Query query;
    if (mark != std::string::npos) {
      for (const auto& pair : split(target.substr(mark + 1), '&')) {
        query[pair.substr(0, pair.find('='))] = unescaped(pair.substr(pair.find('=') + 1));
      }
    }
    sent_.push_back(request);
    for (auto entry = scripted_.begin(); entry != scripted_.end(); ++entry) {
      if (entry->method == request.method && path.ends_with(entry->path_end)) {
        auto response = std::move(entry->response);
        scripted_.erase(entry);
        note(request, target);
        return deliver(request, std::move(response));
      }
    }
    if (auto found = discovery(path)) {
      return *found;
    }
    note(request, target);
    if (query.contains("watch")) {
      return watch(request, path, query, stop, lock);
    }
    return deliver(request, serve_objects(request, path, query));
  }

  void note(const HttpRequest& request, const std::string& target) {
    requests_.push_back(request.method + " " + unescaped(target));
  }

  static Result<HttpResponse> deliver(const HttpRequest& request, Result<HttpResponse> response) {
    if (request.on_data && response) {
      request.on_data(response->body);
      response->body.clear();
    }
    return response;
  }

  std::optional<HttpResponse> discovery(const std::string& path) const {
    if (path == "/version") {
      return json_answer(200, {{"gitVersion", "v1.34.4"}});
    }
    if (path == "/api" || path == "/apis") {
      Json groups = Json::array();
      for (const auto& [api_version, kinds] : kinds_) {
        if ((path == "/api") == group_of(api_version).empty()) {
          groups.push_back(aggregated(api_version, kinds));
        }
      }
      return json_answer(200, {{"kind", "APIGroupDiscoveryList"}, {"items", groups}});
    }
    const bool group_version = (path.starts_with("/api/") && split(path, '/').size() == 3) ||
                               (path.starts_with("/apis/") && split(path, '/').size() == 4);
    if (!group_version) {
      return std::nullopt;
    }
    const auto found = kinds_.find(path.substr(path.starts_with("/apis/") ? 6 : 5));
    if (found == kinds_.end()) {
      return status_answer(404, "NotFound", "the server could not find the requested resource");
    }
    Json resources = Json::array();
    for (const auto& kind : found->second) {
      resources.push_back({{"name", kind.plural},
                           {"kind", kind.name},
                           {"namespaced", kind.namespaced},
                           {"verbs", {"get", "list", "delete"}}});
    }
    return json_answer(200, {{"kind", "APIResourceList"}, {"resources", resources}});
  }

  static Json aggregated(const std::string& api_version, const std::vector<Kind>& kinds) {
    Json resources = Json::array();
    for (const auto& kind : kinds) {
      resources.push_back({{"resource", kind.plural},
                           {"responseKind", {{"kind", kind.name}}},
                           {"scope", kind.namespaced ? "Namespaced" : "Cluster"},
                           {"verbs", {"get", "list", "delete"}}});
    }
    const std::string group = group_of(api_version);
    const std::string version = group.empty() ? api_version : api_version.substr(group.size() + 1);
    return {{"metadata", {{"name", group}}},
            {"versions", {{{"version", version}, {"resources", resources}}}}};
  }

  std::string path_of(const Json& object) const {
    const std::string api_version = string_at(object, "apiVersion");
    for (const auto& kind : kinds_.at(api_version)) {
      if (kind.name == string_at(object, "kind")) {
        const std::string root = (group_of(api_version).empty() ? "/api/" : "/apis/") + api_version;
        const std::string ns =
            kind.namespaced ? "/namespaces/" + string_at(object, "metadata.namespace") : "";
        return root + ns + "/" + kind.plural + "/" + string_at(object, "metadata.name");
      }
    }
    return "";
  }

  /// Whether an object's path lies in a collection, which may span all namespaces.
  static bool is_in(const std::string& path, const std::string& collection) {
    const auto parts = split(path, '/');
    const auto wanted = split(collection, '/');
    if (path.starts_with(collection + "/") && parts.size() == wanted.size() + 1) {
      return true;
    }
    std::string wide = path.substr(0, path.rfind('/'));
    const auto ns = wide.find("/namespaces/");
    if (ns == std::string::npos) {
      return false;
    }
    wide.erase(ns, wide.find('/', ns + 12) - ns);
    return wide == collection;
  }

  static bool matches(const Json& object, const Query& query) {
    if (const auto labels = query.find("labelSelector"); labels != query.end()) {
      for (const auto& pair : split(labels->second, ',')) {
        const auto& have = object_at(object, "metadata.labels");
        const std::string key = pair.substr(0, pair.find('='));
        if (!have.contains(key) || have[key] != pair.substr(pair.find('=') + 1)) {
          return false;
        }
      }
    }
    if (const auto fields = query.find("fieldSelector"); fields != query.end()) {
      const std::string key = fields->second.substr(0, fields->second.find('='));
      return string_at(object, key) == fields->second.substr(key.size() + 1);
    }
    return true;
  }

  void store(const std::string& path, Json object) {
    const auto before = objects_.find(path);
    ++version_;
    auto& metadata = object["metadata"];
    metadata["resourceVersion"] = std::to_string(version_);
    if (!metadata.contains("uid")) {
      metadata["uid"] = before == objects_.end() ? "uid-" + std::to_string(version_)
                                                 : string_at(before->second, "metadata.uid");
    }
    events_.push_back({version_, path, before == objects_.end() ? "ADDED" : "MODIFIED", object});
    objects_[path] = std::move(object);
    changed_.notify_all();
  }

  bool remove(const std::string& path) {
    const auto found = objects_.find(path);
    if (found == objects_.end()) {
      return false;
    }
    ++version_;
    found->second["metadata"]["resourceVersion"] = std::to_string(version_);
    events_.push_back({version_, path, "DELETED", found->second});
    objects_.erase(found);
    changed_.notify_all();
    return true;
  }

  HttpResponse not_found(const std::string& path) const {
    return status_answer(404, "NotFound", path + " not found", {{"name", path}});
  }

  HttpResponse serve_objects(const HttpRequest& request, const std::string& path,
                             const Query& query) {
    const auto found = objects_.find(path);
    if (request.method == "POST") {
      Json object = *parse_json(request.body, "body");
      const std::string at = path + "/" + string_at(object, "metadata.name");
      if (objects_.contains(at)) {
        return status_answer(409, "AlreadyExists", at + " already exists");
      }
      store(at, std::move(object));
      return json_answer(201, objects_[at]);
    }
    if (request.method == "GET") {
      return found != objects_.end() ? json_answer(200, found->second) : list(path, query);
    }
    if (request.method == "PATCH") {
      return patch(request, path, query);
    }
    if (found == objects_.end()) {
      return not_found(path);
    }
    if (request.method == "DELETE") {
      remove(path);
      return json_answer(200, {{"kind", "Status"}, {"status", "Success"}});
    }
    Json object = *parse_json(request.body, "body");
    if (string_at(object, "metadata.resourceVersion") !=
        string_at(found->second, "metadata.resourceVersion")) {
      return status_answer(409, "Conflict", "the object has been modified");
    }
    store(path, std::move(object));
    return json_answer(200, objects_[path]);
  }

  HttpResponse list(const std::string& path, const Query& query) const {
    const auto last = path.substr(path.rfind('/') + 1);
    bool collection = false;
    for (const auto& [api_version, kinds] : kinds_) {
      collection = collection || std::ranges::any_of(
                                     kinds, [&](const Kind& kind) { return kind.plural == last; });
    }
    if (!collection) {
      return not_found(path);
    }
    Json items = Json::array();
    for (const auto& [at, object] : objects_) {
      if (is_in(at, path) && matches(object, query)) {
        items.push_back(object);
      }
    }
    return json_answer(
        200, {{"items", items}, {"metadata", {{"resourceVersion", std::to_string(version_)}}}});
  }

  HttpResponse patch(const HttpRequest& request, const std::string& path, const Query& query) {
    const bool apply = request.headers.at("Content-Type") == "application/apply-patch+yaml";
    const auto found = objects_.find(path);
    if (found == objects_.end() && !apply) {
      return not_found(path);
    }
    Json object = found == objects_.end() ? Json::object() : found->second;
    const Json before = object;
    const long status = found == objects_.end() ? 201 : 200;
    merge_into(object, *parse_json(request.body, "body"));
    if (apply && !query.contains("dryRun")) {
      object["metadata"]["managedFields"] = {{{"manager", "dpctl"}, {"operation", "Apply"}}};
    }
    if (query.contains("dryRun")) {
      return json_answer(status, object);
    }
    if (object != before) {
      store(path, std::move(object));
    }
    return json_answer(status, objects_[path]);
  }

  Result<HttpResponse> watch(const HttpRequest& request, const std::string& path,
                             const Query& query, const std::stop_token& stop,
                             std::unique_lock<std::mutex>& lock) {
    const auto from = query.find("resourceVersion");
    long seen = from == query.end() || from->second.empty() ? 0 : std::stol(from->second);
    if (seen < expired_) {
      const Json error = {{"type", "ERROR"},
                          {"object", {{"kind", "Status"}, {"code", 410}, {"reason", "Expired"}}}};
      request.on_data(dump(error) + "\n");
      return HttpResponse{.status = 200};
    }
    const long epoch = watch_epoch_;
    while (!stop.stop_requested() && epoch == watch_epoch_) {
      std::string lines;
      for (const auto& event : events_) {
        if (event.version > seen && is_in(event.path, path) && matches(event.object, query)) {
          lines += dump({{"type", event.type}, {"object", event.object}}) + "\n";
        }
      }
      seen = version_;
      if (!lines.empty()) {
        lock.unlock();
        const bool wanted = request.on_data(lines);
        lock.lock();
        if (!wanted) {
          return HttpResponse{.status = 200};
        }
        continue;
      }
      changed_.wait(lock, stop, [&] { return version_ > seen || epoch != watch_epoch_; });
    }
    if (stop.stop_requested()) {
      return fail(ExitCode::interrupted, "stopped");
    }
    return HttpResponse{.status = 200};
  }

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<std::string, std::vector<Kind>> kinds_;
  std::map<std::string, Json> objects_;
  std::deque<Event> events_;
  std::deque<Scripted> scripted_;
  std::vector<std::string> requests_;
  std::vector<HttpRequest> sent_;
  long version_ = 0;
  long expired_ = 0;
  long watch_epoch_ = 0;
};

}  // namespace dpctl
