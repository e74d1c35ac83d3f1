// SPDX-License-Identifier: Apache-2.0
#include "platform/preflight.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "util/fd.hpp"
#include "util/files.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

constexpr std::int64_t mb = 1'000'000;
constexpr std::int64_t memory_per_node = 600 * mb;
constexpr std::int64_t disk_floor = 10'000 * mb;
constexpr std::int64_t inotify_instances =
    512;  // kind's known issues: "pod errors due to too many open files"
constexpr std::int64_t inotify_watches = 65'536;

void judge_inotify(const MachineFacts& facts, const MachineNeeds& needs, Findings& findings) {
  if (needs.nodes < 2) {
    return;
  }
  if (facts.inotify_instances && *facts.inotify_instances < inotify_instances) {
    // 128 is what distributions ship; small clusters live with it, six nodes do not always.
    findings.warnings.push_back(fmt::format(
        "fs.inotify.max_user_instances is {}; sysctl -w fs.inotify.max_user_instances={}",
        *facts.inotify_instances, inotify_instances));
  }
  if (facts.inotify_watches && *facts.inotify_watches < inotify_watches) {
    findings.warnings.push_back(fmt::format(
        "fs.inotify.max_user_watches is {}; sysctl -w fs.inotify.max_user_watches=524288",
        *facts.inotify_watches));
  }
}

}  // namespace

Findings judge_machine(const MachineFacts& facts, const MachineNeeds& needs) {
  Findings findings;
  const std::int64_t wanted = needs.nodes * memory_per_node + needs.requested_memory;
  if (facts.docker_memory > 0 && facts.docker_memory < wanted) {
    findings.errors.push_back(
        fmt::format("docker has {} of memory, and {} nodes with what the profile puts on them ask "
                    "for {}: give docker more, use "
                    "--profile kind-small, or fewer nodes with --set cluster.workers=1 --set "
                    "cluster.controlPlanes=1",
                    size_text(static_cast<unsigned long long>(facts.docker_memory)), needs.nodes,
                    size_text(static_cast<unsigned long long>(wanted))));
  }
  if (facts.disk_free && *facts.disk_free < disk_floor) {
    findings.errors.push_back(fmt::format(
        "only {} are free where docker keeps its data, at least {} are needed: docker system prune",
        size_text(static_cast<unsigned long long>(*facts.disk_free)),
        size_text(static_cast<unsigned long long>(disk_floor))));
  }
  for (const int port : facts.busy_ports) {
    findings.errors.push_back(
        fmt::format("port {} of this machine is taken, and the profile maps it: end what listens "
                    "there, or change cluster.kind",
                    port));
  }
  judge_inotify(facts, needs, findings);
  return findings;
}

std::optional<std::int64_t> number_in(const std::string& file) {
  const auto text = read_file(file);
  if (!text) {
    return std::nullopt;
  }
  std::int64_t number = 0;
  const auto digits = trimmed(*text);
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return code == std::errc() ? std::optional(number) : std::nullopt;
}

bool port_is_busy(int port) {
  const Fd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int reuse = 1;  // or a connection in TIME_WAIT would look like a listener
  setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0;
}

std::optional<Error> unfit_machine(const Findings& findings) {
  if (findings.errors.empty()) {
    return std::nullopt;
  }
  return make_error(ExitCode::unfit, "this machine is not fit: " + join(findings.errors, "; "),
                    "--set cluster.preflight=false goes on all the same");
}

}  // namespace dpctl
