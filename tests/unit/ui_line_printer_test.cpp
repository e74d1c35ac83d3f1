// SPDX-License-Identifier: Apache-2.0
#include "ui/line_printer.hpp"

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ui/styled_line.hpp"

using namespace dpctl;

namespace {

EnvironmentLookup variables(std::map<std::string, std::string> values) {
  return [values](const char* name) -> std::optional<std::string> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  };
}

struct Screen {
  std::vector<std::string> writes;
  TerminalTraits traits{.live = true, .colour = false, .width = 20, .height = 10};
  LinePrinter printer{[this](std::string_view bytes) { writes.emplace_back(bytes); },
                      [this] { return traits; }};
};

StyledLine text(std::string words) { return {{Style::plain, std::move(words)}}; }

constexpr TerminalFacts terminal{.terminal = true, .width = 100, .height = 30};

}  // namespace

TEST_CASE("a terminal can be redrawn and coloured in its own size") {
  const auto traits = decide_traits(terminal, variables({{"TERM", "xterm"}, {"COLUMNS", "7"}}));
  CHECK(traits.live);
  CHECK(traits.colour);
  CHECK(traits.width == 100);
  CHECK(traits.height == 30);
}

TEST_CASE("a dumb terminal, and one without TERM, is neither redrawn nor coloured") {
  for (const auto& lookup : {variables({{"TERM", "dumb"}}), variables({})}) {
    const auto traits = decide_traits(terminal, lookup);
    CHECK_FALSE(traits.live);
    CHECK_FALSE(traits.colour);
  }
}

TEST_CASE("NO_COLOR takes the colours away and leaves the live lines") {
  const auto traits = decide_traits(terminal, variables({{"TERM", "xterm"}, {"NO_COLOR", "1"}}));
  CHECK(traits.live);
  CHECK_FALSE(traits.colour);
}

TEST_CASE("CLICOLOR_FORCE colours a pipe, 0 does not, and NO_COLOR wins over it") {
  CHECK(decide_traits({}, variables({{"CLICOLOR_FORCE", "1"}})).colour);
  CHECK_FALSE(decide_traits({}, variables({{"CLICOLOR_FORCE", "0"}})).colour);
  CHECK_FALSE(decide_traits({}, variables({{"CLICOLOR_FORCE", "1"}, {"NO_COLOR", "1"}})).colour);
  CHECK_FALSE(decide_traits({}, variables({{"CLICOLOR_FORCE", "1"}})).live);
}

TEST_CASE(
    "COLUMNS and LINES count where the terminal does not know its size, if they are numbers") {
  const TerminalFacts unsized{.terminal = true};
  const auto told =
      decide_traits(unsized, variables({{"TERM", "xterm"}, {"COLUMNS", "132"}, {"LINES", "50"}}));
  CHECK(told.width == 132);
  CHECK(told.height == 50);
  const auto garbage = decide_traits(unsized, variables({{"COLUMNS", "12x"}, {"LINES", "-3"}}));
  CHECK(garbage.width == 80);
  CHECK(garbage.height == 24);
}

TEST_CASE("without live lines, lines go out as they are, in one write") {
  Screen screen;
  screen.traits.live = false;
  screen.printer.show({text("a line that is longer than twenty columns"), text("b")},
                      {text("live")});
  REQUIRE(screen.writes.size() == 1);
  CHECK(screen.writes[0] == "a line that is longer than twenty columns\nb\n");
}

TEST_CASE("live lines are redrawn in place, each cut to one column less than the width") {
  Screen screen;
  screen.printer.show({}, {text("0123456789012345678901234"), text("short")});
  screen.printer.show({}, {text("one")});
  REQUIRE(screen.writes.size() == 2);
  CHECK(screen.writes[0] == "\x1b[?25l\r012345678901234567…\x1b[K\nshort\x1b[K\n\x1b[J\x1b[?25h");
  CHECK(screen.writes[1] == "\x1b[?25l\x1b[2A\rone\x1b[K\n\x1b[J\x1b[?25h");
}

TEST_CASE("lines that stay are printed in full above the live block, in one write with it") {
  Screen screen;
  screen.printer.show({}, {text("live")});
  screen.printer.show({text("a finished step, longer than the window")}, {text("live")});
  CHECK(screen.writes.at(1) ==
        "\x1b[?25l\x1b[1A\r\x1b[Ja finished step, longer than the "
        "window\nlive\x1b[K\n\x1b[J\x1b[?25h");
}

TEST_CASE("a window made narrower has wrapped the live lines, and all their rows are taken back") {
  Screen screen;
  screen.printer.show({}, {text("0123456789012345678")});
  screen.traits.width = 10;
  screen.printer.show({}, {text("x")});
  CHECK(screen.writes.at(1).starts_with("\x1b[?25l\x1b[2A\r"));
}

TEST_CASE("the live block is gone when the printer is, and the cursor never stays hidden") {
  std::vector<std::string> writes;
  {
    LinePrinter printer([&](std::string_view bytes) { writes.emplace_back(bytes); },
                        [] { return TerminalTraits{.live = true}; });
    printer.show({}, {text("live")});
  }
  REQUIRE(writes.size() == 2);
  CHECK(writes[1] == "\x1b[?25l\x1b[1A\r\x1b[J\x1b[?25h");
  for (const auto& bytes : writes) {
    CHECK(bytes.ends_with("\x1b[?25h"));
  }
}

TEST_CASE("a style becomes colour where colours are wanted") {
  Screen screen;
  screen.traits = {.live = false, .colour = true};
  screen.printer.show({{{Style::good, "ok"}, {Style::plain, " fine"}}});
  CHECK(screen.writes.at(0) == "\x1b[32mok\x1b[0m fine\n");
}

TEST_CASE("a line is cut across its spans, and shows that something was cut") {
  const StyledLine line = {{Style::good, "✔ "}, {Style::plain, "title"}, {Style::faint, "  note"}};
  CHECK(plain_text(elided(line, 13)) == "✔ title  note");
  CHECK(plain_text(elided(line, 12)) == "✔ title  no…");
  CHECK(plain_text(elided(line, 7)) == "✔ titl…");
  CHECK(columns(elided(line, 4)) == 4);
}

TEST_CASE("what a child wrote cannot move the cursor: escape sequences and controls go") {
  CHECK(without_controls("a\x1b[31mred\x1b[0m b") == "ared b");
  CHECK(without_controls("\x1b]0;title\ax") == "x");
  CHECK(without_controls("10%\r20%\tdone\x7f") == "10% 20% done ");
  CHECK(without_controls("cut off\x1b[3") == "cut off");
  CHECK(without_controls("end\x1b") == "end");
}
