// SPDX-License-Identifier: Apache-2.0
// The HTML and SVG of the page that timings.hpp makes.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "plan/outcome.hpp"

namespace dpctl {

/// `text` as it may stand in HTML text and quoted attributes.
std::string html_escaped(std::string_view text);

/// The distance between two lines of the time axis: a round number, so that about ten lines fit
/// into `total`.
std::chrono::milliseconds axis_step(std::chrono::milliseconds total);

/// The page for a run; the steps of `path` are marked as the chain that decided how long it took.
std::string timings_page(const Summary& summary, const std::vector<std::string>& path);

}  // namespace dpctl
