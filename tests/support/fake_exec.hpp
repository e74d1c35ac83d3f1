// SPDX-License-Identifier: Apache-2.0
// Stands in for other programs at the one seam, Exec: keeps what was asked and replays answers.
#pragma once

#include <algorithm>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "util/process.hpp"
#include "util/result.hpp"

namespace dpctl::test {

/// An answer with exit code 0.
inline Finished answer(std::string out = {}) {
  Finished finished;
  finished.out = out;
  finished.both = std::move(out);
  return finished;
}

/// An answer of a program that failed.
inline Finished failure(std::string err, int exit_code = 1) {
  Finished finished;
  finished.exit_code = exit_code;
  finished.err = err;
  finished.both = std::move(err);
  return finished;
}

/// The arguments of a command, the program's path left out.
inline std::vector<std::string> arguments_of(const Command& command) {
  return {command.argv.begin() + 1, command.argv.end()};
}

/// What both fakes share: the commands in the order they came. Thread-safe; copies of `exec()`
/// refer to one record.
class ExecRecord {
 public:
  std::vector<Command> commands() const {
    const std::scoped_lock lock(*mutex_);
    return *commands_;
  }

  /// The last command; there must be one.
  Command last() const { return commands().at(commands().size() - 1); }

 protected:
  void record(const Command& command) const { commands_->push_back(command); }

  std::shared_ptr<std::mutex> mutex_ = std::make_shared<std::mutex>();
  std::shared_ptr<std::vector<Command>> commands_ = std::make_shared<std::vector<Command>>();
};

/// Gives its answers in order; a call too many fails.
class OrderedExec : public ExecRecord {
 public:
  explicit OrderedExec(std::deque<Result<Finished>> answers) : answers_(std::move(answers)) {}

  /// Valid as long as this object.
  Exec exec() {
    return [this](const Command& command, const std::stop_token&) -> Result<Finished> {
      const std::scoped_lock lock(*mutex_);
      record(command);
      if (answers_.empty()) {
        return fail(ExitCode::bug, "no answer left for " + pasteable(command));
      }
      auto next = std::move(answers_.front());
      answers_.pop_front();
      return next;
    };
  }

  std::size_t answers_left() const { return answers_.size(); }

 private:
  std::deque<Result<Finished>> answers_;
};

/// Answers by what the arguments begin with, as often as asked; the longest beginning wins.
/// Anything else fails.
class PrefixExec : public ExecRecord {
 public:
  void on(std::vector<std::string> beginning, Result<Finished> reply) {
    replies_.emplace_back(std::move(beginning), std::move(reply));
  }

  /// Valid as long as this object.
  Exec exec() {
    return [this](const Command& command, const std::stop_token&) -> Result<Finished> {
      const std::scoped_lock lock(*mutex_);
      record(command);
      const auto* const found = reply_to(arguments_of(command));
      if (found == nullptr) {
        return fail(ExitCode::bug, "no answer for " + pasteable(command));
      }
      return *found;
    };
  }

 private:
  const Result<Finished>* reply_to(const std::vector<std::string>& arguments) const {
    const Result<Finished>* best = nullptr;
    std::size_t longest = 0;
    for (const auto& [beginning, reply] : replies_) {
      const bool fits = beginning.size() <= arguments.size() &&
                        std::equal(beginning.begin(), beginning.end(), arguments.begin());
      if (fits && (best == nullptr || beginning.size() >= longest)) {
        best = &reply;
        longest = beginning.size();
      }
    }
    return best;
  }

  std::vector<std::pair<std::vector<std::string>, Result<Finished>>> replies_;
};

}  // namespace dpctl::test
