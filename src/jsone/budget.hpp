// SPDX-License-Identifier: Apache-2.0
// Counts what a render uses up, and ends it where its limits are reached.
#pragma once

#include <cstddef>

#include "jsone/fault.hpp"

namespace jsone {

class Budget {
 public:
  explicit Budget(const Limits& limits) : limits_(limits) {}

  /// Counts `count` steps; fails when too many were taken.
  Outcome<> step(std::size_t count = 1);
  /// Counts `count` bytes that are about to be built; fails when they would be too many.
  Outcome<> bytes(std::size_t count);

  std::size_t depth_limit() const { return limits_.depth; }

 private:
  friend class Level;
  Limits limits_;
  std::size_t depth_ = 0;
  std::size_t steps_ = 0;
  std::size_t bytes_ = 0;
};

/// One level of nesting for as long as it lives.
class Level {
 public:
  explicit Level(Budget& budget) : budget_(budget) { ++budget_.depth_; }
  ~Level() { --budget_.depth_; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;
  Level(Level&&) = delete;
  Level& operator=(Level&&) = delete;

  /// Fails when this level is one too many.
  Outcome<> check() const;

 private:
  Budget& budget_;
};

/// A fault of kind `limit`.
tl::unexpected<Fault> limit_fault(std::string message);

}  // namespace jsone
