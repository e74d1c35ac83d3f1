// SPDX-License-Identifier: Apache-2.0
#include "jsone/scope.hpp"

namespace jsone {

void Scope::bind(std::string_view name, const Json& value) {
  for (Binding& binding : bindings_) {
    if (binding.name == name) {
      binding.value = &value;
      return;
    }
  }
  bindings_.push_back({name, &value});
}

const Json* Scope::find_here(std::string_view name) const {
  for (const Binding& binding : bindings_) {
    if (binding.name == name) {
      return binding.value;
    }
  }
  if (names_ == nullptr) {
    return nullptr;
  }
  const auto found = names_->find(name);
  return found == names_->end() ? nullptr : &*found;
}

const Json* Scope::find(std::string_view name) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->beneath_) {
    if (const Json* const value = scope->find_here(name)) {
      return value;
    }
  }
  return nullptr;
}

std::vector<std::string> Scope::names() const {
  std::vector<std::string> all;
  for (const Scope* scope = this; scope != nullptr; scope = scope->beneath_) {
    for (const Binding& binding : scope->bindings_) {
      all.emplace_back(binding.name);
    }
    if (scope->names_ == nullptr) {
      continue;
    }
    for (const auto& [name, value] : scope->names_->get_ref<const Json::object_t&>()) {
      if (!value.is_binary()) {
        all.push_back(name);
      }
    }
  }
  return all;
}

}  // namespace jsone
