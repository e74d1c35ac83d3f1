// SPDX-License-Identifier: Apache-2.0
#include "platform/access.hpp"

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <memory>
#include <set>

#include "kube/base64.hpp"
#include "platform/access_objects.hpp"
#include "platform/client_certificate.hpp"
#include "support/fake_api.hpp"

using namespace dpctl;

namespace {

using std::chrono::hours;
using std::chrono::seconds;

struct Free {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_REQ* request) const { X509_REQ_free(request); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Owned<X509_REQ> read_request(const std::string& pem) {
  const Owned<BIO> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return Owned<X509_REQ>(PEM_read_bio_X509_REQ(bio.get(), nullptr, nullptr, nullptr));
}

std::string entry_of(X509_REQ* request, int nid) {
  std::array<char, 128> text{};
  X509_NAME_get_text_by_NID(X509_REQ_get_subject_name(request), nid, text.data(), text.size());
  return text.data();
}

// What kube-controller-manager does with an approved request; valid from 1970 to 2030-01-01.
std::string signed_by_cluster(const std::string& request_pem) {
  const auto request = read_request(request_pem);
  const Owned<EVP_PKEY> authority(EVP_EC_gen("P-256"));
  const Owned<X509> certificate(X509_new());
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()), 0);
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()), 1'893'456'000);
  X509_set_subject_name(certificate.get(), X509_REQ_get_subject_name(request.get()));
  X509_set_pubkey(certificate.get(), X509_REQ_get0_pubkey(request.get()));
  X509_sign(certificate.get(), authority.get(), EVP_sha256());
  const Owned<BIO> bio(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(bio.get(), certificate.get());
  std::string pem(BIO_ctrl_pending(bio.get()), '\0');
  BIO_read(bio.get(), pem.data(), static_cast<int>(pem.size()));
  return pem;
}

enum class Signer { signs, denies, sleeps };

// A cluster with the APIs that access needs, and somebody who answers signing requests.
class Cluster {
 public:
  explicit Cluster(Signer signer = Signer::signs) : signer_(signer), client_(transport(), clock()) {
    api.serve("v1", "ServiceAccount serviceaccounts", true);
    api.serve("rbac.authorization.k8s.io/v1", "RoleBinding rolebindings", true);
    api.serve("rbac.authorization.k8s.io/v1", "ClusterRole clusterroles", false);
    api.serve("certificates.k8s.io/v1", "CertificateSigningRequest certificatesigningrequests",
              false);
    auto loaded = Inventory::load(client_, "demo", {});
    REQUIRE(loaded);
    inventory_ = std::make_unique<Inventory>(std::move(*loaded));
  }

  AccessScope scope() {
    return {.client = &client_, .inventory = inventory_.get(), .profile = "demo"};
  }
  std::set<ObjectRef> recorded() const { return inventory_->of(std::string(access_inventory)); }
  std::size_t listed(const std::string& api_version, const std::string& kind) {
    const auto found = client_.list({.api_version = api_version, .kind = kind});
    REQUIRE(found);
    return found->size();
  }
  std::size_t signing_requests() {
    return listed("certificates.k8s.io/v1", "CertificateSigningRequest");
  }
  std::size_t bindings() { return listed("rbac.authorization.k8s.io/v1", "RoleBinding"); }
  void answer_token(const std::string& user, const std::string& token, const std::string& until) {
    api.script("POST", "/serviceaccounts/" + user + "/token",
               json_answer(201, {{"status", {{"token", token}, {"expirationTimestamp", until}}}}));
  }

  FakeApi api;

 private:
  // Each look at it takes five seconds, so that a wait for nothing ends.
  static Clock clock() {
    const auto now = std::make_shared<std::atomic<long>>(0);
    return {.now = [now] { return std::chrono::steady_clock::time_point(seconds(*now += 5)); },
            .pause = [](std::chrono::milliseconds, const std::stop_token&) {}};
  }

  HttpTransport transport() {
    return [this, inner = api.transport()](const HttpRequest& request,
                                           const std::stop_token& stop) -> Result<HttpResponse> {
      if (request.method == "PUT" && request.url.find("/approval") != std::string::npos) {
        return decide(*parse_json(request.body, "body"));
      }
      return inner(request, stop);
    };
  }

  HttpResponse decide(Json request) {
    const auto body = request;
    if (signer_ == Signer::denies) {
      request["status"]["conditions"] = Json::array({{{"type", "Denied"},
                                                      {"status", "True"},
                                                      {"reason", "Policy"},
                                                      {"message", "not on a Saturday"}}});
    }
    if (signer_ == Signer::signs) {
      const auto pem = from_base64(string_at(request, "spec.request"));
      request["status"]["certificate"] = to_base64(signed_by_cluster(*pem));
    }
    api.put(request);
    return json_answer(200, body);
  }

