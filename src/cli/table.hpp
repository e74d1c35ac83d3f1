// SPDX-License-Identifier: Apache-2.0
// Tables on stdout, as kubectl prints them.
#pragma once

#include <string>
#include <vector>

namespace dpctl {

using Row = std::vector<std::string>;

/// Columns as wide as their widest cell, three blanks apart; the last one is not padded.
std::string table(const Row& header, const std::vector<Row>& rows);

}  // namespace dpctl
