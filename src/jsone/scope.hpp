// SPDX-License-Identifier: Apache-2.0
// The names that an expression sees: layers over the context, so that $let and $map copy none of
// it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "jsone/fault.hpp"

namespace jsone {

/// One layer. It refers to its names and to the layer beneath, which must both outlive it.
class Scope {
 public:
  /// A layer whose names are the keys of an object.
  Scope(const Scope* beneath, const Json& names) : beneath_(beneath), names_(&names) {}
  /// A layer of a few names, bound one by one.
  explicit Scope(const Scope& beneath) : beneath_(&beneath) {}

  /// Binds `name` to `value`, again if need be; both must outlive the scope.
  void bind(std::string_view name, const Json& value);

  /// The value of `name` in the uppermost layer that has it, or nullptr.
  const Json* find(std::string_view name) const;
  /// Every name of every layer except for the builtin functions.
  std::vector<std::string> names() const;

 private:
  struct Binding {
    std::string_view name;
    const Json* value;
  };
  const Json* find_here(std::string_view name) const;

  const Scope* beneath_;
  const Json* names_ = nullptr;
  std::vector<Binding> bindings_;
};

}  // namespace jsone