  Signer signer_;
  KubeClient client_;
  std::unique_ptr<Inventory> inventory_;
};

AccessRole role(const std::string& name) {
  return {.name = name,
          .cluster_role = "dpctl:demo:" + name,
          .group = "dpctl:" + name,
          .namespaces = {"jobs", "ops"}};
}

AccessRequest request_for(const std::string& user, AccessWay way) {
  return {.user = user, .way = way, .duration = hours(24)};
}

}  // namespace

TEST_CASE(
    "a certificate request names user and group, is signed by its key, and never comes twice") {
  const auto one =
      make_certificate_request({.common_name = "alice@example.org", .organization = "dpctl:view"});
  const auto two =
      make_certificate_request({.common_name = "alice@example.org", .organization = "dpctl:view"});
  REQUIRE(one);
  REQUIRE(two);
  CHECK(one->key != two->key);
  CHECK(one->key.starts_with("-----BEGIN PRIVATE KEY-----\n"));
  const auto request = read_request(one->request);
  REQUIRE(request);
  CHECK(entry_of(request.get(), NID_commonName) == "alice@example.org");
  CHECK(entry_of(request.get(), NID_organizationName) == "dpctl:view");
  CHECK(X509_REQ_verify(request.get(), X509_REQ_get0_pubkey(request.get())) == 1);

  const auto certificate = signed_by_cluster(one->request);
  CHECK(certificate_fits(certificate, one->key).value());
  CHECK_FALSE(certificate_fits(certificate, two->key).value());
  CHECK(certificate_end(certificate).value() == "2030-01-01T00:00:00Z");
}

TEST_CASE("what OpenSSL cannot do is an error that tells why") {
  CHECK(make_certificate_request({.common_name = std::string(65, 'a'), .organization = "o"})
            .error()
            .code == ExitCode::unfit);
  const auto end = certificate_end("no certificate");
  REQUIRE_FALSE(end);
  CHECK(end.error().message.starts_with("OpenSSL could not read the certificate: "));
}

TEST_CASE("a role that the cluster has not got sends to setup") {
  Cluster cluster;
  const auto missing = check_access_is_set_up(cluster.scope(), role("view"), {});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ExitCode::unfit);
  CHECK(missing.error().hint == "dpctl setup --profile demo");
  cluster.api.put({{"apiVersion", "rbac.authorization.k8s.io/v1"},
                   {"kind", "ClusterRole"},
                   {"metadata", {{"name", "dpctl:demo:view"}}}});
  CHECK(check_access_is_set_up(cluster.scope(), role("view"), {}));
}

