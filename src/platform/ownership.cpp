// SPDX-License-Identifier: Apache-2.0
#include "platform/ownership.hpp"

#include <string>

#include "kube/apply.hpp"
#include "kube/inventory.hpp"
#include "util/files.hpp"
#include "util/text.hpp"

namespace dpctl {

namespace {

constexpr const char* mark_name = "dpctl-cluster";

std::filesystem::path note_path(const Session& session) { return session.folder() / "cluster"; }

ObjectRef mark_ref() {
  return {.api_version = "v1",
          .kind = "ConfigMap",
          .ns = std::string(system_namespace),
          .name = mark_name};
}

}  // namespace

Made made_by_note(const Session& session) {
  const auto note = read_file(note_path(session));
  if (!note) {
    return Made::no;
  }
  return trimmed(*note) == "made" ? Made::yes : Made::halfway;
}

Result<> note_made(const Session& session, Made made) {
  return write_file(note_path(session), made == Made::yes ? "made\n" : "making\n", 0600);
}

Result<> mark_cluster(Session& session, const Call& call) {
  auto* client = TRY(session.cluster(call.stop));
  TRY(ensure_system_namespace(*client, call));
  const Json mark = {
      {"apiVersion", "v1"},
      {"kind", "ConfigMap"},
      {"metadata", {{"name", mark_name}, {"namespace", std::string(system_namespace)}}},
      {"data", {{"madeBy", "dpctl"}, {"cluster", session.profile().cluster.name}}}};
  TRY(apply_object(*client, mark, {.call = call}));
  return {};
}

Result<bool> is_marked(Session& session, const Call& call) {
  auto* client = TRY(session.cluster(call.stop));
  const auto mark = TRY(client->get(mark_ref(), call));
  return mark && string_at(*mark, "data.madeBy") == "dpctl";
}

Error not_made_by_dpctl(const Session& session) {
  const auto& cluster = session.profile().cluster;
  return make_error(ExitCode::refused,
                    std::string(to_string(cluster.provider)) + " cluster '" + cluster.name +
                        "' exists, and dpctl did not make it",
                    "choose another name (--set cluster.name=…), or work in it as it is: --profile "
                    "existing --set cluster.context=" +
                        session.context());
}

}  // namespace dpctl
