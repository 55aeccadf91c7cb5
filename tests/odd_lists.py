"""Lists for the tests to be drawn at random: good ones in which some cells and lines are odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests import lists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    # Row -> column -> what stands there.
    _Cells = Mapping[int, Mapping[str, str]]

TOKENS = (
    "| a | b |\n", "| --- | --- |\n", "|---|\n", "|", "||", " | ", "\\|", "\\", "-", "---", "\n",
    "\n\n", "\r\n", "\r", "\t", "    ", "# ", "## T\n", "===\n", "> ", "- ", "1. ", "```\n", "`",
    "``", "*", "**", "_", "~~", "[", "]", "](", ")", "[a](#t)", "- [T](#t)\n", "[x](https://",
    "https://arxiv.org/abs/2501.00001v2", "http://github.com/a/b/", "![", "<", "<a id='t'>",
    "<table>", "<!--", "-->", "<summary>", "</summary>", "&amp;", "&", "[r]: https://x.org\n",
    "2025.01", "2025-13-45", "N/A", "中文", "：", "🗺\ufe0f", "\ufeff", "\u200d", "\u2028", "\x0b",
    "\x0c", "\x85", "\x00", "\u00a0", "é", "ı", "İ", "%zz", "https://[", "//[::1]:x/",
)  # fmt: skip

# What may stand in a cell instead, by column; "any" stands for each of them.
_ODD: Mapping[str, tuple[str, ...]] = {
    "any": (
        "", "-", "N/A", "[]()", "[link]()", "`a`", "a \\| b", "a | b", "中文：表", "🗺\ufe0f",
        "<br>", "<!-- c -->", "a \u200b", "**a", "`a", "\\", "[a", "a]", "&lt;", "|",
        "<!-- listwright-ignore-next-row column-count, date-order -->",
    ),
    "time": ("2025-06", "2025.6", "2021.01", "2031.12", "2024.13", "06/2025", "2024..05", "soon"),
    "title": (
        lists.title(3), lists.title(3).replace("lantern", "lantren"), f"**{lists.title(4)}**",
        "Seven lighthouses of an unknown coast", "A title with a (bracket that is open",
        "A full stop at its end.", "** Odd ** marks",
        f"[{lists.title(5)}](https://x.org)", "`code`: 中文的题目", "**Half of it",
    ),
    "venue": ("ICLR 2025", "arXiv 2025", "arXiv", "arXvi'25", "ARXIV'25", "arXiv'19", "ACL'25"),
    "paper": (
        f"[link]({lists.paper(2)})", lists.paper(7), "[link] (https://x.org)",
        "[link](www.x.org/a)",
        "[link](https://www.arxiv.org/abs/2501.00001v2)", "[link](https://arxiv.org/abs/25a1.0)",
        "[link](http://doi.org/10.1/a)", "[link](https://x.org/a?utm_source=b&c=d)",
        "[link](https://github.com/a/b)", "[link](https://x.org", "[link](https:/x.org/a)",
        "[link](<https://x.org/a b>)", "<a href='https://x.org/a'>link</a>", "[link][r]",
        "[link](https://arxiv.org/abs/2513.00001)", "[link](https://a.org/https://a.org/)",
    ),
    "code": (
        lists.code(5), "[link](https://github.com/a/b.git)", "[link](https://github.com/a/b/)",
        f"[link]({lists.paper(2)})", "[link](https://a.github.io)", "none", "--", "soon",
        "[![s](https://img.shields.io/github/stars/a/c)](https://github.com/a/b)",
        "![s](https://img.shields.io/github/stars/a/b) [c](https://github.com/c/d)",
    ),
    "name": ("zither", "Aardvark", "the aool 3", "eool 4"),
    "kind": ("yes", "yess", "Yes", "maybe", "no"),
}  # fmt: skip

_ROWS, _TOOLS = 14, 22
_HEADINGS = {"Tides": "tides", "Knots": "knots", "Tools & Co": "tools--co", "End": "end"}
_ENTRIES = "".join(f"- [{name}](#{anchor})\n" for name, anchor in _HEADINGS.items())


def _tool(number: int, **cells: str) -> str:
    good = {"name": f"{chr(97 + number)}ool {number}", "kind": "yes", "code": lists.code(number)}
    return "| " + " | ".join((good | cells).values()) + " |"


def _text(papers: _Cells, tools: _Cells, order: Sequence[int]) -> str:
    """A list in which nothing is to be said but of the cells given, and of rows out of order."""
    rows = [
        lists.row(n, **{"code": lists.code(n) if n % 3 == 0 else "-", **papers.get(n, {})})
        for n in order
    ]
    kept = lists.table(
        (_tool(n, **tools.get(n, {})) for n in range(_TOOLS)),
        "| Name | Free | Code |\n|---|---|---|\n",
    )
    return (
        f"# A list\n\n{_ENTRIES}\n## Tides\n\n{lists.table(rows[:_ROWS])}\n"
        f"## Knots\n\n{lists.table(rows[_ROWS:])}\n## Tools & Co\n\n{kept}\n## End\n"
    )


GOOD = _text({}, {}, range(2 * _ROWS))


def _cells(columns: tuple[str, ...], rows: int) -> st.SearchStrategy[_Cells]:
    cell = st.sampled_from(columns).flatmap(
        lambda column: st.tuples(
            st.just(column), st.sampled_from(_ODD[column]) | st.sampled_from(_ODD["any"])
        )
    )
    row = st.lists(cell, min_size=1, max_size=2).map(dict)
    return st.dictionaries(st.integers(0, rows - 1), row, max_size=4)


@st.composite
def changed_lines(draw: st.DrawFn, text: str) -> str:
    """A text in which some lines are changed, doubled, dropped, split or moved."""
    lines = text.splitlines(keepends=True)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        cut = draw(st.integers(0, len(line)))
        rest = draw(st.integers(cut, min(len(line), cut + 12)))
        token = draw(st.sampled_from(TOKENS))
        lines[at : at + 1] = draw(
            st.sampled_from([
                [],
                [line, line],
                ["\n", line],
                [line[:cut] + token + line[rest:]],
                [line[:cut] + line[rest:]],
                [line[:cut], "\n", line[cut:]],
                [lines[draw(st.integers(0, len(lines) - 1))], line],
                [line.replace(" | ", " | | ", 1)],
            ])
        )  # fmt: skip
        lines = lines or ["\n"]
    return "".join(lines)


@st.composite
def _orders(draw: st.DrawFn) -> list[int]:
    """The papers' numbers in their order, but for two that may be exchanged."""
    numbers = list(range(2 * _ROWS))
    if draw(st.booleans()):
        one, other = draw(st.sampled_from(numbers)), draw(st.sampled_from(numbers))
        numbers[one], numbers[other] = numbers[other], numbers[one]
    return numbers


@st.composite
def odd_lists(draw: st.DrawFn) -> str:
    """A list with odd cells and lines, perhaps with other line ends or a mark before it."""
    papers = draw(_cells(("time", "title", "venue", "paper", "code"), 2 * _ROWS))
    tools = draw(_cells(("name", "kind", "code"), _TOOLS))
    text = draw(changed_lines(_text(papers, tools, draw(_orders()))))
    text = (
        draw(st.sampled_from(("", "\ufeff", "[r]: https://x.org/r\n\n", "<!-- | a | -->\n"))) + text
    )
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    return text.rstrip() if draw(st.booleans()) else text


anything = st.lists(st.sampled_from(TOKENS) | st.text(max_size=8), max_size=40).map("".join)
