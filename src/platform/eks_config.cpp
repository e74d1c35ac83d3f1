// SPDX-License-Identifier: Apache-2.0
#include "platform/eks_config.hpp"

#include <string>

#include "platform/render.hpp"
#include "util/yaml.hpp"

namespace dpctl {

Result<Json> eks_config(const Profile& profile, const Assets& assets) {
  Json context = template_context(profile);
  context["eks"] = profile.cluster.eks;
  const auto documents = TRY(render_file(assets, "templates/eks/cluster.yaml", context));
  if (documents.size() != 1) {
    return fail(ExitCode::invalid_input, "templates/eks/cluster.yaml must yield one ClusterConfig");
  }
  Json config = documents.front();
  Json rest = profile.cluster.eks;
  for (const auto* used : {"region", "instanceType", "volumeSize", "nodeGroups"}) {
    rest.erase(used);
  }
  merge_into(config, rest);
  return config;
}

Result<std::string> eks_config_text(const Session& session) {
  return emit_yaml(TRY(eks_config(session.profile(), session.assets())));
}

}  // namespace dpctl
