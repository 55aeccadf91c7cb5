"""What a merge brings together: no paper twice in a section, and each row in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rules import _twins
from rules._context import Context
from rules._diagnostic import Severity, apply
from rules._document import parse
from rules._registry import Config, all_rules, lint

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rules._twins import Entry
    from rules._versions import Version

_ORDERS = ("alphabet-order", "date-order")
_ROUNDS = 50


class Piece(NamedTuple):
    """A line, and where it comes from: a line of the tip, or of the head; counted from 0."""

    text: str
    end: str
    tip: int | None
    head: int | None


class Known(NamedTuple):
    """A row of the head, by line and title, whose paper the tip got meanwhile in that section."""

    line: int
    title: str
    section: str


@dataclass(frozen=True)
class Draft:
    """A merged text, line by line.

    Attributes:
        pieces: its lines.
        tip: the list as its branch has it now.
        ours: the lines of the head that are new rows.
        theirs: the lines of the tip that are new rows.
        placed: the lines of the head for which a place had to be found.
    """

    pieces: tuple[Piece, ...]
    tip: Version
    ours: Collection[int]
    theirs: Collection[int]
    placed: Collection[int]

    def settled(self, *, ends: bool) -> tuple[str, tuple[Known, ...]]:
        """The text, without the rows that are there already; `ends`: with a line end."""
        known = list(self._known())
        left_out = {row.line - 1 for row in known}
        kept = [piece for piece in self.pieces if piece.head not in left_out]
        text = _write(kept, ends)
        wanted = {piece.text.strip() for piece in kept if piece.head in self.placed}
        return (self._sort(text, wanted) if wanted else text), tuple(known)

    def _known(self) -> Iterator[Known]:
        if not self.ours or not self.theirs:
            return
        document = parse(_write(self.pieces, ends=True))
        for group in _twins.twins(_twins.entries(Context(document, self.tip.conventions))):
            theirs = [e for e in group if self._piece(e).tip in self.theirs]
            for entry in group:
                line = self._piece(entry).head
                if (
                    line is not None
                    and line in self.ours
                    and any(_one_row(entry, other) for other in theirs)
                ):
                    title = entry.listed.title(entry.row) or entry.row.raw.strip()
                    yield Known(line + 1, title, entry.listed.table.section.title)

    def _piece(self, entry: Entry) -> Piece:
        return self.pieces[entry.row.line - 1]

    def _sort(self, text: str, wanted: Collection[str]) -> str:
        """Bring the rows for which a place was found to where the list's own order has them."""
        config = None
        for _ in range(_ROUNDS):
            told = [
                found
                for found in lint(parse(text), config, self.tip.conventions)
                if found.rule in _ORDERS and found.row in wanted and found.fix and found.fix.safe
            ]
            moved = apply(text, [edit for each in told if each.fix for edit in each.fix.edits])
            if moved == text:
                break
            # Rows for one place move one by one; what other rules say of them is known by now.
            text, wanted, config = moved, {each.row for each in told}, _orders_alone()
        return text


def _orders_alone() -> Config:
    others = [rule.name for rule in all_rules() if rule.name not in _ORDERS]
    return Config(dict.fromkeys(others, Severity.OFF))


def _one_row(one: Entry, other: Entry) -> bool:
    return one.section == other.section and not _twins.has_another_name(one, other)


def _write(pieces: Collection[Piece], ends: bool) -> str:
    text = "".join(piece.text + piece.end for piece in pieces)
    if ends or not pieces:
        return text
    return text.removesuffix([*pieces][-1].end)
