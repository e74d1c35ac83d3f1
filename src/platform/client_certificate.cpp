// SPDX-License-Identifier: Apache-2.0
#include "platform/client_certificate.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <ctime>
#include <functional>
#include <memory>

namespace dpctl {

namespace {

// The functions' addresses cannot be taken in a template argument of every OpenSSL version: some
// are macros.
struct Free {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(X509_REQ* request) const { X509_REQ_free(request); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

// OpenSSL's own reason; its error strings hold no key material.
tl::unexpected<Error> openssl_failed(std::string_view what) {
  std::array<char, 256> text{};
  ERR_error_string_n(ERR_get_error(), text.data(), text.size());
  ERR_clear_error();
  return fail(ExitCode::unfit, fmt::format("OpenSSL could not {}: {}", what, text.data()));
}

// What `write` puts into a BIO, as a string. The BIO's memory is cleared when it goes.
Result<std::string> written(const std::function<int(BIO*)>& write, std::string_view what) {
  const Owned<BIO> bio(BIO_new(BIO_s_secmem()));
  if (!bio || write(bio.get()) != 1) {
    return openssl_failed(what);
  }
  std::string text(BIO_ctrl_pending(bio.get()), '\0');
  if (BIO_read(bio.get(), text.data(), static_cast<int>(text.size())) !=
      static_cast<int>(text.size())) {
    return openssl_failed(what);
  }
  return text;
}

Owned<BIO> reader_of(std::string_view text) {
  return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

bool add_entry(X509_NAME* name, int nid, const std::string& value) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(value.data());
  return X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, bytes, static_cast<int>(value.size()),
                                    -1, 0) == 1;
}

Result<Owned<X509_REQ>> signed_request(const CertificateSubject& subject, EVP_PKEY* key) {
  Owned<X509_REQ> request(X509_REQ_new());
  if (!request) {
    return openssl_failed("make a certificate request");
  }
  X509_NAME* name = X509_REQ_get_subject_name(request.get());
  if (!add_entry(name, NID_organizationName, subject.organization) ||
      !add_entry(name, NID_commonName, subject.common_name)) {
    return openssl_failed("name the subject of a certificate request");
  }
  if (X509_REQ_set_pubkey(request.get(), key) != 1 ||
      X509_REQ_sign(request.get(), key, EVP_sha256()) == 0) {
    return openssl_failed("sign a certificate request");
  }
  return request;
}

Result<Owned<X509>> read_certificate(std::string_view certificate) {
  const auto bio = reader_of(certificate);
  Owned<X509> read(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!read) {
    return openssl_failed("read the certificate");
  }
  return read;
}

}  // namespace

Result<CertificateRequest> make_certificate_request(const CertificateSubject& subject) {
  const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
  if (!key) {
    return openssl_failed("make a key");
  }
  const auto request = TRY(signed_request(subject, key.get()));
  CertificateRequest made;
  made.key = TRY(written(
      [&](BIO* bio) {
        return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
      },
      "write a key"));
  made.request = TRY(written([&](BIO* bio) { return PEM_write_bio_X509_REQ(bio, request.get()); },
                             "write a certificate request"));
  return made;
}

Result<std::string> certificate_end(std::string_view certificate) {
  const auto read = TRY(read_certificate(certificate));
  std::tm end{};
  if (ASN1_TIME_to_tm(X509_get0_notAfter(read.get()), &end) != 1) {
    return openssl_failed("read the end of the certificate");
  }
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", end.tm_year + 1900, end.tm_mon + 1,
                     end.tm_mday, end.tm_hour, end.tm_min, end.tm_sec);
}

Result<bool> certificate_fits(std::string_view certificate, std::string_view key) {
  const auto read = TRY(read_certificate(certificate));
  const auto bio = reader_of(key);
  const Owned<EVP_PKEY> owned(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr)
                                  : nullptr);
  if (!owned) {
    return openssl_failed("read the key");
  }
  const bool fits = X509_check_private_key(read.get(), owned.get()) == 1;
  ERR_clear_error();
  return fits;
}

}  // namespace dpctl
