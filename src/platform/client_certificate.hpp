// SPDX-License-Identifier: Apache-2.0
// Keys and certificate requests of people, by OpenSSL; the only file that knows it for X.509.
#pragma once

#include <string>
#include <string_view>

#include "util/result.hpp"

namespace dpctl {

/// A longer common name or organization is not allowed by X.509 (ub-common-name).
inline constexpr std::size_t max_subject_bytes = 64;

/// Whom a certificate is for: Kubernetes reads the user from the first and the group from the
/// second.
struct CertificateSubject {
  std::string common_name;
  std::string organization;
};

/// A fresh private key and the request that it signed. The key must go nowhere but to its owner.
struct CertificateRequest {
  std::string key;      // EC P-256, PKCS#8, PEM
  std::string request;  // PKCS#10, PEM
};

/// Makes a key and a request for the subject; another one at each call. Fails (unfit) where OpenSSL
/// does.
Result<CertificateRequest> make_certificate_request(const CertificateSubject& subject);

/// The end of a certificate's validity as RFC 3339 in UTC. Fails (unfit) where `certificate` is no
/// PEM certificate.
Result<std::string> certificate_end(std::string_view certificate);

/// Whether the certificate is for that private key.
Result<bool> certificate_fits(std::string_view certificate, std::string_view key);

}  // namespace dpctl
