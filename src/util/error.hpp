// SPDX-License-Identifier: Apache-2.0
// What went wrong, told so that a user can act on it, and the exit code that it means.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dpctl {

/// The exit codes of every verb; the README's table is this enum.
enum class ExitCode : int {
  done = 0,
  step_failed = 1,
  usage = 2,
  invalid_input = 3,  // a profile, component or template is wrong
  tool = 4,           // a tool is missing, too old, or known to be broken
  unfit = 5,          // this machine or cluster cannot run what is asked
  timed_out = 6,
  refused = 7,            // needs --yes, or is not ours to touch
  not_desired_state = 8,  // status, plan --exit-code
  bug = 70,
  interrupted = 130,
  terminated = 143,
};

/// A place in a file; lines and columns count from 1, 0 means unknown.
struct SourcePos {
  std::string file;
  int line = 0;
  int column = 0;
};

/// "file:line:column", without the parts that are unknown.
std::string to_string(const SourcePos& pos);

struct Error {
  ExitCode code = ExitCode::step_failed;
  std::string message;
  std::vector<std::string> context;  // what was being done, outermost first
  std::optional<SourcePos> where;
  std::string hint;           // what to do about it; may be empty
  std::string command;        // as one could paste it, secrets masked; empty if no command failed
  std::string output_tail;    // the last lines that the command wrote
  std::filesystem::path log;  // the full output, empty if there is none
};

/// One line: place, context and message, without hint, command or output.
std::string summary_line(const Error& error);

/// Everything that is known, over several lines, as `main` prints it behind "dpctl: ".
std::string full_text(const Error& error);

/// An error of that code; a shorthand for the common case.
Error make_error(ExitCode code, std::string message, std::string hint = {});

/// Returns a function that puts `what` in front of an error's context:
/// `load(x).map_error(in("profile kind"))`.
inline auto in(std::string_view what) {
  return [text = std::string(what)](Error error) {
    error.context.insert(error.context.begin(), text);
    return error;
  };
}

}  // namespace dpctl
