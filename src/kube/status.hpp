// SPDX-License-Identifier: Apache-2.0
// What the API server means by an answer: an error for the user, or something that passes and is
// worth another try. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "util/http.hpp"
#include "util/json.hpp"
#include "util/result.hpp"

namespace dpctl {

/// The Status object of an answer, or what can be told without one.
struct ApiStatus {
  long code = 0;
  std::string reason;  // "NotFound", "Conflict", "Invalid", …; empty where the body is no Status
  std::string message;
  std::vector<Json> causes;  // details.causes
};

ApiStatus status_of(const HttpResponse& response);

/// Why an answer may be another one in a moment, in words for a note ("the admission webhook x does
/// not answer yet"); nothing where trying again is no use.
std::optional<std::string> transient_reason(const HttpResponse& response);

/// Whether a webhook could not be reached (as opposed to: it refused).
bool is_webhook_transport_error(std::string_view message);

/// The server's Retry-After, if it sent one.
std::optional<std::chrono::milliseconds> retry_after(const HttpResponse& response);

/// A 404 that means: this API is not served (yet), as opposed to: no such object.
bool is_unknown_api(const HttpResponse& response);

/// The error for an answer with a status of 400 and up; `what` is what was asked for: "create
/// Deployment a/b".
Error status_error(const HttpResponse& response, std::string_view what);

}  // namespace dpctl
