// SPDX-License-Identifier: Apache-2.0
#include "util/sha256.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "util/files.hpp"

namespace dpctl {

TEST_CASE("SHA-256 gives the digests of the standard's examples, as lower-case hex") {
  CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("A file has the digest of its content, also where it is larger than a buffer") {
  const auto folder = TempFolder::create().value();
  const std::string content(300'001, 'x');
  REQUIRE(write_file(folder.path() / "f", content));
  CHECK(sha256_of_file(folder.path() / "f").value() == sha256(content));
}

TEST_CASE("A file that cannot be read has no digest, and the error names it") {
  const auto folder = TempFolder::create().value();
  const auto missing = sha256_of_file(folder.path() / "none");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message.find("none") != std::string::npos);
  CHECK_FALSE(sha256_of_file(folder.path()));
}

}  // namespace dpctl
