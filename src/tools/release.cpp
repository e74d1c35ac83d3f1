// SPDX-License-Identifier: Apache-2.0
#include "tools/release.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <sstream>
#include <stop_token>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "tools/catalogue.hpp"
#include "tools/host.hpp"
#include "tools/install.hpp"
#include "util/error.hpp"
#include "util/files.hpp"
#include "util/http.hpp"
#include "util/process.hpp"
#include "util/result.hpp"
#include "util/sha256.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

namespace fs = std::filesystem;

std::string name_in_url(std::string_view url) {
  return std::string(url.substr(url.rfind('/') + 1));
}

ReleaseFailure fetch_failed(Error error) {
  using enum ReleaseFailure::Cause;
  const bool stopped = error.code == ExitCode::interrupted;
  return {.error = std::move(error), .cause = stopped ? unusable : not_fetched};
}

/// One fetch, in the order in which things can go wrong.
class ReleaseFetch {
 public:
  ReleaseFetch(const KnownTool& tool, const ToolRelease& release, const ToolHost& host,
               fs::path folder, const InstallOptions& options, std::stop_token stop)
      : tool_(tool),
        release_(release),
        host_(host),
        folder_(std::move(folder)),
        options_(options),
        stop_(std::move(stop)) {}

  tl::expected<FetchedTool, ReleaseFailure> run() {
    if (const auto known = trusted_digest(); !known) {
      return tl::unexpected(fetch_failed(known.error()));
    }
    if (digest_.empty() && !options_.allow_unverified) {
      return tl::unexpected(
          ReleaseFailure{.error = nothing_vouches(), .cause = ReleaseFailure::Cause::none_there});
    }
    const auto file = folder_ / name_in_url(release_.url);
    Download what{.url = release_.url, .to = file};
    what.on_progress = [this](unsigned long long done, unsigned long long total) {
      if (options_.progress) {
        options_.progress(tool_.name, done, total);
      }
    };
    if (auto fetched = host_.fetch(what, stop_); !fetched) {
      return tl::unexpected(fetch_failed(std::move(fetched).error()));
    }
    auto checked = check(file);
    auto unpacked = checked ? unpack(file) : Result<fs::path>(fail(std::move(checked).error()));
    if (!unpacked) {
      return tl::unexpected(ReleaseFailure{.error = std::move(unpacked).error()});
    }
    return FetchedTool{.file = *std::move(unpacked), .vouched_by = vouched_by_};
  }

 private:
  Result<> trusted_digest() {
    if (!release_.sha256.empty()) {
      digest_ = release_.sha256;
      vouched_by_ = "SHA-256 as pinned";
    } else if (!release_.checksum_url.empty()) {
      const auto file = folder_ / "checksums";
      TRY(host_.fetch({.url = release_.checksum_url, .to = file}, stop_));
      digest_ = digest_in(TRY(read_file(file)), name_in_url(release_.url));
      if (digest_.empty()) {
        return fail(ExitCode::tool,
                    release_.checksum_url + " does not name " + name_in_url(release_.url));
      }
      vouched_by_ = "SHA-256 as in " + release_.checksum_url + ", none is pinned";
    } else {
      vouched_by_ = "checked by nothing, as --allow-unverified allows";
    }
    return {};
  }

  [[nodiscard]] Error nothing_vouches() const {
    return make_error(ExitCode::tool,
                      "nothing vouches for " + release_.url +
                          ": no digest is pinned, and its publisher has no checksum file",
                      "--from=go builds it from its module, --allow-unverified takes it as it is");
  }

  Result<> check(const fs::path& file) const {
    if (digest_.empty()) {
      return {};
    }
    const auto digest = TRY(sha256_of_file(file));
    if (digest == digest_) {
      return {};
    }
    std::error_code ignored;
    fs::remove(file, ignored);
    return fail(ExitCode::tool,
                "the SHA-256 of " + release_.url + " is " + digest + ", not " + digest_,
                "it was damaged or replaced on its way, or released anew; nothing was installed");
  }

  Result<fs::path> unpack(const fs::path& file) const {
    fs::path result = file;
    if (!release_.member.empty()) {
      const Command tar{
          .argv = {"tar", "-xf", file.string(), "-C", folder_.string(), release_.member}};
      TRY(run_ok(host_.exec, tar, stop_));
      result = folder_ / release_.member;
    }
    std::error_code code;
    fs::permissions(result, static_cast<fs::perms>(0755), code);
    if (code) {
      return fail(ExitCode::tool,
                  "cannot make " + result.string() + " executable: " + code.message());
    }
    return result;
  }

  const KnownTool& tool_;
  const ToolRelease& release_;
  const ToolHost& host_;
  fs::path folder_;
  const InstallOptions& options_;
  std::stop_token stop_;
  std::string digest_;
  std::string vouched_by_;
};

}  // namespace

std::string digest_in(std::string_view checksums, std::string_view file_name) {
  for (const auto line : lines_of(checksums)) {
    std::istringstream words{std::string(line)};
    std::string digest;
    std::string name;
    words >> digest >> name;
    name.erase(0, name.starts_with('*') ? 1 : 0);  // sha256sum's mark of a binary file
    std::transform(digest.begin(), digest.end(), digest.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool is_digest =
        digest.size() == 64 && digest.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (is_digest && (name.empty() || name_in_url(name) == file_name)) {
      return digest;
    }
  }
  return "";
}

tl::expected<FetchedTool, ReleaseFailure> fetch_release(const KnownTool& tool, const ToolHost& host,
                                                        const fs::path& folder,
                                                        const InstallOptions& options,
                                                        const std::stop_token& stop) {
  const auto release = tool.releases.find(host.platform);
  if (release == tool.releases.end()) {
    auto error = make_error(ExitCode::tool, tool.name + " has no release for " + host.platform,
                            tool.go ? "--from=go builds it" : "");
    return tl::unexpected(
        ReleaseFailure{.error = std::move(error), .cause = ReleaseFailure::Cause::none_there});
  }
  return ReleaseFetch(tool, release->second, host, folder, options, stop).run();
}

}  // namespace dpctl
