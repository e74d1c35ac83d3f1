// SPDX-License-Identifier: Apache-2.0
#include "kube/inventory.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace dpctl {
namespace {

/// Short, since a ConfigMap holds 1 MiB: [["apps/v1","Deployment","spark","controller"], …].
std::string refs_text(const std::set<ObjectRef>& refs) {
  Json list = Json::array();
  for (const auto& ref : refs) {
    list.push_back({ref.api_version, ref.kind, ref.ns, ref.name});
  }
  return dump(list);
}

Result<std::set<ObjectRef>> refs_of(std::string_view text, const std::string& source) {
  std::set<ObjectRef> refs;
  for (const auto& item : TRY(parse_json(text, source))) {
    const bool whole = item.is_array() && item.size() == 4 &&
                       std::ranges::all_of(item, [](const Json& part) { return part.is_string(); });
    if (!whole) {
      return fail(ExitCode::invalid_input,
                  source + " holds something that is not an object's name");
    }
    refs.insert({item[0].get<std::string>(), item[1].get<std::string>(), item[2].get<std::string>(),
                 item[3].get<std::string>()});
  }
  return refs;
}

ObjectRef inventory_ref(std::string_view profile) {
  return {"v1", "ConfigMap", std::string(system_namespace),
          "dpctl-inventory-" + std::string(profile)};
}

}  // namespace

Result<> ensure_system_namespace(KubeClient& client, const Call& call) {
  const ObjectRef ref{"v1", "Namespace", "", std::string(system_namespace)};
  if (TRY(client.get(ref, call))) {
    return {};
  }
  Json object = {
      {"apiVersion", "v1"}, {"kind", "Namespace"}, {"metadata", {{"name", system_namespace}}}};
  label_object(object, "", "");
  auto created = client.create(object, call);
  if (!created && TRY(client.get(ref, call))) {
    return {};  // another run was quicker
  }
  TRY(std::move(created));
  return {};
}

Inventory::Inventory(KubeClient& client, std::string profile,
                     std::map<std::string, std::set<ObjectRef>> owned)
    : client_(&client), profile_(std::move(profile)), owned_(std::move(owned)) {}

Inventory::Inventory(Inventory&& other) noexcept
    : client_(other.client_),
      profile_(std::move(other.profile_)),
      owned_(std::move(other.owned_)) {}

Result<Inventory> Inventory::load(KubeClient& client, std::string_view profile, const Call& call) {
  std::map<std::string, std::set<ObjectRef>> owned;
  const auto ref = inventory_ref(profile);
  if (const auto live = TRY(client.get(ref, call))) {
    for (const auto& [component, text] : object_at(*live, "data").items()) {
      const std::string source = to_string(ref) + " " + component;
      owned[component] = TRY(refs_of(text.is_string() ? text.get<std::string>() : "", source));
    }
  }
  return Inventory(client, std::string(profile), std::move(owned));
}

std::set<ObjectRef> Inventory::of(const std::string& component) const {
  const std::scoped_lock lock(mutex_);
  const auto found = owned_.find(component);
  return found == owned_.end() ? std::set<ObjectRef>() : found->second;
}

std::vector<std::string> Inventory::components() const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> names;
  names.reserve(owned_.size());
  for (const auto& [name, refs] : owned_) {
    names.push_back(name);
  }
  return names;
}

Result<> Inventory::record(const std::string& component, const std::vector<ObjectRef>& refs,
                           const Call& call) {
  std::set<ObjectRef> all = of(component);
  all.insert(refs.begin(), refs.end());
  return write(component, &all, call);
}

Result<> Inventory::replace(const std::string& component, const std::vector<ObjectRef>& refs,
                            const Call& call) {
  const std::set<ObjectRef> all(refs.begin(), refs.end());
  return write(component, &all, call);
}

Result<> Inventory::forget(const std::string& component, const Call& call) {
  return write(component, nullptr, call);
}

Result<> Inventory::remove(const Call& call) {
  TRY(client_->remove(inventory_ref(profile_), {}, call));
  const std::scoped_lock lock(mutex_);
  owned_.clear();
  return {};
}

Result<> Inventory::write(const std::string& component, const std::set<ObjectRef>* refs,
                          const Call& call) {
  {
    const std::scoped_lock lock(mutex_);
    const auto known = owned_.find(component);
    const bool same =
        refs == nullptr ? known == owned_.end() : known != owned_.end() && known->second == *refs;
    if (same) {
      return {};
    }
  }
  TRY(patch_key(component, refs, call));
  const std::scoped_lock lock(mutex_);
  if (refs == nullptr) {
    owned_.erase(component);
  } else {
    owned_[component] = *refs;
  }
  return {};
}

Result<> Inventory::patch_key(const std::string& component, const std::set<ObjectRef>* refs,
                              const Call& call) {
  // A merge patch of one key: the server puts patches of different keys together, so nobody's
  // update is lost.
  const Json patch = {{"data", {{component, refs == nullptr ? Json() : Json(refs_text(*refs))}}}};
  const ObjectRef ref = inventory_ref(profile_);
  auto patched = client_->merge_patch(ref, patch, call);
  if (patched || TRY(client_->get(ref, call))) {
    TRY(std::move(patched));
    return {};
  }
  if (refs == nullptr) {
    return {};  // there is no inventory any more
  }
  TRY(ensure_system_namespace(*client_, call));
  Json object = {{"apiVersion", "v1"},
                 {"kind", "ConfigMap"},
                 {"metadata", {{"name", ref.name}, {"namespace", ref.ns}}}};
  label_object(object, profile_, "");
  auto created = client_->create(object, call);
  if (!created && !TRY(client_->get(ref, call))) {
    return fail(std::move(created).error());
  }
  TRY(client_->merge_patch(ref, patch, call));
  return {};
}

std::vector<ObjectRef> orphans(const std::set<ObjectRef>& recorded,
                               const std::vector<ObjectRef>& desired) {
  const auto without_version = [](const ObjectRef& ref) {
    return ObjectRef{group_of(ref.api_version), ref.kind, ref.ns, ref.name};
  };
  std::set<ObjectRef> wanted;
  std::ranges::transform(desired, std::inserter(wanted, wanted.end()), without_version);
  std::vector<ObjectRef> left;
  std::ranges::copy_if(recorded, std::back_inserter(left), [&](const ObjectRef& ref) {
    return !wanted.contains(without_version(ref));
  });
  sort_for_removal(left);
  return left;
}

}  // namespace dpctl
