// SPDX-License-Identifier: Apache-2.0
// The lock of a run: a Lease in the cluster, so that two runs on one profile do not undo each
// other's work.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "kube/client.hpp"
#include "util/result.hpp"

namespace dpctl {

struct LeaseOptions {
  std::string profile;
  std::string holder;                 // lease_holder()
  std::string process = {};           // process_mark()
  std::chrono::seconds duration{30};  // not renewed for so long: the holder is dead
  std::function<void(std::string)> on_lost =
      {};  // the lock is somebody else's now; on the renewing thread
};

/// Who this process is, for people: "user@host, pid 123, since 2026-11-21T11:00:00Z".
std::string lease_holder();

/// What tells whether the holder still runs, for a dpctl on the same machine: boot, pid namespace,
/// pid and its start time. Empty where the system does not tell.
std::string process_mark();

/// Whether the process of a mark is known to be gone: same boot and pid namespace as ours, no such
/// process.
bool process_is_gone(std::string_view mark);

/// Held as long as the object lives: renewed by a thread of its own, given back by the destructor.
class RunLease {
 public:
  /// Takes the Lease `dpctl-PROFILE` in dpctl-system (which must exist). Fails with
  /// ExitCode::refused, naming the holder and since when, where another one holds it; one whose
  /// time ran out, or whose process is known to be gone, is taken over. `client` must outlive it.
  static Result<RunLease> acquire(KubeClient& client, const LeaseOptions& options,
                                  const Call& call);
  RunLease(RunLease&&) noexcept;
  RunLease& operator=(RunLease&&) noexcept;
  ~RunLease();

  /// Whether it is still ours.
  bool held() const;

 private:
  struct State;
  explicit RunLease(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace dpctl
