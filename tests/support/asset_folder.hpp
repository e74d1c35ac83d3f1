// SPDX-License-Identifier: Apache-2.0
// A temporary folder that tests fill with files, as an assets folder or beside one.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>
#include <string_view>

#include "profile/assets.hpp"
#include "util/files.hpp"

namespace dpctl::test {

class AssetFolder {
 public:
  AssetFolder() : folder_(TempFolder::create()) { REQUIRE(folder_); }

  /// Writes a file at a path relative to the folder and returns its whole path.
  std::string write(const std::string& path, std::string_view text) const {
    const std::filesystem::path file = folder_->path() / path;
    REQUIRE(make_folder(file.parent_path()));
    REQUIRE(write_file(file, text));
    return file.string();
  }

  std::string path() const { return folder_->path().string(); }

  /// The embedded assets with this folder over them.
  Assets assets() const {
    Assets assets;
    REQUIRE(assets.add_folder(folder_->path()));
    return assets;
  }

 private:
  Result<TempFolder> folder_;
};

}  // namespace dpctl::test
