"""Hostile cells, lines and blocks by name, each a text that grows with a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HEADER = "| Time | Title | Venue | Paper | Code |\n| --- | --- | --- | --- | --- |\n"
_CODE = "[c](https://github.com/a/b)"


class Case(NamedTuple):
    """A name, the smaller of the two sizes to measure, and the text of a size."""

    name: str
    size: int
    text: Callable[[int], str]


def row(title: str, link: int, date: str = "2025.01", code: str = "-") -> str:
    paper = f"[link](https://arxiv.org/abs/2501.{link % 100_000:05d})"
    return f"| {date} | {title} | arXiv'25 | {paper} | {code} |\n"


def numbered(count: int, make: Callable[[int], str]) -> str:
    """A table; none of its rows is remembered from another one when the numbers stand in them."""
    return HEADER + "".join(map(make, range(count)))


def table(title: str = "A title") -> str:
    return HEADER + row(title, 1)


def section(name: str, body: str) -> str:
    return f"\n## {name}\n\n{body}"


def contents(names: Iterable[str]) -> str:
    return "".join(f"- [{name}](#{name.lower().replace(' ', '-')})\n" for name in names)


def listed(count: int, body: str) -> str:
    names = [f"S {number}" for number in range(count)]
    return contents(names) + "".join(section(name, body) for name in names)


# --- one cell, up to the longest that is read


def _cells_of(text: str) -> Callable[[int], str]:
    return lambda n: numbered(20, lambda i: row(f"{i} {text * (n // len(text))}", 1))


def _addresses_of(text: str) -> Callable[[int], str]:
    return lambda n: numbered(
        20, lambda i: row(f"[a](https://{i}.x/{text * (n // len(text))}z)", 1)
    )


def _padded(marks: str) -> Callable[[int], str]:
    """Marks up to the number that is read, before a text of letters."""
    return lambda n: numbered(20, lambda i: row(f"{i} {marks} http://x {'a ' * (n // 2)}", 1))


_LONGEST = 4_900
_MARKS = """[ ]( [a]( [a](b) ![ ![a](b) *a_ _ ~~a < <a <a` <!-- ` ``a` \\ \\| <http:// (
    https://a.b/ & &amp; &# $ [](< {[ 中 2025. arXiv:""".split()
_SOME_MARKS = ["[ " * 55, "![a](b)" * 29, "[a](" * 30, "*a " * 390, "<a " * 390, "<!-- " * 390]
_ADDRESSES = """a/ doi.org/10.1/full .full ?utm_a=b& & %41 github.com/ https:// http://a@ . - [ ] }
    \\ # ， _paper 1""".split()

CELLS = [
    *(Case(f"cells of {text}", _LONGEST, _cells_of(text)) for text in _MARKS),
    *(
        Case(f"cells of {text!r}", _LONGEST, _cells_of(text))
        for text in ("*a ", "- ", "<a href=b ")
    ),
    *(Case(f"cells of {text[:6]}, letters", _LONGEST, _padded(text)) for text in _SOME_MARKS),
    *(Case(f"address of {text}", _LONGEST, _addresses_of(text)) for text in _ADDRESSES),
    Case("address of doi parts", _LONGEST, _addresses_of("doi.org/10.1234/a.full.full")),
    Case("cells of words", _LONGEST, _cells_of("word ")),
    Case(
        "cells of new words",
        500,
        lambda n: numbered(
            40, lambda i: row(" ".join(str(i * j * 7_919 % 99_991) for j in range(n)), 1)
        ),
    ),
    Case(
        "cells of an open tag",
        _LONGEST,
        lambda n: numbered(20, lambda i: row(f"{i} <a href=" + "x" * n, 1)),
    ),
    Case(
        "cells of an ignoring comment",
        _LONGEST,
        lambda n: numbered(20, lambda i: row(f"{i} <!-- listwright-ignore-next-row" + " " * n, 1)),
    ),
    Case(
        "rows of links",
        50,
        lambda n: numbered(n, lambda i: row(f"[t](https://x.org/{i}) " * 55, 1)),
    ),
    Case("rows of marks", 50, lambda n: numbered(n, lambda i: row(f"{i} " + "*_~`<" * 79, 1))),
]


# --- one line


def _badges(number: int) -> str:
    image = f"![x](https://img.shields.io/github/stars/a/c{number})"
    return f"[a](https://github.com/a/b{number}) | {image} | "


LINES = [
    Case("row of pipes", 50_000, lambda n: table() + "|" * n + "\n"),
    Case("row of cells", 25_000, lambda n: table() + "| a " * n + "|\n"),
    Case(
        "row of blanks",
        25_000,
        lambda n: numbered(9, lambda i: row("A", i)) + "| a " + "| " * n + "| b |\n",
    ),
    Case(
        "row of broken links",
        1_000,
        lambda n: table() + ("| " + "[a] (http://x.org) | " * n + "\n") * 2,
    ),
    Case("row of badges", 1_000, lambda n: table() + "| " + "".join(map(_badges, range(n))) + "\n"),
    Case("header of cells", 10_000, lambda n: "| a " * n + "|\n" + "| - " * n + "|\n" + "| b " * n),
    Case(
        "short rows under many columns",
        200,
        lambda n: "| a " * n + "|\n" + "| - " * n + "|\n" + "| b |\n" * 1_000,
    ),
    Case("line of letters", 1_000_000, lambda n: "a" * n),
    Case("line of blanks", 1_000_000, lambda n: "a|b\n" + " " * n + "x\n"),
    Case("heading of marks", 250_000, lambda n: "# " + "`_[<!--" * (n // 7) + "\n\n" + HEADER),
    Case("heading of blanks", 250_000, lambda n: "# a" + " " * n + "b\n\n" + HEADER),
    Case("delimiter of dashes", 1_000_000, lambda n: "a|b\n|" + "-" * n + "x\n"),
    Case("delimiter of cells", 50_000, lambda n: "a|b\n" + "|---" * n + "x\n"),
    Case("entry of marks", 250_000, lambda n: HEADER + "\n- [a](#b)" + " [(" * (n // 3)),
    Case("prose of marks", 250_000, lambda n: HEADER + "\n" + "[a](#b `_<!--" * (n // 13)),
    Case("headings in html", 250_000, lambda n: listed(4, table()) + "<div>" + "<h1>" * (n // 4)),
    Case("summaries", 50_000, lambda n: "<details>" + "<summary>" * n + "\n"),
    Case("labels", 50_000, lambda n: "<b>" * n + "</b>\n\n" + HEADER),
]


# --- blocks


def _entries_by_turns(count: int) -> str:
    """Contents in which found, renamed and lost entries take turns."""
    names = [f"S {number}" for number in range(2 * count)]
    turns = (f"- [S {i}](#s-{i})\n- [X {i}](#x)\n- [S {i + 1}](#y)\n" for i in range(0, count, 2))
    return contents(names) + "".join(turns) + "".join(section(name, "") for name in names) + HEADER


def _entries_to_both_ends(count: int) -> str:
    turns = (f"- [A](#first)\n- [X {i}](#x)\n- [B](#last)\n- [A](#first)\n" for i in range(count))
    middle = "".join(section(f"M {number}", "") for number in range(count))
    return "".join(turns) + section("First", "") + middle + section("Last", table())


def _headings_without_entry(count: int) -> str:
    rest = (section(f"U {number}", table()) for number in range(count // 10))
    return listed(count, table()) + "".join(rest)


def _strays(count: int) -> str:
    """Tables of different shapes, and rows that stand in none."""
    wide = (
        f"| h{i} | b | c |\n|---|---|---|\n" + f"| {_CODE} | b | c |\n" * 2 for i in range(count)
    )
    rows = (f"# S {i}\n\n| {_CODE} | {_CODE} | {i} |\n" for i in range(count))
    return "\n".join([*wide, *rows])


BLOCKS = [
    Case("quotes in quotes", 2_000, lambda n: "> " * n + "a\n"),
    Case("lists in lists", 500, lambda n: "".join("  " * i + "- a\n" for i in range(n))),
    Case("list in one line", 2_000, lambda n: "- " * n + "a\n"),
    Case(
        "details in details",
        10_000,
        lambda n: "<details>\n<summary>A</summary>\n\n" * n + table() + "\n</details>\n" * n,
    ),
    Case("headers alone", 20_000, lambda n: "a|b\n" * n),
    Case("paragraphs", 20_000, lambda n: "a\n\n" * n),
    Case("underlined headings", 20_000, lambda n: "a\n---\n" * n),
    Case("headings", 20_000, lambda n: "# a\n" * n + HEADER),
    Case(
        "headings of blanks",
        1_000,
        lambda n: ("# a" + " " * 900 + "b\n\n") * n + listed(4, table()),
    ),
    Case("references", 10_000, lambda n: "".join(f"[r{i}]: http://e.com/{i}\n" for i in range(n))),
    Case("open titles", 10_000, lambda n: "".join(f'[r{i}]: e{i} "\n' for i in range(n))),
    Case("html", 20_000, lambda n: "<p>\n\n" * n + HEADER),
    Case("comments", 20_000, lambda n: HEADER + "<!-- -->\n" * n + row("A", 1)),
    Case("tables in a comment", 20_000, lambda n: "<!--\n" + table() * n + "-->\n" + table()),
    Case("bold lines", 10_000, lambda n: "**a**\n\n" * n + HEADER),
    Case("tables", 1_000, lambda n: "\n".join(table(f"T {i}") for i in range(n))),
    Case("empty tables", 1_000, lambda n: "a|b\n-|-\n\n" * n),
    Case(
        "tables with marks",
        1_000,
        lambda n: "\n".join(HEADER + row("T", i, code=f"<!-- {i} -->-") for i in range(n)),
    ),
    Case("tables that do not fit", 1_000, lambda n: "|a|b|c|\n|---|---|\n|1|2|3|\n\n" * n),
    Case("rows beside tables", 500, _strays),
    Case("sections", 1_000, lambda n: listed(n, table())),
    Case("sections of one name", 1_000, lambda n: section("S", table()) * n),
    Case(
        "entries that lead nowhere",
        2_500,
        lambda n: listed(2 * n, "") + contents(map(str, range(n))) + HEADER,
    ),
    Case("entries by turns", 2_500, _entries_by_turns),
    Case("entries to both ends", 2_500, _entries_to_both_ends),
    Case("headings without entries", 1_000, _headings_without_entry),
]
