// SPDX-License-Identifier: Apache-2.0
#include "jsone/budget.hpp"

#include <string>

namespace jsone {

tl::unexpected<Fault> limit_fault(std::string message) {
  return expression_fault(ErrorKind::limit, std::move(message), 0);
}

Outcome<> Budget::step(std::size_t count) {
  if (count > limits_.steps - steps_) {
    steps_ = limits_.steps;
    return limit_fault("evaluation takes more than " + std::to_string(limits_.steps) + " steps");
  }
  steps_ += count;
  return {};
}

Outcome<> Budget::bytes(std::size_t count) {
  if (count > limits_.bytes - bytes_) {
    bytes_ = limits_.bytes;
    return limit_fault("evaluation builds more than " + std::to_string(limits_.bytes) + " bytes");
  }
  bytes_ += count;
  return {};
}

Outcome<> Level::check() const {
  if (budget_.depth_ > budget_.limits_.depth) {
    return limit_fault("nested deeper than " + std::to_string(budget_.limits_.depth) + " levels");
  }
  return {};
}

}  // namespace jsone
