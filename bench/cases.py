"""Hostile lists by name, each a text that grows with a number. Everything in them is invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HEADER = "| Time | Title | Venue | Paper | Code |\n| --- | --- | --- | --- | --- |\n"


class Case(NamedTuple):
    """A name, the smaller of the two sizes to measure, and the text of a size."""

    name: str
    size: int
    text: Callable[[int], str]


def row(title: str, link: int, date: str = "2025.01", code: str = "-") -> str:
    paper = f"[link](https://arxiv.org/abs/2501.{link % 100_000:05d})"
    return f"| {date} | {title} | arXiv'25 | {paper} | {code} |\n"


def numbered(count: int, make: Callable[[int], str]) -> str:
    return HEADER + "".join(make(number) for number in range(count))


def cell(content: str) -> str:
    return HEADER + row(content, 1)


def section(name: str, body: str) -> str:
    return f"\n## {name}\n\n{body}"


def contents(names: Iterable[str]) -> str:
    return "".join(f"- [{name}](#{name.lower().replace(' ', '-')})\n" for name in names)


def listed(count: int, body: str) -> str:
    names = [f"S {number}" for number in range(count)]
    return contents(names) + "".join(section(name, body) for name in names)


def cell_of(text: str) -> Callable[[int], str]:
    return lambda n: cell(text * (n // len(text)))


def addresses_of(text: str) -> Callable[[int], str]:
    return lambda n: cell(f"[a](https://{text * (n // len(text))})") * 9


# Up to the longest cell that is read: mistletoe is quadratic in some of these.
_CELL = 4_900
_MARKS = """[ ]( [a]( [a](b) ![ *a_ _ ~~a < <a` <!-- ` ``a` \\ \\| <http:// https://a.b/ & &amp; (
    $ [](< 中 2025. arXiv:""".split()
_ADDRESSES = """a/ doi.org/10.1/full openaccess.thecvf.com/a_paper/ ?utm_a=b& %41 github.com/
    https:// a@ . - [""".split()

CELLS = [
    *(Case(f"cell of {text}", _CELL, cell_of(text)) for text in _MARKS),
    Case("cell of '*a '", _CELL, cell_of("*a ")),
    Case("cell of '- '", _CELL, cell_of("- ")),
    *(Case(f"address of {text}", 2_400, addresses_of(text)) for text in _ADDRESSES),
    Case("bad cells", 50, lambda n: cell("*a [b](c_ " * 55 + "_*" * 100) * n),
    Case("cells of links", 50, lambda n: cell("[a](b) " * 59) * n),
    Case(
        "rows of links", 50, lambda n: numbered(n, lambda _: row("[t](https://x.org/a) " * 55, 1))
    ),
    Case("cells of marks", 50, lambda n: cell("*_~`<" * 79) * n),
    Case("long titles", 500, lambda n: numbered(n, lambda i: row(f"{'many words ' * 90}{i}", i))),
]

LINES = [
    Case("row of pipes", 50_000, lambda n: HEADER + "|" * n + "\n"),
    Case("row of cells", 25_000, lambda n: HEADER + "| a " * n + "|\n"),
    Case("header of cells", 10_000, lambda n: "| a " * n + "|\n" + "| - " * n + "|\n" + "| b " * n),
    Case("line of letters", 1_000_000, lambda n: "a" * n),
    Case("line of blanks", 1_000_000, lambda n: "a|b\n" + " " * n + "x\n"),
    Case("heading of marks", 250_000, lambda n: "# " + "`_[<!--" * (n // 7) + "\n\n" + HEADER),
    Case("delimiter of dashes", 1_000_000, lambda n: "a|b\n|" + "-" * n + "x\n"),
    Case("delimiter of cells", 100_000, lambda n: "a|b\n" + "|---" * n + "x\n"),
    Case("entry of marks", 250_000, lambda n: HEADER + "\n- [a](#b)" + " [(" * (n // 3)),
    Case("prose of marks", 250_000, lambda n: HEADER + "\n" + "[a](#b `_<!--" * (n // 13)),
    Case("html headings", 250_000, lambda n: listed(4, cell("A")) + "<div>" + "<h1>" * (n // 4)),
    Case("summaries", 50_000, lambda n: "<details>" + "<summary>" * n + "\n"),
    Case("labels", 50_000, lambda n: "<b>" * n + "</b>\n\n" + HEADER),
]

BLOCKS = [
    Case("quotes in quotes", 2_000, lambda n: "> " * n + "a\n"),
    Case("lists in lists", 500, lambda n: "".join("  " * i + "- a\n" for i in range(n))),
    Case("list in one line", 2_000, lambda n: "- " * n + "a\n"),
    Case("headers alone", 20_000, lambda n: "a|b\n" * n),
    Case("paragraphs", 20_000, lambda n: "a\n\n" * n),
    Case("underlined headings", 20_000, lambda n: "a\n---\n" * n),
    Case("headings", 20_000, lambda n: "# a\n" * n + HEADER),
    Case("references", 10_000, lambda n: "".join(f"[r{i}]: http://e.com/{i}\n" for i in range(n))),
    Case("open titles", 10_000, lambda n: "".join(f'[r{i}]: e{i} "\n' for i in range(n))),
    Case("html", 20_000, lambda n: "<p>\n\n" * n + HEADER),
    Case("comments", 20_000, lambda n: HEADER + "<!-- -->\n" * n + row("A", 1)),
    Case("bold lines", 10_000, lambda n: "**a**\n\n" * n + HEADER),
    Case("tables", 2_500, lambda n: "\n".join(cell(f"T {i}") for i in range(n))),
    Case(
        "tables that do not fit", 2_500, lambda n: "| a | b | c |\n|---|---|\n| 1 | 2 | 3 |\n\n" * n
    ),
    Case("sections", 1_250, lambda n: listed(n, cell("A title"))),
    Case(
        "sections of one name", 1_250, lambda n: "".join(section("S", cell("A")) for _ in range(n))
    ),
    Case(
        "lost entries", 2_500, lambda n: listed(2 * n, "") + contents(map(str, range(n))) + HEADER
    ),
    Case(
        "headings without entries",
        1_250,
        lambda n: (
            listed(n, cell("A")) + "".join(section(f"U{i}", cell("A")) for i in range(n // 10))
        ),
    ),
]


def _broken(number: int) -> str:
    return row(f"T {number}", number).replace(" a", "\na", 1 if number % 3 == 0 else 0)


def _open(number: int) -> str:
    line = row(f"T {number}", number)
    return line if number % 20 else line.removesuffix(" |\n") + "\n"


def _scattered(number: int) -> str:
    return row(
        f"T {number}", number, f"{2025 - number * 7919 % 15}.{1 + number * 104_729 % 12:02d}"
    )


def _falling(number: int) -> str:
    return row(f"T {number}", number, f"{3000 - number // 12}.{12 - number % 12:02d}")


def _swapped(number: int) -> str:
    return row(f"Tool{number}: words", number, code=f"[c](https://github.com/a/tool{number ^ 1})")


ROWS = [
    Case("identical rows", 5_000, lambda n: numbered(n, lambda _: row("The same title always", 1))),
    Case(
        "one link, many titles", 5_000, lambda n: numbered(n, lambda i: row(f"T {i} of {i * i}", 1))
    ),
    Case(
        "one title, many links", 5_000, lambda n: numbered(n, lambda i: row("One title of many", i))
    ),
    Case(
        "titles with one beginning",
        5_000,
        lambda n: numbered(n, lambda i: row(f"Counting every single river and brook {i}", i)),
    ),
    Case(
        "titles with one end",
        5_000,
        lambda n: numbered(n, lambda i: row(f"Brook {i} beside every river", i)),
    ),
    Case("rows in no order", 5_000, lambda n: numbered(n, _scattered)),
    Case("rows in order", 5_000, lambda n: numbered(n, _falling)),
    Case("short rows", 5_000, lambda n: numbered(n, lambda i: row("A", i)[:-6] + "\n")),
    Case("long rows", 5_000, lambda n: numbered(n, lambda i: row("A | B", i))),
    Case("empty rows", 5_000, lambda n: HEADER + "| | | | | |\n" * n),
    Case(
        "one code link",
        5_000,
        lambda n: numbered(n, lambda i: row(f"T {i}", i, code="[c](https://github.com/a/b)")),
    ),
    Case("code links of other rows", 5_000, lambda n: numbered(n, _swapped)),
    Case("rows without closing pipe", 5_000, lambda n: numbered(n, _open)),
    Case("rows broken in two", 5_000, lambda n: numbered(n, _broken)),
    Case("rows with gaps", 5_000, lambda n: HEADER + "\n".join(row(f"T {i}", i) for i in range(n))),
    Case(
        "rows without header",
        5_000,
        lambda n: numbered(9, lambda i: row("T", i)) + "\n# A\n\n" + (row("T", 1) + "\n") * n,
    ),
    Case(
        "venues", 5_000, lambda n: numbered(n, lambda i: row("T", i).replace("arXiv'", f"Conf{i}'"))
    ),
]

CASES = [*CELLS, *LINES, *BLOCKS, *ROWS]
