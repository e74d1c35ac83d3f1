// SPDX-License-Identifier: Apache-2.0
#include "tools/install.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "tools/catalogue.hpp"
#include "tools/go_build.hpp"
#include "tools/host.hpp"
#include "tools/locate.hpp"
#include "tools/release.hpp"
#include "tools/version.hpp"
#include "util/error.hpp"
#include "util/files.hpp"
#include "util/result.hpp"
#include "util/text.hpp"

namespace dpctl {
namespace {

namespace fs = std::filesystem;
using Tools = std::span<const KnownTool* const>;

/// Waits until no other run installs.
Result<FileLock> lock_folder(const ToolHost& host, const InstallOptions& options,
                             const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any changed;
  bool told = false;
  while (true) {
    auto lock = FileLock::acquire(host.folder / "lock",
                                  "dpctl tools install, process " + std::to_string(getpid()));
    if (lock || lock.error().code != ExitCode::refused) {
      return lock;
    }
    if (!std::exchange(told, true) && options.note) {
      options.note("waiting: " + lock.error().message);
    }
    std::unique_lock held(mutex);
    changed.wait_for(held, stop, std::chrono::milliseconds(200), [] { return false; });
    if (stop.stop_requested()) {
      return fail(ExitCode::interrupted, "stopped while waiting for another installation");
    }
  }
}

/// A folder beside the installed tools, so that a finished one only needs renaming.
class Workshop {
 public:
  explicit Workshop(const fs::path& folder) : path_(folder / "unfinished") { clear(); }
  ~Workshop() { clear(); }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  Result<fs::path> for_tool(const KnownTool& tool) const {
    auto folder = path_ / tool.name;
    TRY(make_folder(folder));
    return folder;
  }

 private:
  void clear() const {  // what a killed run left goes too: the lock says that nobody works there
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  fs::path path_;
};

class Installation {
 public:
  Installation(const ToolHost& host, const InstallOptions& options, const std::stop_token& stop)
      : host_(host), options_(options), stop_(stop), workshop_(host.folder) {}

  Result<std::vector<InstalledTool>> run(Tools tools) {
    for (const auto* tool : tools) {
      TRY(one(*tool, tools));
    }
    std::vector<InstalledTool> result;
    for (const auto* tool : tools) {
      result.push_back({tool, installed_path(host_, *tool), how_[tool->name]});
    }
    return result;
  }

 private:
  [[nodiscard]] bool is_there(const KnownTool& tool) const {
    std::error_code code;
    return fs::is_regular_file(installed_path(host_, tool), code);
  }

  Result<> one(const KnownTool& tool, Tools wanted) {
    if (is_there(tool)) {
      how_.try_emplace(tool.name, "there already");
      return {};
    }
    if (options_.from == InstallFrom::go) {
      return build(tool, wanted);
    }
    auto released = release(tool);
    if (released || !may_build_instead(tool, released.error())) {
      return released ? Result<>() : fail(std::move(released).error().error);
    }
    note(summary_line(released.error().error));
    return build(tool, wanted);
  }

  [[nodiscard]] bool may_build_instead(const KnownTool& tool, const ReleaseFailure& failure) const {
    return failure.cause != ReleaseFailure::Cause::unusable &&
           options_.from == InstallFrom::automatic && tool.go && host_.on_path("go");
  }

  tl::expected<void, ReleaseFailure> release(const KnownTool& tool) {
    const auto host = host_of(tool);
    if (unreached_.contains(host)) {
      return tl::unexpected(ReleaseFailure{
          .error = make_error(ExitCode::tool, "nothing could be had from " + host + " before"),
          .cause = ReleaseFailure::Cause::not_fetched});
    }
    const auto folder = workshop_.for_tool(tool);
    if (!folder) {
      return tl::unexpected(ReleaseFailure{.error = folder.error()});
    }
    note(tool.name + " " + to_string(tool.version) + ": fetching its release");
    const auto fetched = fetch_release(tool, host_, *folder, options_, stop_);
    if (!fetched) {
      if (fetched.error().cause == ReleaseFailure::Cause::not_fetched) {
        unreached_.insert(host);
      }
      return tl::unexpected(fetched.error());
    }
    if (auto placed = place(tool, fetched->file, "released; " + fetched->vouched_by); !placed) {
      return tl::unexpected(ReleaseFailure{.error = std::move(placed).error()});
    }
    return {};
  }

  /// Builds the tool, and with it what else is wanted of the same build.
  Result<> build(const KnownTool& tool, Tools wanted) {
    std::vector<const KnownTool*> group{&tool};
    for (const auto* other : wanted) {
      const bool same_build = tool.go && other->go && !tool.go->together.empty() &&
                              tool.go->together == other->go->together;
      if (other != &tool && same_build && !is_there(*other)) {
        group.push_back(other);
      }
    }
    std::vector<std::string> names;
    std::transform(group.begin(), group.end(), std::back_inserter(names),
                   [](const KnownTool* one) { return one->name; });
    note(join(names, ", ") + " " + to_string(tool.version) +
         ": building with go, which may take minutes");
    const auto folder = TRY(workshop_.for_tool(tool));
    TRY(make_folder(host_.folder / "log"));
    TRY(build_with_go(group, host_, folder, host_.folder / "log" / (tool.name + ".log"), stop_));
    for (const auto* built : group) {
      TRY(place(*built, folder / built->name, "built by go"));
    }
    return {};
  }

  /// Makes a file the installed tool, once it has told the version that it should be.
  Result<> place(const KnownTool& tool, const fs::path& file, const std::string& how) {
    const auto version = TRY(ask_version(tool, file, host_.exec, stop_));
    if (version != tool.version) {
      return fail(ExitCode::tool, "what was to be " + tool.name + " " + to_string(tool.version) +
                                      " says that it is " + to_string(version));
    }
    const auto to = installed_path(host_, tool);
    TRY(make_folder(to.parent_path()));
    std::error_code code;
    fs::rename(file, to, code);
    if (code) {
      return fail(ExitCode::tool, "cannot install " + to.string() + ": " + code.message());
    }
    how_[tool.name] = how;
    note(tool.name + " " + to_string(tool.version) + ": " + how);
    return {};
  }

  [[nodiscard]] std::string host_of(const KnownTool& tool) const {
    const auto release = tool.releases.find(host_.platform);
    if (release == tool.releases.end()) {
      return "";
    }
    const auto start = release->second.url.find("://") + 3;
    return release->second.url.substr(start, release->second.url.find('/', start) - start);
  }

  void note(const std::string& line) const {
    if (options_.note) {
      options_.note(line);
    }
  }

  const ToolHost& host_;
  const InstallOptions& options_;
  const std::stop_token& stop_;
  Workshop workshop_;
  std::set<std::string> unreached_;  // hosts, so that each is waited for only once
  std::map<std::string, std::string> how_;
};

}  // namespace

Result<std::vector<InstalledTool>> install_tools(std::span<const KnownTool* const> tools,
                                                 const ToolHost& host,
                                                 const InstallOptions& options,
                                                 const std::stop_token& stop) {
  TRY(make_folder(host.folder));
  const auto lock = TRY(lock_folder(host, options, stop));
  return Installation(host, options, stop).run(tools);
}

}  // namespace dpctl
