from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import rules
from rules import DocumentError, parse
from tests import lists

if TYPE_CHECKING:
    from collections.abc import Callable


def refusal(text: str) -> str:
    with pytest.raises(DocumentError) as refused:
        parse(text)
    return str(refused.value)


def test_a_file_over_a_limit_is_refused_with_the_limit() -> None:
    assert refusal("x" * 10_000_001) == "The file is larger than 10 MB; split it."
    assert refusal("中" * 3_400_000) == "The file is larger than 10 MB; split it."
    rows = "|1|2|\n" * 50_001
    assert refusal(f"|a|b|\n|-|-|\n{rows}").startswith("The file has 50,001 rows")
    tables = "|a|b|\n|-|-|\n\n" * 5_001
    assert refusal(tables) == "The file has 5,001 tables, the limit is 5,000; split it."
    wide = "|a" * 1_000 + "|\n" + "|-" * 1_000 + "|\n" + "|1|\n" * 1_000
    assert refusal(wide) == "The file has 1,001,000 cells, the limit is 1,000,000; split it."
    cell = "x" * 20_001
    assert refusal(f"|a|b|\n|-|-|\n|1|2|\n|1|{cell}|\n") == (
        "A cell in line 4 is longer than 20,000 characters; shorten it."
    )


def test_what_just_keeps_the_limits_is_read() -> None:
    cell = "x" * 20_000
    (table,) = parse(f"|a|b|\n|-|-|\n|1|{cell}|\n").tables
    assert len(table.rows[0].cells[1].raw) == 20_000


def in_cell(content: str) -> str:
    return f"| a | b |\n|---|---|\n| 1 | {content} |\n"


HOSTILE: dict[str, Callable[[], str]] = {
    "quotes": lambda: ">" * 5_000 + " a\n",
    "spaced quotes": lambda: "> " * 5_000 + "a\n",
    "lists": lambda: "".join("  " * n + "- a\n" for n in range(300)),
    "lists in one line": lambda: "- " * 5_000 + "a\n",
    "numbered lists": lambda: "1. " * 5_000 + "a\n",
    "a table deep in quotes": lambda: "".join(f"{'> ' * 500}{x}\n" for x in ("a|b", "-|-", "1|2")),
    "blanks after a header": lambda: "a|b\n" + " " * 16_000 + "x\n",
    "blanks in a delimiter": lambda: "a|b\n|" + " " * 16_000 + "x\n",
    "dashes": lambda: "a|b\n" + "-" * 16_000 + "x\n",
    "delimiters": lambda: "a|b\n" + "|---" * 5_000 + "x\n",
    "headers without rows": lambda: "a|b\n" * 10_000,
    "unclosed links": lambda: in_cell("[a](" * 4_000),
    "links": lambda: in_cell("[a](b)" * 3_000),
    "closing brackets": lambda: in_cell("](" * 8_000),
    "opening brackets": lambda: in_cell("[" * 16_000),
    "pictures": lambda: in_cell("![" * 8_000),
    "nested brackets": lambda: in_cell("[" * 3_000 + "a" + "](b)" * 3_000),
    "emphasis": lambda: in_cell("*a _b " * 3_000),
    "nested emphasis": lambda: in_cell("*" * 1_000 + "a" + "*" * 1_000),
    "code": lambda: in_cell("".join("`" * (n % 50 + 1) + "a" for n in range(640))),
    "tags": lambda: in_cell("<a " * 6_000),
    "comments": lambda: in_cell("<!-- " * 3_500),
    "addresses": lambda: in_cell("<http://" * 2_400),
    "backslashes": lambda: in_cell("\\" * 19_000),
    "pipes": lambda: "| a | b |\n|---|---|\n" + "|" * 16_000 + "\n",
    "blanks in a heading": lambda: "# a" + " " * 100_000 + "b\n",
    "pictures in a bracket": lambda: in_cell("[" + "![a](b)" * 29 + " http://x"),
    "addresses in a tag": lambda: in_cell(("<a" + " href=" + "x" * 1_900) * 10),
    "brackets in an address": lambda: in_cell(f"[a](https://x.org/{']' * 19_000}x)"),
    "separators in an address": lambda: in_cell(f"[a](https://x.org/?utm_a=b{'&' * 19_000}x)"),
    "blanks in a comment": lambda: in_cell(
        f"<!-- listwright-ignore-next-row{' ' * 19_000} |\n| 1 | [a] (http://x.org)"
    ),
    "a row of broken links": lambda: in_cell("[a] (http://x.org) | " * 5_000),
    "a row of badges": lambda: in_cell(
        "[a](https://github.com/a/b) | ![](https://img.shields.io/github/stars/a/c) | " * 2_000
    ),
    "a row of blanks": lambda: in_cell("2 |\n" * 9 + "| 1 " + "| " * 10_000 + "| b"),
    "references": lambda: "".join(f"[r{n}]: https://e.example\n" for n in range(5_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_judged_or_refused_like_any_other(name: str) -> None:
    text = HOSTILE[name]()
    try:
        document = parse(text)
    except DocumentError as refused:
        assert str(refused).endswith(("please.", "it."))  # noqa: PT017  both ends are right
    else:
        assert all(said.line <= text.count("\n") for said in rules.lint(document))
        assert parse(lists.good(3)).tables, "reading one file leaves nothing behind for the next"
