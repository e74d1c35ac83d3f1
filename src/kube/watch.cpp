// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "kube/client.hpp"
#include "kube/status.hpp"

namespace dpctl {
namespace {

constexpr auto shortest_pause = std::chrono::milliseconds(100);
constexpr auto longest_pause = std::chrono::milliseconds(2000);

/// As much of an object as an event `deleted` needs.
Json name_of(const Json& object) {
  const auto& metadata = object_at(object, "metadata");
  Json brief = {{"apiVersion", object.value("apiVersion", "")}, {"kind", object.value("kind", "")}};
  for (const char* key : {"name", "namespace", "uid", "resourceVersion"}) {
    if (metadata.contains(key)) {
      brief["metadata"][key] = metadata[key];
    }
  }
  return brief;
}

/// One watch from its first list to its end.
class WatchLoop {
 public:
  WatchLoop(KubeClient& client, const ListQuery& query, const OnEvent& on_event, const Call& call)
      : client_(client), query_(query), on_event_(on_event), call_(call) {}

  Result<> run() {
    while (going()) {
      const auto resource = TRY(client_.resource(query_.api_version, query_.kind, call_));
      if (!resource) {
        tell_synced();
        rest(longest_pause / 2);
        continue;
      }
      if (version_.empty()) {
        TRY(relist());
      }
      if (going()) {
        TRY(follow(*resource));
      }
    }
    return {};
  }

 private:
  bool going() const { return wanted_ && !call_.stop.stop_requested(); }

  void tell(EventKind kind, const Json& object) { wanted_ = wanted_ && on_event_(kind, object); }

  void tell_synced() {
    if (!std::exchange(synced_, true)) {
      tell(EventKind::synced, nullptr);
    }
  }

  void rest(std::chrono::milliseconds time) { client_.clock().pause(time, call_.stop); }

  Result<> relist() {
    Listed listed = TRY(client_.list_with_version(query_, call_));
    std::map<std::string, Json> gone = std::move(known_);
    known_.clear();
    for (const auto& object : listed.items) {
      const std::string uid = string_at(object, "metadata.uid");
      const auto before = gone.find(uid);
      known_[uid] = name_of(object);
      if (before == gone.end()) {
        tell(EventKind::added, object);
        continue;
      }
      if (string_at(before->second, "metadata.resourceVersion") !=
          string_at(object, "metadata.resourceVersion")) {
        tell(EventKind::modified, object);
      }
      gone.erase(before);
    }
    for (const auto& [uid, object] : gone) {
      tell(EventKind::deleted, object);
    }
    version_ = listed.resource_version;
    tell_synced();
    return {};
  }

  Result<> follow(const ApiResource& resource) {
    ApiRequest request{.path = resource.path(query_.ns),
                       .query = {{"watch", "true"},
                                 {"allowWatchBookmarks", "true"},
                                 {"timeoutSeconds", "290"},
                                 {"resourceVersion", version_}}};
    if (!query_.labels.empty()) {
      request.query["labelSelector"] = query_.labels;
    }
    if (!query_.fields.empty()) {
      request.query["fieldSelector"] = query_.fields;
    }
    if (query_.detail == Detail::metadata_only) {
      request.accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    }
    buffer_.clear();
    progress_ = false;
    auto answer =
        client_.stream(request, [this](std::string_view data) { return take(data); }, call_);
    return after_stream(answer);
  }

  Result<> after_stream(Result<HttpResponse>& answer) {
    if (!going()) {
      return {};
    }
    if (answer && answer->status >= 400) {
      answer->body = buffer_;  // the body of an error went the way of the events
      if (answer->status == 404 || answer->status == 410) {
        version_.clear();
      } else if (!transient_reason(*answer)) {
        return fail(status_error(*answer, "watch " + query_.kind));
      }
      progress_ = false;
    }
    pause_ = progress_ ? shortest_pause : std::min(pause_ * 2, longest_pause);
    if (!answer || !progress_) {
      rest(pause_);
    }
    return {};
  }

  bool take(std::string_view data) {
    buffer_ += data;
    std::size_t begin = 0;
    for (auto end = buffer_.find('\n'); end != std::string::npos && going();
         end = buffer_.find('\n', begin)) {
      const std::string_view line = std::string_view(buffer_).substr(begin, end - begin);
      auto event = parse_json(line, "watch");
      if (!event || !event->contains("type")) {
        return true;  // an answer that is an error: kept whole for after_stream
      }
      handle(*event);
      begin = end + 1;
    }
    buffer_.erase(0, begin);
    return going() && !version_.empty();
  }

  void handle(Json& event) {
    const std::string type = string_at(event, "type");
    Json object = std::move(event["object"]);
    if (type == "ERROR") {
      version_.clear();  // mostly 410: what was missed is learnt from a new list
      return;
    }
    version_ = string_at(object, "metadata.resourceVersion", version_);
    progress_ = true;
    if (type == "BOOKMARK") {
      return;
    }
    object["apiVersion"] = query_.api_version;
    object["kind"] = query_.kind;
    const std::string uid = string_at(object, "metadata.uid");
    if (type == "DELETED") {
      known_.erase(uid);
      tell(EventKind::deleted, object);
      return;
    }
    const bool is_new = !known_.contains(uid);
    known_[uid] = name_of(object);
    tell(is_new ? EventKind::added : EventKind::modified, object);
  }

  KubeClient& client_;
  const ListQuery& query_;
  const OnEvent& on_event_;
  const Call& call_;
  bool wanted_ = true;
  bool synced_ = false;
  bool progress_ = false;  // an event came since the watch was opened
  std::string version_;
  std::string buffer_;
  std::map<std::string, Json> known_;  // by uid
  std::chrono::milliseconds pause_ = shortest_pause;
};

}  // namespace

Result<> KubeClient::watch(const ListQuery& query, const OnEvent& on_event, const Call& call) {
  auto watched = WatchLoop(*this, query, on_event, call).run();
  if (!watched && call.stop.stop_requested()) {
    return {};
  }
  return watched;
}

}  // namespace dpctl
