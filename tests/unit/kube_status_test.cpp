// SPDX-License-Identifier: Apache-2.0
#include "kube/status.hpp"

#include <catch2/catch_test_macros.hpp>

#include "support/fake_api.hpp"

using namespace dpctl;

TEST_CASE("a webhook that cannot be reached is worth another try, one that refuses is not") {
  const auto down = status_answer(500, "InternalError",
                                  "Internal error occurred: failed calling webhook "
                                  "\"mutate.spark.io\": failed to call webhook: Post "
                                  "\"https://spark-webhook.spark.svc:9443/mutate\": dial tcp "
                                  "10.96.1.1:9443: connect: connection refused");
  CHECK(transient_reason(down) == "the webhook mutate.spark.io does not answer yet");
  const auto certificate =
      status_answer(500, "InternalError",
                    "failed calling webhook \"a\": x509: certificate signed by unknown authority");
  CHECK(transient_reason(certificate));
  const auto refused =
      status_answer(403, "Forbidden", "admission webhook \"a\" denied the request: no");
  CHECK_FALSE(transient_reason(refused));
  CHECK_FALSE(
      is_webhook_transport_error("admission webhook \"a\" denied the request: connection refused"));
}

TEST_CASE("a busy server and a namespace on its way out are waited for, plain refusals are not") {
  CHECK(transient_reason(status_answer(429, "TooManyRequests", "slow down")));
  CHECK(transient_reason({.status = 503}));
  CHECK(transient_reason(status_answer(500, "InternalError", "etcdserver: leader changed")));
  CHECK(transient_reason(
      status_answer(403, "Forbidden",
                    "unable to create new content in namespace a because it is being terminated")));
  CHECK(transient_reason(
      {.status = 500, .body = "dial tcp 127.0.0.1:6443: connect: connection refused"}));
  CHECK_FALSE(transient_reason(status_answer(500, "InternalError", "boom")));
  CHECK_FALSE(transient_reason(status_answer(403, "Forbidden", "you may not")));
  CHECK_FALSE(transient_reason(status_answer(409, "Conflict", "Apply failed with 1 conflict")));
  CHECK_FALSE(
      transient_reason({.status = 500, .body = "getting credentials: exec: aws: not found"}));
}

TEST_CASE("Retry-After is read in seconds, nonsense is ignored") {
  CHECK(retry_after({.headers = {{"retry-after", "7"}}}) == std::chrono::seconds(7));
  CHECK_FALSE(retry_after({.headers = {{"retry-after", "soon"}}}));
  CHECK_FALSE(retry_after({}));
}

TEST_CASE("an API that is not served is told from an object that is not there") {
  CHECK(is_unknown_api(
      status_answer(404, "NotFound", "the server could not find the requested resource")));
  CHECK_FALSE(
      is_unknown_api(status_answer(404, "NotFound", "pods \"a\" not found", {{"name", "a"}})));
  CHECK_FALSE(is_unknown_api({.status = 200}));
}

TEST_CASE("an error says what was done and what the server said, with a hint where there is one") {
  const Error error =
      status_error(status_answer(403, "Forbidden", "you may not"), "create Pod a/b");
  CHECK(summary_line(error) == "create Pod a/b: you may not");
  CHECK(error.code == ExitCode::unfit);
  CHECK_FALSE(error.hint.empty());
  CHECK(status_error(status_answer(422, "Invalid", "spec.selector: field is immutable"), "x")
            .hint.find("remove the object") != std::string::npos);
  CHECK(status_error(status_answer(422, "Invalid", "spec.x: required"), "x").hint.empty());
  CHECK(summary_line(status_error({.status = 418}, "x")) == "x: the API server answered 418");
}
