// SPDX-License-Identifier: Apache-2.0
// Whole lines out of a stream that comes in pieces. Only process.cpp includes it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace dpctl {

// Collects what one stream says and hands out whole lines.
class LineSplitter {
 public:
  void feed(std::string_view data, const std::function<void(std::string_view)>& on_line) {
    rest_ += data;
    std::size_t begin = 0;
    for (auto end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n', begin)) {
      on_line(std::string_view(rest_).substr(begin, end - begin));
      begin = end + 1;
    }
    rest_.erase(0, begin);
  }
  void finish(const std::function<void(std::string_view)>& on_line) {
    if (!rest_.empty()) {
      on_line(rest_);
      rest_.clear();
    }
  }

 private:
  std::string rest_;
};

}  // namespace dpctl
