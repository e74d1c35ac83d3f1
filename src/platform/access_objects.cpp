// SPDX-License-Identifier: Apache-2.0
#include "platform/access_objects.hpp"

#include <utility>

#include "kube/base64.hpp"
#include "kube/object.hpp"
#include "util/sha256.hpp"

namespace dpctl {

namespace {

Json labelled(Json object, std::string_view profile) {
  label_object(object, profile, access_component);
  return object;
}

Json token_labels(const AccessRequest& request, const AccessRole& role) {
  return {{access_way_label, to_string(AccessWay::token)},
          {access_user_label, request.user},
          {access_role_label, role.name}};
}

}  // namespace

std::string access_namespace(std::string_view profile) {
  return "dpctl-access-" + std::string(profile);
}

Json access_namespace_object(std::string_view profile) {
  return labelled({{"apiVersion", "v1"},
                   {"kind", "Namespace"},
                   {"metadata", {{"name", access_namespace(profile)}}}},
                  profile);
}

Json access_account(std::string_view profile, const AccessRequest& request,
                    const AccessRole& role) {
  return labelled({{"apiVersion", "v1"},
                   {"kind", "ServiceAccount"},
                   {"metadata",
                    {{"name", request.user},
                     {"namespace", access_namespace(profile)},
                     {"labels", token_labels(request, role)}}},
                   {"automountServiceAccountToken", false}},
                  profile);
}

std::vector<Json> access_bindings(std::string_view profile, const AccessRequest& request,
                                  const AccessRole& role) {
  std::vector<Json> bindings;
  for (const auto& ns : role.namespaces) {
    bindings.push_back(
        labelled({{"apiVersion", "rbac.authorization.k8s.io/v1"},
                  {"kind", "RoleBinding"},
                  {"metadata",
                   {{"name", role.cluster_role + ":" + request.user},
                    {"namespace", ns},
                    {"labels", token_labels(request, role)}}},
                  {"roleRef",
                   {{"apiGroup", "rbac.authorization.k8s.io"},
                    {"kind", "ClusterRole"},
                    {"name", role.cluster_role}}},
                  {"subjects", Json::array({{{"kind", "ServiceAccount"},
                                             {"name", request.user},
                                             {"namespace", access_namespace(profile)}}})}},
                 profile));
  }
  return bindings;
}

Json token_request(std::chrono::seconds duration) {
  return {{"apiVersion", "authentication.k8s.io/v1"},
          {"kind", "TokenRequest"},
          {"spec", {{"expirationSeconds", duration.count()}}}};
}

std::string signing_request_name(std::string_view certificate_request) {
  return "dpctl-access-" + sha256(certificate_request).substr(0, 20);
}

Json signing_request(std::string_view profile, std::string_view certificate_request,
                     std::chrono::seconds duration) {
  return labelled({{"apiVersion", "certificates.k8s.io/v1"},
                   {"kind", "CertificateSigningRequest"},
                   {"metadata", {{"name", signing_request_name(certificate_request)}}},
                   {"spec",
                    {{"request", to_base64(certificate_request)},
                     {"signerName", "kubernetes.io/kube-apiserver-client"},
                     {"usages", Json::array({"client auth"})},
                     {"expirationSeconds", duration.count()}}}},
                  profile);
}

Json approved_request(Json signing_request) {
  signing_request["status"]["conditions"] = Json::array({{{"type", "Approved"},
                                                          {"status", "True"},
                                                          {"reason", "AccessGranted"},
                                                          {"message", "by dpctl access grant"}}});
  return signing_request;
}

Json certificate_record(std::string_view profile, const std::string& name,
                        const AccessRequest& request, const AccessRole& role,
                        const std::string& until) {
  // The user stands in the data: a label could not hold every name that a certificate can.
  return labelled(
      {{"apiVersion", "v1"},
       {"kind", "ConfigMap"},
       {"metadata",
        {{"name", name},
         {"namespace", access_namespace(profile)},
         {"labels",
          {{access_way_label, to_string(AccessWay::certificate)},
           {access_role_label, role.name}}}}},
       {"data",
        {{"user", request.user}, {"role", role.name}, {"group", role.group}, {"until", until}}}},
      profile);
}

}  // namespace dpctl
