// SPDX-License-Identifier: Apache-2.0
// Files and folders without exceptions; what is written is written whole or not at all.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "util/fd.hpp"
#include "util/result.hpp"

namespace dpctl {

/// The whole content; on failure an Error (invalid_input) that names the path and the reason.
Result<std::string> read_file(const std::filesystem::path& path);

/// Writes beside `path` and renames, so that a reader sees the old content or the new one. `mode`
/// is octal, as in chmod.
Result<> write_file(const std::filesystem::path& path, std::string_view text, unsigned mode = 0644);

/// Appends one piece of text in a single write.
Result<> append_file(const std::filesystem::path& path, std::string_view text,
                     unsigned mode = 0644);

/// Makes the folder and its parents; a new folder gets `mode`.
Result<> make_folder(const std::filesystem::path& path, unsigned mode = 0755);

/// Where dpctl keeps state: $DPCTL_STATE_DIR, else $XDG_STATE_HOME/dpctl, else
/// ~/.local/state/dpctl.
std::filesystem::path state_folder();

/// Where dpctl keeps what can be fetched again: $DPCTL_CACHE_DIR, else $XDG_CACHE_HOME/dpctl, else
/// ~/.cache/dpctl.
std::filesystem::path cache_folder();

/// The environment variable's value, or nothing where it is unset or empty.
std::optional<std::string> environment(const char* name);

/// A folder of mode 0700 under $TMPDIR, removed with all it holds by the destructor.
class TempFolder {
 public:
  static Result<TempFolder> create();
  TempFolder(TempFolder&& other) noexcept;
  TempFolder& operator=(TempFolder&& other) noexcept;
  ~TempFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit TempFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

/// An exclusive advisory lock on a file (flock), held as long as the object lives; the kernel drops
/// it when the process ends.
class FileLock {
 public:
  /// Fails with ExitCode::refused, naming what the holder wrote into the file, where another
  /// process holds it. `holder` is written into the file for others to read.
  static Result<FileLock> acquire(const std::filesystem::path& path, std::string_view holder);

 private:
  explicit FileLock(Fd file) : file_(std::move(file)) {}
  Fd file_;
};

}  // namespace dpctl
