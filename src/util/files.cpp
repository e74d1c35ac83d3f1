// SPDX-License-Identifier: Apache-2.0
#include "util/files.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "util/fd.hpp"

namespace dpctl {

namespace fs = std::filesystem;

namespace {

Error file_error(const fs::path& path, std::string_view doing, int code,
                 ExitCode exit_code = ExitCode::unfit) {
  return make_error(exit_code, "cannot " + std::string(doing) + " " + path.string() + ": " +
                                   std::generic_category().message(code));
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const auto n = write(fd, text.data(), text.size());
    if (n < 0 && errno != EINTR) {
      return false;
    }
    text.remove_prefix(n < 0 ? 0 : static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

Result<std::string> read_file(const fs::path& path) {
  const Fd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    return fail(file_error(path, "read", errno, ExitCode::invalid_input));
  }
  std::string text;
  std::array<char, 65536> buffer{};
  for (;;) {
    const auto n = read(file.get(), buffer.data(), buffer.size());
    if (n < 0 && errno != EINTR) {
      return fail(file_error(path, "read", errno, ExitCode::invalid_input));
    }
    if (n == 0) {
      return text;
    }
    text.append(buffer.data(), n < 0 ? 0 : static_cast<std::size_t>(n));
  }
}

Result<> write_file(const fs::path& path, std::string_view text, unsigned mode) {
  const fs::path aside = path.string() + "." + std::to_string(getpid()) + ".tmp";
  {
    const Fd file(open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode));
    if (file.get() < 0) {
      return fail(file_error(path, "write", errno));
    }
    // fsync, so that after a crash the name never stands for an empty file.
    if (!write_all(file.get(), text) || fsync(file.get()) != 0) {
      const int code = errno;
      unlink(aside.c_str());
      return fail(file_error(path, "write", code));
    }
  }
  if (rename(aside.c_str(), path.c_str()) != 0) {
    const int code = errno;
    unlink(aside.c_str());
    return fail(file_error(path, "write", code));
  }
  return {};
}

Result<> append_file(const fs::path& path, std::string_view text, unsigned mode) {
  const Fd file(open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, mode));
  if (file.get() < 0 || !write_all(file.get(), text)) {
    return fail(file_error(path, "append to", errno));
  }
  return {};
}

Result<> make_folder(const fs::path& path, unsigned mode) {
  std::error_code code;
  if (fs::create_directories(path, code)) {
    fs::permissions(path, static_cast<fs::perms>(mode), code);
  }
  if (code) {
    return fail(file_error(path, "make the folder", code.value()));
  }
  return {};
}

std::optional<std::string> environment(const char* name) {
  const char* value =
      std::getenv(name);  // NOLINT(concurrency-mt-unsafe): dpctl never changes its environment
  return value != nullptr && *value != '\0' ? std::optional<std::string>(value) : std::nullopt;
}

namespace {

fs::path user_folder(const char* own, const char* xdg, const char* below_home) {
  if (const auto folder = environment(own)) {
    return *folder;
  }
  if (const auto base = environment(xdg)) {
    return fs::path(*base) / "dpctl";
  }
  return fs::path(environment("HOME").value_or("/tmp")) / below_home / "dpctl";
}

}  // namespace

fs::path state_folder() { return user_folder("DPCTL_STATE_DIR", "XDG_STATE_HOME", ".local/state"); }

fs::path cache_folder() { return user_folder("DPCTL_CACHE_DIR", "XDG_CACHE_HOME", ".cache"); }

Result<TempFolder> TempFolder::create() {
  std::string pattern = environment("TMPDIR").value_or("/tmp") + "/dpctl-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) {
    return fail(file_error(pattern, "make the folder", errno));
  }
  return TempFolder(pattern);
}

TempFolder::TempFolder(TempFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

TempFolder& TempFolder::operator=(TempFolder&& other) noexcept {
  std::swap(path_, other.path_);
  return *this;
}

TempFolder::~TempFolder() {
  if (!path_.empty()) {
    std::error_code ignored;  // a folder that cannot be removed is no reason to fail a run
    fs::remove_all(path_, ignored);
  }
}

Result<FileLock> FileLock::acquire(const fs::path& path, std::string_view holder) {
  Fd file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (file.get() < 0) {
    return fail(file_error(path, "lock", errno));
  }
  if (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) {
      return fail(file_error(path, "lock", errno));
    }
    const auto other = read_file(path).value_or("");
    return fail(ExitCode::refused, "another run is at work: " + other,
                "wait for it to end, or end it; the lock goes with its process");
  }
  if (ftruncate(file.get(), 0) != 0 || !write_all(file.get(), holder)) {
    return fail(file_error(path, "write", errno));
  }
  return FileLock(std::move(file));
}

}  // namespace dpctl
