// SPDX-License-Identifier: Apache-2.0
#include "platform/target.hpp"

#include "profile/profile.hpp"

namespace dpctl {

Result<Target> make_target(Session& session) {
  switch (session.profile().cluster.provider) {
    case Provider::kind:
      return kind_target(session);
    case Provider::kwok:
      return kwok_target(session);
    case Provider::existing:
      return existing_target(session);
    case Provider::eks:
      return eks_target(session);
  }
  return fail(ExitCode::bug, "a provider without a target");
}

}  // namespace dpctl
