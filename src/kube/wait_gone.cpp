// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "kube/wait.hpp"
#include "kube/watched.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

constexpr auto longest_wait = std::chrono::milliseconds(1000);

/// What keeps an object: its finalizers, and what a namespace says of its content.
std::string held_by(const Json& object) {
  std::vector<std::string> reasons;
  for (const auto& finalizer : array_at(object, "metadata.finalizers")) {
    reasons.push_back("finalizer " +
                      (finalizer.is_string() ? finalizer.get<std::string>() : dump(finalizer)));
  }
  for (const auto& condition : array_at(object, "status.conditions")) {
    const std::string type = string_at(condition, "type");
    if (type.starts_with("Namespace") && string_at(condition, "status") == "True") {
      reasons.push_back(string_at(condition, "message"));
    }
  }
  if (string_at(object, "metadata.deletionTimestamp").empty()) {
    reasons.emplace_back("nobody asked for its removal");
  }
  return join(reasons, "; ");
}

std::string left_text(const WatchedObjects& watched, const ObjectRef& ref) {
  const std::string why = held_by(watched.find(ref).value_or(Json::object()));
  return to_string(ref) + (why.empty() ? "" : " (" + why + ")");
}

std::vector<ObjectRef> still_there(const WatchedObjects& watched,
                                   const std::vector<ObjectRef>& refs) {
  std::vector<ObjectRef> left;
  std::ranges::copy_if(refs, std::back_inserter(left),
                       [&](const ObjectRef& ref) { return watched.find(ref).has_value(); });
  return left;
}

Error not_gone(const WatchedObjects& watched, const std::vector<ObjectRef>& left,
               const WaitOptions& options) {
  std::string message = "still there:";
  for (const auto& ref : left) {
    message += "\n  " + left_text(watched, ref);
  }
  const ObjectRef& first = left.front();
  return make_error(ExitCode::timed_out, std::move(message),
                    "try: " + options.kubectl + (first.ns.empty() ? "" : " -n " + first.ns) +
                        " get " + first.kind + " " + first.name + " -o yaml");
}

}  // namespace

Result<> wait_until_gone(KubeClient& client, const std::vector<ObjectRef>& refs,
                         const WaitOptions& options) {
  WatchedObjects watched(client, options.stop);
  watched.watch_all(refs, Detail::metadata_only);
  std::string last_note;
  while (true) {
    if (options.stop.stop_requested()) {
      return fail(ExitCode::interrupted, "interrupted");
    }
    if (auto error = watched.error()) {
      return fail(std::move(*error));
    }
    const auto left = still_there(watched, refs);
    if (left.empty() && watched.synced()) {
      return {};
    }
    const auto time =
        std::chrono::ceil<std::chrono::milliseconds>(options.deadline - client.clock().now());
    if (time.count() <= 0) {
      return left.empty() ? Result<>(fail(ExitCode::timed_out,
                                          "the cluster did not say in time what is there"))
                          : Result<>(fail(not_gone(watched, left, options)));
    }
    const std::string text =
        left.empty() ? "" : "waiting for the removal of " + left_text(watched, left.front());
    if (options.note && !left.empty() && text != last_note) {
      options.note(text);
    }
    last_note = text;
    watched.wait_for_change(std::min(time, longest_wait));
  }
}

}  // namespace dpctl
