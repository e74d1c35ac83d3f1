// SPDX-License-Identifier: Apache-2.0
// .env files: KEY=VALUE lines, as docker compose and its like read them, without substitution.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "util/result.hpp"

namespace dpctl {

/// The variables of a .env file. `export ` in front is allowed; '…' is taken as it is, "…" knows
/// \n, \t, \", \\ and \$; a value without quotes ends before " #". Fails (invalid_input) with
/// file:line where a line is none of that.
Result<std::map<std::string, std::string>> parse_dotenv(std::string_view text,
                                                        std::string_view file);

}  // namespace dpctl
