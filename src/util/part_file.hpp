// SPDX-License-Identifier: Apache-2.0
// The unfinished file of a download and what is known of where it came from, so that a later run
// can go on with it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "util/fd.hpp"
#include "util/result.hpp"

namespace dpctl::detail {

/// `to`.part, and beside it `to`.part.from: the URL and the validator (a strong ETag or a date) of
/// its bytes.
class PartFile {
 public:
  explicit PartFile(std::filesystem::path to) : to_(std::move(to)) {}

  /// Opens the part. Bytes of an earlier attempt are kept only where the server's validator for
  /// this URL is known.
  Result<> open(std::string_view url);
  unsigned long long size() const { return size_; }
  /// What If-Range asks about; empty where the part is empty.
  const std::string& validator() const { return validator_; }

  /// Drops what is there; what comes next has this validator (empty: it cannot be resumed).
  Result<> restart(std::string_view url, std::string_view validator);
  /// Appends; the failure names a full disk.
  Result<> append(std::string_view data);
  /// Makes the part the file itself.
  Result<> finish();
  /// Removes the part and what is known of it.
  void remove();

  std::filesystem::path path() const { return to_.string() + ".part"; }

 private:
  std::filesystem::path origin_path() const { return to_.string() + ".part.from"; }
  Error error(std::string_view doing, int code) const;

  std::filesystem::path to_;
  Fd file_{-1};
  unsigned long long size_ = 0;
  std::string validator_;
};

}  // namespace dpctl::detail
