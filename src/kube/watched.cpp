// SPDX-License-Identifier: Apache-2.0
#include "kube/watched.hpp"

#include <utility>

namespace dpctl {

WatchedObjects::WatchedObjects(KubeClient& client, std::stop_token stop)
    : client_(client), on_stop_(std::move(stop), [this] { stop_.request_stop(); }) {}

WatchedObjects::~WatchedObjects() {
  stop_.request_stop();
  threads_.clear();  // joins them while what they use still lives
}

void WatchedObjects::watch(const ListQuery& query) {
  const Place place{query.api_version, query.kind, query.ns};
  {
    const std::scoped_lock lock(mutex_);
    if (!queries_.emplace(place, query.labels, query.fields).second) {
      return;
    }
    ++unsynced_;
  }
  threads_.emplace_back([this, query] { follow(query); });
}

void WatchedObjects::watch_all(const std::vector<ObjectRef>& refs, Detail detail) {
  std::map<Place, std::set<std::string>> names;
  for (const auto& ref : refs) {
    names[{ref.api_version, ref.kind, ref.ns}].insert(ref.name);
  }
  for (const auto& [place, in_place] : names) {
    const auto& [api_version, kind, ns] = place;
    // Only a Namespace says in its status what holds it.
    const bool whole = kind == "Namespace" || detail == Detail::whole;
    watch({.api_version = api_version,
           .kind = kind,
           .ns = ns,
           .fields = in_place.size() == 1 ? "metadata.name=" + *in_place.begin() : "",
           .detail = whole ? Detail::whole : Detail::metadata_only});
  }
}

void WatchedObjects::follow(const ListQuery& query) {
  const OnEvent on_event = [this, &query](EventKind kind, const Json& object) {
    take(kind, object, query);
    return true;
  };
  // Whoever waits has a deadline; a server that is away for a while is no reason to give up before
  // it.
  const Call call{.stop = stop_.get_token(), .retry_for = std::chrono::hours(24)};
  auto watched = client_.watch(query, on_event, call);
  if (!watched) {
    const std::scoped_lock lock(mutex_);
    error_ = std::move(watched).error();
    news_ = true;
    changed_.notify_all();
  }
}

void WatchedObjects::take(EventKind kind, const Json& object, const ListQuery& query) {
  const std::scoped_lock lock(mutex_);
  const Place place{query.api_version, query.kind, string_at(object, "metadata.namespace")};
  const std::string name = string_at(object, "metadata.name");
  switch (kind) {
    case EventKind::synced:
      --unsynced_;
      break;
    case EventKind::deleted:
      objects_[place].erase(name);
      break;
    default:
      objects_[place][name] = object;
      break;
  }
  // What is there at first comes in many pieces: one wake-up for all of it.
  news_ = news_ || unsynced_ == 0;
  if (news_) {
    changed_.notify_all();
  }
}

bool WatchedObjects::synced() const {
  const std::scoped_lock lock(mutex_);
  return unsynced_ == 0;
}

std::optional<Error> WatchedObjects::error() const {
  const std::scoped_lock lock(mutex_);
  return error_;
}

std::optional<Json> WatchedObjects::find(const ObjectRef& ref) const {
  const std::scoped_lock lock(mutex_);
  const auto place = objects_.find({ref.api_version, ref.kind, ref.ns});
  if (place == objects_.end()) {
    return std::nullopt;
  }
  const auto object = place->second.find(ref.name);
  return object == place->second.end() ? std::nullopt : std::optional<Json>(object->second);
}

std::vector<Json> WatchedObjects::all(const std::string& api_version, const std::string& kind,
                                      const std::string& ns) const {
  const std::scoped_lock lock(mutex_);
  std::vector<Json> found;
  const auto place = objects_.find({api_version, kind, ns});
  if (place != objects_.end()) {
    for (const auto& [name, object] : place->second) {
      found.push_back(object);
    }
  }
  return found;
}

void WatchedObjects::wait_for_change(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stop_.get_token(), at_most, [this] { return news_; });
  news_ = false;
}

}  // namespace dpctl
