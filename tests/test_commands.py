from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import Command, nearest, parse

FIX = Command("fix")
UNKNOWN = Command("unknown")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/listwright fix", FIX),
        ("  /ListWright FIX  ", FIX),
        ("And\n\t/listwright\tfix", FIX),
        ("Thanks!\r\n/listwright fix\r\nBye", FIX),
        ("/listwright fix please", FIX),
        ("/listwright recheck", Command("recheck")),
        ("/listwright update", Command("update")),
        ("/listwright help", Command("help")),
        ("/listwright explain date-order", Command("explain", "date-order")),
        ("/listwright explain `Date-Order`", Command("explain", "date-order")),
        ("/listwright explain gravity", Command("explain", "gravity")),
        ("/listwright explain", UNKNOWN),
        ("/listwright", UNKNOWN),
        ("/listwright dance", UNKNOWN),
        ("/listwright ignore", Command("ignore")),
        ("/listwright ignore date-order", Command("ignore", "date-order")),
        ("/listwright ignore date-order as `v2` is", Command("ignore", "date-order", "as `v2` is")),
        ("/listwright ignore the date is right", Command("ignore", "", "the date is right")),
        ("/listwright ignore date-ordr it is right", UNKNOWN),
    ],
)
def test_a_line_says_what_to_do(text: str, command: Command) -> None:
    assert parse(text) == (command,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fix",
        "please /listwright fix",
        "/listwrighter fix",
        "/listwright-fix",
        "@listwright fix",
        "> /listwright fix",
        "  >/listwright fix",
        "```\n/listwright fix\n```",
        "~~~~ text\n~~~\n/listwright fix\n~~~~",
        "```\n/listwright fix",
        "`/listwright fix`",
        "`one\n/listwright fix\nthree`",
        "``one ` two\n/listwright fix``",
        "<!-- /listwright fix -->",
        "<!--\n/listwright fix\n-->",
        "<!--\n/listwright fix",
        "For example:\n\n    /listwright fix",
        "\t/listwright fix",
    ],
)
def test_what_is_quoted_or_shown_is_not_asked_for(text: str) -> None:
    assert parse(text) == ()


@pytest.mark.parametrize(
    "before",
    [
        "> quoted",
        "```\ncode\n```",
        "```\n<!--\n```",
        "<!-- ``` -->",
        "<!--\n```\n-->",
        "a lone ` backtick\n\nand\n",
        "\\` escaped",
        "`code`",
        "``` not a fence ```",
        "> ```",
    ],
)
def test_a_command_is_seen_after_what_has_ended(before: str) -> None:
    assert parse(f"{before}\n/listwright fix\nthat ` I said") == (FIX,)


def test_several_commands_are_done_each_once_and_five_at_most() -> None:
    lines = ["fix", "recheck", "FIX", "explain date-order", "explain date-order"]
    assert parse("\n".join(f"/listwright {line}" for line in lines)) == (
        FIX,
        Command("recheck"),
        Command("explain", "date-order"),
    )
    assert len(parse("\n".join(f"/listwright explain r{n}" for n in range(99)))) == 5


def test_a_reason_is_cut() -> None:
    [command] = parse("/listwright ignore " + "because " * 900)
    assert len(command.reason) == 300


def test_a_name_that_is_nearly_right_is_known() -> None:
    assert nearest("dateorder") == "date-order"
    assert nearest("gravity") is None


PIECES = st.sampled_from(
    [
        *"` ``` ~~~ > <!-- --> /listwright fix ignore explain date-order \\ é \0".split(" "),
        *("\n", "\r\n", " ", "\t", "\u2028"),
    ]
)


@given(st.text() | st.lists(PIECES, max_size=200).map("".join))
def test_any_text_means_five_commands_at_most(text: str) -> None:
    assert len(parse(text)) <= 5


@pytest.mark.parametrize(
    "text",
    [
        "/listwright ignore " + "x" * 60_000,
        "".join("`" * n + " " for n in range(1, 350)),
        *(
            part * 30_000
            for part in ("`", "` ", "<!--", "~~~\n", "    \n", "    x\n", " \t\n", "\\", "> ")
        ),
    ],
)
def test_a_text_made_to_keep_us_busy_is_read_as_any_other(text: str) -> None:
    assert len(parse(text)) <= 1
