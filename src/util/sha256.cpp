// SPDX-License-Identifier: Apache-2.0
#include "util/sha256.hpp"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include "util/error.hpp"
#include "util/result.hpp"

namespace dpctl {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const {
    std::fclose(file);
  }  // NOLINT: read only, nothing to lose
};

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

class Hasher {
 public:
  Hasher() : context_(EVP_MD_CTX_new()) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }

  void add(const void* data, std::size_t size) { EVP_DigestUpdate(context_.get(), data, size); }

  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : std::span(digest).first(size)) {
      text += digits[byte >> 4U];
      text += digits[byte & 15U];
    }
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, FreeContext> context_;
};

tl::unexpected<Error> cannot_read(const std::filesystem::path& path, int reason) {
  return fail(ExitCode::invalid_input,
              "cannot read " + path.string() + ": " + std::strerror(reason));
}

}  // namespace

std::string sha256(std::string_view data) {
  Hasher hasher;
  hasher.add(data.data(), data.size());
  return hasher.hex();
}

Result<std::string> sha256_of_file(const std::filesystem::path& path) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rbe"));
  if (!file) {
    return cannot_read(path, errno);
  }
  Hasher hasher;
  std::vector<char> buffer(1U << 16U);
  while (const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), file.get())) {
    hasher.add(buffer.data(), count);
  }
  if (std::ferror(file.get()) != 0) {
    return cannot_read(path, errno);
  }
  return hasher.hex();
}

}  // namespace dpctl
