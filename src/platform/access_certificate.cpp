// SPDX-License-Identifier: Apache-2.0
// The way by certificate: a CertificateSigningRequest that lives as long as this takes, and a
// record that stays.
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "kube/apply.hpp"
#include "kube/base64.hpp"
#include "kube/wait.hpp"
#include "platform/access.hpp"
#include "platform/access_objects.hpp"
#include "platform/access_record.hpp"
#include "platform/client_certificate.hpp"

namespace dpctl {

namespace {

// kube-controller-manager signs within a second; one that has not within this time has no signer
// for users.
constexpr auto signing_patience = std::chrono::seconds(30);

// After a Ctrl-C too, so without the stop token of the call.
Call clean_up() { return {.retry_for = std::chrono::seconds(5)}; }

std::string condition_text(const Json& condition) {
  return string_at(condition, "reason") + ": " + string_at(condition, "message");
}

Readiness signing_state(const Json& request) {
  if (!string_at(request, "status.certificate").empty()) {
    return {};
  }
  for (const char* refusal : {"Denied", "Failed"}) {
    if (const auto* condition = condition_of(request, refusal)) {
      return {.state = ReadyState::failed,
              .reason = Reason::condition,
              .message = condition_text(*condition)};
    }
  }
  return {.state = ReadyState::waiting, .reason = Reason::progressing, .message = "not signed yet"};
}

Error not_signed(Error error, const Json& request) {
  const auto state = signing_state(request);
  if (state.state == ReadyState::failed) {
    return make_error(ExitCode::refused,
                      "the cluster refused to sign the certificate (" + state.message + ")",
                      "--via token needs no certificate");
  }
  if (error.code == ExitCode::timed_out) {
    return make_error(ExitCode::timed_out,
                      "the cluster approved the certificate, but did not sign it",
                      "its controller manager has no signer for users "
                      "(--cluster-signing-cert-file): use --via token");
  }
  return error;
}

// Approves the request and waits for the certificate (PEM).
Result<std::string> approved_certificate(KubeClient& client, const Json& request,
                                         const Call& call) {
  const auto ref = TRY(ref_of(request));
  TRY(client.replace(approved_request(request), "approval", call));
  const auto waited =
      wait_until_ready(client, {{.ref = ref, .rule = signing_state}},
                       {.deadline = client.clock().now() + signing_patience, .stop = call.stop});
  const auto live = TRY(client.get(ref, {.stop = call.stop})).value_or(Json::object());
  if (!waited) {
    return fail(not_signed(waited.error(), live));
  }
  auto certificate = from_base64(string_at(live, "status.certificate"));
  if (!certificate) {
    return fail(ExitCode::step_failed, "the cluster's certificate is not base64");
  }
  return std::move(*certificate);
}

// The certificate for the request; the object is gone afterwards, whatever came of it.
Result<std::string> signed_certificate(const AccessScope& scope, const Json& request,
                                       const Call& call) {
  const auto ref = TRY(ref_of(request));
  auto created = scope.client->create(request, call);
  auto certificate =
      created ? approved_certificate(*scope.client, *created, call) : fail(created.error());
  const auto removed = scope.client->remove(ref, {}, clean_up());
  if (removed) {
    TRY(forget_access(scope, {ref}, clean_up()));
  }
  return certificate;
}

Json user_entry(const std::string& certificate, const std::string& key) {
  return {{"client-certificate-data", to_base64(certificate)}, {"client-key-data", to_base64(key)}};
}

}  // namespace

Result<AccessCredentials> grant_certificate(const AccessScope& scope, const AccessRequest& request,
                                            const AccessRole& role, const Call& call) {
  const auto made =
      TRY(make_certificate_request({.common_name = request.user, .organization = role.group}));
  const auto signing = signing_request(scope.profile, made.request, request.duration);
  const auto home = access_namespace_object(scope.profile);
  TRY(record_access(scope, {home, signing}, call));
  TRY(apply_object(*scope.client, home, {.call = call}));
  const auto certificate = TRY(signed_certificate(scope, signing, call));
  if (!TRY(certificate_fits(certificate, made.key))) {
    return fail(ExitCode::step_failed, "the cluster signed another key than the one it was sent");
  }
  const auto until = TRY(certificate_end(certificate));
  // Before the certificate leaves this process: none is handed out that `list` would not know.
  const auto record =
      certificate_record(scope.profile, signing_request_name(made.request), request, role, until);
  TRY(record_access(scope, {record}, call));
  TRY(apply_object(*scope.client, record, {.call = call}));
  return AccessCredentials{.user = user_entry(certificate, made.key), .until = until};
}

}  // namespace dpctl
