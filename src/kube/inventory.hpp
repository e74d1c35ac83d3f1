// SPDX-License-Identifier: Apache-2.0
// Which component of a profile owns which objects, kept in the cluster: ConfigMap
// dpctl-inventory-PROFILE in dpctl-system.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kube/client.hpp"
#include "kube/object.hpp"
#include "util/result.hpp"

namespace dpctl {

inline constexpr std::string_view system_namespace = "dpctl-system";

/// Makes the namespace dpctl-system, labelled, where it is not there.
Result<> ensure_system_namespace(KubeClient& client, const Call& call);

/// What is kept. Thread-safe: components write side by side, each its own key, so that no update is
/// lost; what is already so is not written again.
class Inventory {
 public:
  /// Reads what is there; an inventory that does not exist is empty. `client` must outlive it.
  static Result<Inventory> load(KubeClient& client, std::string_view profile, const Call& call);
  Inventory(Inventory&& other) noexcept;
  ~Inventory() = default;

  /// What a component owns as far as is known.
  std::set<ObjectRef> of(const std::string& component) const;
  std::vector<std::string> components() const;

  /// Before things are created: what was recorded, and these too.
  Result<> record(const std::string& component, const std::vector<ObjectRef>& refs,
                  const Call& call);
  /// After they were: these and no others.
  Result<> replace(const std::string& component, const std::vector<ObjectRef>& refs,
                   const Call& call);
  /// The component owns nothing any more.
  Result<> forget(const std::string& component, const Call& call);
  /// Removes the ConfigMap itself.
  Result<> remove(const Call& call);

 private:
  Inventory(KubeClient& client, std::string profile,
            std::map<std::string, std::set<ObjectRef>> owned);
  // With nullptr for refs the component's key goes.
  Result<> write(const std::string& component, const std::set<ObjectRef>* refs, const Call& call);
  Result<> patch_key(const std::string& component, const std::set<ObjectRef>* refs,
                     const Call& call);

  KubeClient* client_;
  std::string profile_;
  mutable std::mutex mutex_;
  std::map<std::string, std::set<ObjectRef>> owned_;
};

/// recorded − desired, custom resources first, namespaces last. A version change of a kind's API
/// makes no orphan.
std::vector<ObjectRef> orphans(const std::set<ObjectRef>& recorded,
                               const std::vector<ObjectRef>& desired);

}  // namespace dpctl
