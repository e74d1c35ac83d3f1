// SPDX-License-Identifier: Apache-2.0
#include "kube/release.hpp"

#include <zlib.h>

#include <catch2/catch_test_macros.hpp>

#include "kube/base64.hpp"
#include "support/fake_api.hpp"

using namespace dpctl;

namespace {

std::string gzipped(const std::string& text) {
  std::string packed(text.size() + 200, '\0');
  z_stream stream{};
  deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string input = text;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

Json secret(const std::string& name, int revision, const std::string& status,
            const std::string& fingerprint = "") {
  Json object = {{"apiVersion", "v1"},
                 {"kind", "Secret"},
                 {"metadata",
                  {{"name", "sh.helm.release.v1." + name + ".v" + std::to_string(revision)},
                   {"namespace", "a"},
                   {"uid", name + std::to_string(revision)},
                   {"labels",
                    {{"owner", "helm"},
                     {"name", name},
                     {"version", std::to_string(revision)},
                     {"status", status}}}}}};
  if (!fingerprint.empty()) {
    object["metadata"]["labels"]["dpctl.dev/fingerprint"] = fingerprint;
  }
  return object;
}

Json with_payload(const std::string& inner) {
  Json object = secret("spark", 1, "deployed");
  object["data"]["release"] = to_base64(to_base64(inner));
  return object;
}

}  // namespace

TEST_CASE("the newest revision speaks for a release, by number and not by name") {
  const auto releases =
      releases_of({secret("spark", 9, "superseded"), secret("spark", 10, "deployed", "f10"),
                   secret("spark", 11, "pending-upgrade", "f11"), secret("kafka", 1, "failed")});
  REQUIRE(releases.size() == 2);
  const Release& spark = releases.at({"a", "spark"});
  CHECK(spark.latest.revision == 11);
  CHECK(spark.pending());
  CHECK(spark.deployed->fingerprint == "f10");
  const Release& kafka = releases.at({"a", "kafka"});
  CHECK_FALSE(kafka.deployed);
  CHECK_FALSE(kafka.pending());
  CHECK(kafka.latest.fingerprint.empty());
}

TEST_CASE("one list of metadata tells all releases") {
  FakeApi api;
  KubeClient client(api.transport());
  api.put(secret("spark", 1, "deployed", "f"));
  api.put({{"apiVersion", "v1"},
           {"kind", "Secret"},
           {"metadata", {{"name", "other"}, {"namespace", "a"}}}});
  CHECK(list_releases(client, {})->size() == 1);
  CHECK(api.requests() ==
        std::vector<std::string>{"GET /api/v1/secrets?labelSelector=owner=helm&limit=500"});
  CHECK(api.sent("GET").back().headers.at("Accept").find("PartialObjectMetadataList") !=
        std::string::npos);
}

TEST_CASE("a release is decoded through its layers, packed or not") {
  const std::string text =
      dump({{"chart", {{"metadata", {{"name", "spark-operator"}, {"version", "2.5.2"}}}}},
            {"manifest", "---\nkind: ConfigMap\n"},
            {"hooks", {{{"manifest", "kind: Job"}}}}});
  for (const auto& inner : {gzipped(text), text}) {
    const auto content = decode_release(with_payload(inner));
    REQUIRE(content);
    CHECK(content->chart == "spark-operator");
    CHECK(content->chart_version == "2.5.2");
    CHECK(content->manifest == "---\nkind: ConfigMap\n");
    CHECK(content->hooks == std::vector<std::string>{"kind: Job"});
  }
}

TEST_CASE("a release that is cut short, no base64, or a bomb is an error") {
  const std::string packed = gzipped(std::string(1000, 'x'));
  CHECK_FALSE(decode_release(with_payload(packed.substr(0, packed.size() / 2))));
  Json nonsense = secret("spark", 1, "deployed");
  nonsense["data"]["release"] = "!!";
  CHECK_FALSE(decode_release(nonsense));
  CHECK_FALSE(decode_release(secret("spark", 1, "deployed")));
  const auto bomb = decode_release(with_payload(gzipped(std::string((64UL << 20U) + 1, ' '))));
  REQUIRE(!bomb);
  CHECK(bomb.error().message.find("unpacks to more than") != std::string::npos);
}

TEST_CASE("only the one pending revision is removed, and only if it is still the same") {
  FakeApi api;
  KubeClient client(api.transport());
  api.put(secret("spark", 1, "deployed"));
  api.put(secret("spark", 2, "pending-upgrade"));
  const auto releases = *list_releases(client, {});
  REQUIRE(remove_revision(client, releases.at({"a", "spark"}).latest, {}));
  CHECK(api.object("/api/v1/namespaces/a/secrets/sh.helm.release.v1.spark.v1"));
  CHECK_FALSE(api.object("/api/v1/namespaces/a/secrets/sh.helm.release.v1.spark.v2"));
  CHECK(api.sent("DELETE").at(0).body.find(R"("uid":"spark2")") != std::string::npos);
}
