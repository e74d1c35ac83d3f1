// SPDX-License-Identifier: Apache-2.0
#include "kube/gzip.hpp"

#define ZLIB_CONST  // zlib then takes its input as const
#include <zlib.h>

#include <array>

namespace dpctl {
namespace {

/// A zlib stream that is ended with the object.
class Inflater {
 public:
  explicit Inflater(std::string_view data) {
    stream_.next_in = reinterpret_cast<const Bytef*>(data.data());
    stream_.avail_in = static_cast<uInt>(data.size());
    constexpr int gzip_only = 16 + MAX_WBITS;
    good_ = inflateInit2(&stream_, gzip_only) == Z_OK;
  }
  ~Inflater() {
    if (good_) {
      inflateEnd(&stream_);
    }
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool good() const { return good_; }

  /// The next piece of output and zlib's word on how it went.
  int next(std::string& piece) {
    std::array<Bytef, 65536> buffer{};
    stream_.next_out = buffer.data();
    stream_.avail_out = buffer.size();
    const int code = inflate(&stream_, Z_NO_FLUSH);
    piece.assign(reinterpret_cast<const char*>(buffer.data()), buffer.size() - stream_.avail_out);
    return code;
  }

 private:
  z_stream stream_ = {};
  bool good_ = false;
};

}  // namespace

Result<std::string> gunzip(std::string_view data, std::size_t limit) {
  Inflater inflater(data);
  std::string unpacked;
  std::string piece;
  int code = inflater.good() ? Z_OK : Z_STREAM_ERROR;
  while (code == Z_OK) {
    code = inflater.next(piece);
    unpacked += piece;
    if (unpacked.size() > limit) {
      return fail(ExitCode::invalid_input,
                  "unpacks to more than " + std::to_string(limit) + " bytes");
    }
  }
  if (code != Z_STREAM_END) {
    return fail(ExitCode::invalid_input, "is not whole gzip data");
  }
  return unpacked;
}

}  // namespace dpctl
