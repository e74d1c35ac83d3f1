// SPDX-License-Identifier: Apache-2.0
#include "util/part_file.hpp"

#include <asm-generic/errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include "util/error.hpp"
#include "util/files.hpp"
#include "util/result.hpp"
#include "util/text.hpp"

namespace dpctl::detail {

namespace fs = std::filesystem;

Error PartFile::error(std::string_view doing, int code) const {
  const std::string hint = code == ENOSPC || code == EDQUOT
                               ? "make room on the file system of " + to_.parent_path().string()
                               : "";
  return make_error(ExitCode::tool,
                    "cannot " + std::string(doing) + " " + path().string() + ": " +
                        std::generic_category().message(code),
                    hint);
}

Result<> PartFile::open(std::string_view url) {
  file_ = Fd(::open(path().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
  struct stat found{};
  if (file_.get() < 0 || fstat(file_.get(), &found) != 0) {
    return fail(error("write", errno));
  }
  const auto origin = read_file(origin_path()).value_or("");
  const auto lines = lines_of(origin);
  if (found.st_size == 0 || lines.size() != 2 || lines[0] != url) {
    return restart(url, "");
  }
  validator_ = lines[1];
  size_ = static_cast<unsigned long long>(found.st_size);
  if (lseek(file_.get(), 0, SEEK_END) < 0) {
    return fail(error("write", errno));
  }
  return {};
}

Result<> PartFile::restart(std::string_view url, std::string_view validator) {
  // The old origin goes first: a part must never be taken for bytes of another answer.
  std::error_code ignored;
  fs::remove(origin_path(), ignored);
  size_ = 0;
  validator_ = validator;
  file_ = Fd(::open(path().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file_.get() < 0) {
    return fail(error("write", errno));
  }
  if (!validator_.empty()) {
    TRY(write_file(origin_path(), std::string(url) + "\n" + validator_ + "\n"));
  }
  return {};
}

Result<> PartFile::append(std::string_view data) {
  while (!data.empty()) {
    const auto count = write(file_.get(), data.data(), data.size());
    if (count < 0 && errno != EINTR) {
      return fail(error("write", errno));
    }
    const auto written = count < 0 ? 0 : static_cast<std::size_t>(count);
    data.remove_prefix(written);
    size_ += written;
  }
  return {};
}

Result<> PartFile::finish() {
  if (fsync(file_.get()) != 0 || rename(path().c_str(), to_.c_str()) != 0) {
    return fail(error("finish", errno));
  }
  file_.reset();
  std::error_code ignored;
  fs::remove(origin_path(), ignored);
  return {};
}

void PartFile::remove() {
  file_.reset();
  size_ = 0;
  validator_.clear();
  std::error_code ignored;
  fs::remove(path(), ignored);
  fs::remove(origin_path(), ignored);
}

}  // namespace dpctl::detail