TEST_CASE("a certificate is requested, approved and fetched; the request goes, a record stays") {
  Cluster cluster;
  const auto given = grant_certificate(
      cluster.scope(), request_for("alice@example.org", AccessWay::certificate), role("view"), {});
  REQUIRE(given);
  CHECK(given->until == "2030-01-01T00:00:00Z");
  const auto certificate = from_base64(string_at(given->user, "client-certificate-data"));
  const auto key = from_base64(string_at(given->user, "client-key-data"));
  CHECK(certificate_fits(certificate.value(), key.value()).value());

  const auto posts = cluster.api.sent("POST");
  const auto posted = std::ranges::find_if(posts, [](const HttpRequest& request) {
    return request.url.find("certificatesigning") != std::string::npos;
  });
  REQUIRE(posted != posts.end());
  const auto request = *parse_json(posted->body, "body");
  CHECK(request["spec"]["signerName"] == "kubernetes.io/kube-apiserver-client");
  CHECK(request["spec"]["usages"] == Json::array({"client auth"}));
  CHECK(request["spec"]["expirationSeconds"] == 86'400);
  CHECK(request["metadata"]["labels"]["dpctl.dev/profile"] == "demo");

  CHECK(cluster.signing_requests() == 0);
  for (const auto& ref : cluster.recorded()) {
    CHECK(ref.kind != "CertificateSigningRequest");
  }
  const auto grants = list_access(cluster.scope(), "2026-01-01T00:00:00Z", {});
  REQUIRE(grants);
  REQUIRE(grants->size() == 1);
  CHECK(grants->front().user == "alice@example.org");
  CHECK(grants->front().role == "view");
  CHECK(list_access(cluster.scope(), "2030-01-01T00:00:00Z", {})->empty());
}

TEST_CASE("no request carries the private key") {
  Cluster cluster;
  const auto given = grant_certificate(
      cluster.scope(), request_for("alice", AccessWay::certificate), role("view"), {});
  REQUIRE(given);
  const auto key = string_at(given->user, "client-key-data");
  for (const char* method : {"POST", "PUT", "PATCH"}) {
    for (const auto& request : cluster.api.sent(method)) {
      CHECK(request.body.find("PRIVATE KEY") == std::string::npos);
      CHECK(request.body.find(key.substr(60, 40)) == std::string::npos);
    }
  }
}

TEST_CASE("a request that is denied is told with its reason, and removed") {
  Cluster cluster(Signer::denies);
  const auto given = grant_certificate(
      cluster.scope(), request_for("alice", AccessWay::certificate), role("view"), {});
  REQUIRE_FALSE(given);
  CHECK(given.error().code == ExitCode::refused);
  CHECK(given.error().message.find("Policy: not on a Saturday") != std::string::npos);
  CHECK(cluster.signing_requests() == 0);
}

TEST_CASE("a cluster without a signer is told after a while, with the other way") {
  Cluster cluster(Signer::sleeps);
  const auto given = grant_certificate(
      cluster.scope(), request_for("alice", AccessWay::certificate), role("view"), {});
  REQUIRE_FALSE(given);
  CHECK(given.error().code == ExitCode::timed_out);
  CHECK(given.error().hint.find("--via token") != std::string::npos);
  CHECK(cluster.signing_requests() == 0);
}

TEST_CASE("a token's account is bound in each namespace, recorded, and has one role at a time") {
  Cluster cluster;
  cluster.answer_token("alice", "T1", "2026-11-22T12:00:00Z");
  const auto first =
      grant_token(cluster.scope(), request_for("alice", AccessWay::token), role("admin"), {});
  REQUIRE(first);
  CHECK(first->user == Json({{"token", "T1"}}));
  CHECK(cluster.bindings() == 2);
  CHECK(cluster.recorded().contains({"v1", "ServiceAccount", "dpctl-access-demo", "alice"}));

  cluster.answer_token("alice", "T2", "2026-11-21T12:00:00Z");
  REQUIRE(grant_token(cluster.scope(), request_for("alice", AccessWay::token), role("view"), {}));
  CHECK(cluster.bindings() == 2);
  const auto binding = cluster.api.object(
      "/apis/rbac.authorization.k8s.io/v1/namespaces/jobs/rolebindings/dpctl:demo:view:alice");
  REQUIRE(binding);
  CHECK((*binding)["subjects"][0]["namespace"] == "dpctl-access-demo");
  CHECK_FALSE(cluster.recorded().contains(
      {"rbac.authorization.k8s.io/v1", "RoleBinding", "jobs", "dpctl:demo:admin:alice"}));

  const auto grants = list_access(cluster.scope(), "2027-01-01T00:00:00Z", {});
  REQUIRE(grants);
  REQUIRE(grants->size() == 1);
  CHECK(grants->front().role == "view");
  CHECK(grants->front().until ==
        "2026-11-22T12:00:00Z");  // the first token lives longer than the second
}

TEST_CASE("an account that dpctl did not make does not become a user") {
  Cluster cluster;
  cluster.api.put({{"apiVersion", "v1"},
                   {"kind", "ServiceAccount"},
                   {"metadata", {{"name", "default"}, {"namespace", "dpctl-access-demo"}}}});
  const auto given =
      grant_token(cluster.scope(), request_for("default", AccessWay::token), role("view"), {});
  REQUIRE_FALSE(given);
  CHECK(given.error().code == ExitCode::refused);
  CHECK(cluster.bindings() == 0);
}

TEST_CASE("revoke takes the account and its bindings, and tells of certificates that stay") {
  Cluster cluster;
  cluster.answer_token("alice", "T1", "2026-11-22T12:00:00Z");
  REQUIRE(grant_token(cluster.scope(), request_for("alice", AccessWay::token), role("edit"), {}));
  REQUIRE(grant_certificate(cluster.scope(), request_for("alice", AccessWay::certificate),
                            role("view"), {}));

  const auto revoked = revoke_access(cluster.scope(), "alice", "2026-11-21T12:00:00Z", {});
  REQUIRE(revoked);
  CHECK(revoked->token);
  REQUIRE(revoked->certificates.size() == 1);
  CHECK(revoked->certificates.front().until == "2030-01-01T00:00:00Z");
  CHECK(cluster.bindings() == 0);
  CHECK(cluster.listed("v1", "ServiceAccount") == 0);
  CHECK(std::ranges::none_of(cluster.recorded(), [](const ObjectRef& ref) {
    return ref.kind == "ServiceAccount" || ref.kind == "RoleBinding";
  }));
}

TEST_CASE("revoke of a user without access suggests one who has") {
  Cluster cluster;
  REQUIRE(grant_certificate(cluster.scope(), request_for("alice", AccessWay::certificate),
                            role("view"), {}));
  const auto revoked = revoke_access(cluster.scope(), "alise", "2026-11-21T12:00:00Z", {});
  REQUIRE_FALSE(revoked);
  CHECK(revoked.error().code == ExitCode::usage);
  CHECK(revoked.error().message == "'alise' has no access; did you mean 'alice'?");
}
