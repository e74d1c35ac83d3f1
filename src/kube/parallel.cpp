// SPDX-License-Identifier: Apache-2.0
#include "kube/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace dpctl {
namespace {

struct Shared {
  std::atomic<std::size_t> next = 0;
  std::atomic<bool> failed = false;
  std::mutex mutex = {};
  std::size_t index = 0;  // of the failure kept
  std::optional<Error> error = {};

  void keep(std::size_t at, Error what) {
    const std::scoped_lock lock(mutex);
    if (!error || at < index) {
      index = at;
      error = std::move(what);
    }
    failed = true;
  }
};

}  // namespace

Result<> for_each_parallel(std::size_t count, std::size_t threads,
                           const std::function<Result<>(std::size_t)>& work) {
  Shared shared;
  const auto run = [&] {
    for (auto i = shared.next++; i < count && !shared.failed; i = shared.next++) {
      if (auto done = work(i); !done) {
        shared.keep(i, std::move(done).error());
      }
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(threads, count); ++i) {
      others.emplace_back(run);
    }
    run();
  }
  if (shared.error) {
    return fail(std::move(*shared.error));
  }
  return {};
}

}  // namespace dpctl
