// SPDX-License-Identifier: Apache-2.0
#include "kube/lease.hpp"

#include <atomic>
#include <optional>
#include <thread>
#include <utility>

#include "kube/inventory.hpp"
#include "kube/lease_time.hpp"

namespace dpctl {
namespace {

constexpr std::string_view process_annotation = "dpctl.dev/process";
constexpr int tries = 5;

ObjectRef lease_ref(const std::string& profile) {
  return {"coordination.k8s.io/v1", "Lease", std::string(system_namespace), "dpctl-" + profile};
}

/// The cluster's clock, by which all holders go: clocks of laptops differ.
Result<std::chrono::microseconds> clock_offset(KubeClient& client, const Call& call) {
  const auto response = TRY(client.send({.path = "/version"}, call));
  const auto date = response.headers.find("date");
  const auto server = date == response.headers.end() ? std::nullopt : parse_http_date(date->second);
  if (!server) {
    return std::chrono::microseconds(0);
  }
  return std::chrono::duration_cast<std::chrono::microseconds>(*server -
                                                               std::chrono::system_clock::now());
}

WallTime now_at(std::chrono::microseconds offset) {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) + offset;
}

Json fresh_lease(const LeaseOptions& options, WallTime now) {
  const ObjectRef ref = lease_ref(options.profile);
  Json lease = {{"apiVersion", ref.api_version},
                {"kind", ref.kind},
                {"metadata", {{"name", ref.name}, {"namespace", ref.ns}}},
                {"spec",
                 {{"holderIdentity", options.holder},
                  {"leaseDurationSeconds", options.duration.count()},
                  {"acquireTime", micro_time(now)},
                  {"renewTime", micro_time(now)}}}};
  label_object(lease, options.profile, "");
  lease["metadata"]["annotations"][std::string(process_annotation)] = options.process;
  return lease;
}

bool is_free(const Json& lease, WallTime now) {
  const std::string holder = string_at(lease, "spec.holderIdentity");
  const auto renewed = parse_time(string_at(lease, "spec.renewTime"));
  const std::chrono::seconds duration(int_at(lease, "spec.leaseDurationSeconds", 30));
  if (holder.empty() || !renewed || now > *renewed + duration) {
    return true;
  }
  const auto& annotations = object_at(lease, "metadata.annotations");
  const auto mark = annotations.find(std::string(process_annotation));
  return mark != annotations.end() && mark->is_string() &&
         process_is_gone(mark->get<std::string>());
}

Error held_by(const Json& lease, const std::string& profile) {
  return make_error(
      ExitCode::refused,
      "another run works on profile " + profile + ": " + string_at(lease, "spec.holderIdentity"),
      "wait until it ends; a dead one's lock is void " +
          std::to_string(int_at(lease, "spec.leaseDurationSeconds", 30)) +
          " s after its last sign of life");
}

/// One attempt: the Lease as the server has it now, or nothing where somebody else was quicker.
Result<std::optional<Json>> try_to_take(KubeClient& client, const LeaseOptions& options,
                                        WallTime now, const Call& call) {
  const ObjectRef ref = lease_ref(options.profile);
  auto live = TRY(client.get(ref, call));
  Json wanted = fresh_lease(options, now);
  if (live && string_at(*live, "spec.holderIdentity") == options.holder) {
    return live;  // the answer to an earlier attempt got lost
  }
  if (live && !is_free(*live, now)) {
    return fail(held_by(*live, options.profile));
  }
  if (live) {
    wanted["metadata"]["resourceVersion"] = string_at(*live, "metadata.resourceVersion");
  }
  auto written = live ? client.replace(wanted, "", call) : client.create(wanted, call);
  if (!written && written.error().code == ExitCode::step_failed) {
    const auto after = TRY(client.get(ref, call));
    const bool changed = after.has_value() != live.has_value() ||
                         (after && string_at(*after, "metadata.resourceVersion") !=
                                       string_at(*live, "metadata.resourceVersion"));
    if (changed) {
      return std::optional<Json>();
    }
  }
  return std::optional<Json>(TRY(std::move(written)));
}

}  // namespace

struct RunLease::State {
  State(KubeClient& api, LeaseOptions how, std::chrono::microseconds ahead)
      : client(api), options(std::move(how)), offset(ahead) {}

  KubeClient& client;
  LeaseOptions options;
  std::chrono::microseconds offset;
  std::atomic<bool> held = true;
  std::jthread renewer = {};

  void renew_until_stopped(const std::stop_token& stop) {
    const auto between =
        std::chrono::duration_cast<std::chrono::milliseconds>(options.duration) / 3;
    while (held) {
      client.clock().pause(between, stop);
      if (stop.stop_requested()) {
        return;
      }
      renew(stop);
    }
  }

  /// A renewal that gets no answer is tried again the next time; one that is refused tells who has
  /// the lock now.
  void renew(const std::stop_token& stop) {
    const Call call{.stop = stop, .retry_for = options.duration / 3};
    const auto live = client.get(lease_ref(options.profile), call);
    if (!live) {
      return;
    }
    if (!*live || string_at(**live, "spec.holderIdentity") != options.holder) {
      held = false;
      if (options.on_lost) {
        options.on_lost(*live ? string_at(**live, "spec.holderIdentity") : "nobody");
      }
      return;
    }
    Json wanted = **live;
    wanted["spec"]["renewTime"] = micro_time(now_at(offset));
    // Refused where somebody wrote in between: the next look tells who.
    static_cast<void>(client.replace(wanted, "", call));
  }

  void give_back() {
    renewer.request_stop();
    if (renewer.joinable()) {
      renewer.join();
    }
    const Call call{.retry_for = std::chrono::seconds(2)};
    const auto live = client.get(lease_ref(options.profile), call);
    if (live && *live && string_at(**live, "spec.holderIdentity") == options.holder) {
      static_cast<void>(client.remove(lease_ref(options.profile),
                                      {.uid = string_at(**live, "metadata.uid")}, call));
    }
  }
};

Result<RunLease> RunLease::acquire(KubeClient& client, const LeaseOptions& options,
                                   const Call& call) {
  const auto offset = TRY(clock_offset(client, call));
  for (int i = 0; i < tries; ++i) {
    if (TRY(try_to_take(client, options, now_at(offset), call))) {
      auto state = std::make_unique<State>(client, options, offset);
      state->renewer = std::jthread(
          [held = state.get()](const std::stop_token& stop) { held->renew_until_stopped(stop); });
      return RunLease(std::move(state));
    }
  }
  return fail(ExitCode::refused, "other runs keep taking the lock of profile " + options.profile);
}

RunLease::RunLease(std::unique_ptr<State> state) : state_(std::move(state)) {}
RunLease::RunLease(RunLease&&) noexcept = default;

RunLease& RunLease::operator=(RunLease&& other) noexcept {
  std::swap(state_, other.state_);
  return *this;
}

RunLease::~RunLease() {
  if (state_) {
    state_->give_back();
  }
}

bool RunLease::held() const { return state_ && state_->held; }

}  // namespace dpctl
