// SPDX-License-Identifier: Apache-2.0
// A small tool catalogue for tests.
#pragma once

#include <string>

#include "tools/catalogue.hpp"
#include "util/sha256.hpp"

namespace dpctl::test {

inline const std::string spade_file = "the spade itself";
inline const std::string spade_url = "https://example.test/spade";
inline const std::string rake_url = "https://example.test/rake";

/// spade (pinned), rake (publisher's checksums), hose (nothing vouches for it), and seed and weed,
/// which one build makes.
inline ToolCatalogue sample_tools() {
  std::string text = R"(apiVersion: dpctl.dev/v1
kind: ToolCatalogue
providers: {kind: [spade]}
tools:
- &spade
  name: spade
  purpose: digs
  version: 1.2.3
  accepted: {min: 1.0.0, below: 2.0.0}
  broken: [{version: 1.1.0, reason: its handle breaks (garden#7)}]
  question: {arguments: [--version], pattern: 'v([0-9.]+)'}
  release:
    url: https://example.test/spade
    platforms: {linux-amd64: {sha256: DIGEST}}
  go: {module: example.test/spade, package: example.test/spade/cmd/spade, variables: ['main.v={version}']}
- <<: *spade
  name: rake
  release:
    url: https://example.test/rake
    checksums: '{url}.sums'
    platforms: {linux-amd64: {}}
- <<: *spade
  name: hose
  release: {url: 'https://example.test/hose', platforms: {linux-amd64: {}}}
- <<: *spade
  name: seed
  release: {url: 'https://example.test/seed', platforms: {}}
  go: {method: require, module: example.test/beds, package: example.test/beds/seed, together: beds}
- <<: *spade
  name: weed
  release: {url: 'https://example.test/weed', platforms: {}}
  go: {method: require, module: example.test/beds, package: example.test/beds/weed, together: beds}
)";
  text.replace(text.find("DIGEST"), 6, sha256(spade_file));
  return parse_tool_catalogue(text, "sample.yaml").value();
}

}  // namespace dpctl::test
