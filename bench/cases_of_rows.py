"""Hostile tables by name: what rules compare with other rows, in the worst ways."""

from __future__ import annotations

from functools import partial

from cases import Case, numbered, row

_CODE = "[c](https://github.com/a/b)"


def _two_titles(number: int) -> str:
    title = "Counting every single river" if number % 2 else "Many brooks beside an orchard"
    return row(title + " !" * (number % 7), 1)


def _scattered(number: int) -> str:
    date = f"{2025 - number * 7_919 % 15}.{1 + number * 104_729 % 12:02d}"
    return row(f"T {number}", number, date)


def _falling(number: int) -> str:
    return row(f"T {number}", number, f"{3_000 - number // 12}.{12 - number % 12:02d}")


def _unsorted(number: int) -> str:
    return f"| W{number * 7_919 % 100_003} | {_CODE} |\n"


def _swapped(number: int) -> str:
    return row(f"Tool{number}: words", number, code=f"[c](https://github.com/a/tool{number ^ 1})")


def _blank_or_mark(number: int) -> str:
    return row(f"T {number}", number, code="" if number % 2 else "-")


def _some_short(number: int) -> str:
    line = row(f"T {number}", number, code=_CODE)
    return line if number % 5 else line.replace(f" {_CODE} |", "")


def _some_bare(number: int) -> str:
    line = row(f"T {number}", number).replace("[link]", f"[link {number}]")
    return line if number % 20 else line.replace(f"[link {number}](", "").replace(") |", " |")


def _open(number: int) -> str:
    line = row(f"T {number}", number)
    return line if number % 20 else line.removesuffix(" |\n") + "\n"


def _broken(number: int) -> str:
    line = row(f"T {number}", number)
    return line if number % 3 else line.replace(" | arXiv", "\narXiv")


def _misspelt(number: int) -> str:
    venue = f"Conferense{number}'25" if number % 4 else f"Conference{number % 50}'25"
    return row(f"T {number}", number).replace("arXiv'25", venue)


def _silencing(number: int) -> str:
    return row(f"T {number} <!-- listwright-ignore-next-row duplicate-paper, shared-link -->", 1)


def _within(mark: str, text: str) -> str:
    return "".join(f"{mark}{line}\n" for line in text.splitlines())


def defective(number: int) -> str:
    """A row of a long list in which every row has something wrong."""
    line = row(f"Counting river {number} and brook {number}", number, code="[c](www.a.org/b)")
    return line.replace("arxiv.org", "www.arxiv.org") if number % 2 else line


_TABLES = {
    "identical rows": lambda _: row("The same title always", 1),
    "one link, many titles": lambda i: row(f"T {i} of {i * i}", 1),
    "one link, two titles": _two_titles,
    "one title, many links": lambda i: row("One title of many", i),
    "titles with one beginning": lambda i: row(f"Counting every single river and brook {i}", i),
    "titles with one end": lambda i: row(f"Brook {i} beside every river", i),
    "long titles": lambda i: row(f"{'many words ' * 90}{i}", 1),
    "rows in no order": _scattered,
    "rows in order": _falling,
    "rows before their papers": lambda i: row(f"T {i}", i, "2024.01"),
    "short rows": lambda i: row("A", i)[:-6] + "\n",
    "some short rows": _some_short,
    "long rows": lambda i: row("A | B", i),
    "empty rows": lambda _: "| | | | | |\n",
    "one code link": lambda i: row(f"T {i}", i, code=_CODE),
    "code links of other rows": _swapped,
    "blanks and marks": _blank_or_mark,
    "bare addresses": _some_bare,
    "rows without closing pipe": _open,
    "rows broken in two": _broken,
    "rows with gaps": lambda i: row(f"T {i}", i) + "\n",
    "venues": lambda i: row("T", i).replace("arXiv'", f"Conf{i}'"),
    "misspelt venues": _misspelt,
    "silenced rows": _silencing,
    "odd characters": lambda i: row(f"\x00\u2028\x0b\x0c\x85\ufeff{i}", i),
    "defective rows": defective,
}

ROWS = [
    *(Case(name, 2_500, partial(numbered, make=make)) for name, make in _TABLES.items()),
    Case(
        "names in no order",
        2_500,
        lambda n: "| Name | Code |\n|---|---|\n" + "".join(map(_unsorted, range(n))),
    ),
    Case("rows in a quote", 2_500, lambda n: _within("> ", numbered(n, _scattered))),
    Case("rows in a list", 2_500, lambda n: "- a\n\n" + _within("  ", numbered(n, _scattered))),
    Case(
        "rows without header",
        2_500,
        lambda n: numbered(9, _scattered) + "\n# A\n\n" + (row("T", 1) + "\n") * n,
    ),
    Case(
        "references",
        2_500,
        lambda n: "[r]: https://x.org\n\n" + numbered(n, lambda i: row(f"[t {i}][r]", i)),
    ),
]
