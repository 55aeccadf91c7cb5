"""What comes of a request: rows to add, rows to correct, and what stands in the list already."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(StrEnum):
    """What comes of one paper of a request."""

    ROW = "row"
    CORRECTION = "correction"
    LISTED = "listed"  # it stands there, and nothing new was said of it
    VAGUE = "vague"  # something is wrong with its row, but not said what would be right
    UNFIT = "unfit"  # its table has no column for what is said
    UNFOUND = "unfound"  # the row that is to be corrected stands nowhere
    UNPLACED = "unplaced"  # no section is sure enough
    UNTITLED = "untitled"  # without a title there is no row
    ABSENT = "absent"  # its link leads to no paper
    WITHDRAWN = "withdrawn"  # by its authors


@dataclass(frozen=True, slots=True)
class Draft:
    """One paper of a request.

    Attributes:
        kind: what comes of it.
        name: its title, else its link; text of other people's.
        path: the list's file.
        line: where its row stands, or is to stand.
        section: the section's title.
        place: where in the section a new row goes, in words.
        row: the new row, or the corrected one; a line of Markdown.
        before: the row as it stands, for a correction.
        missing: headings of columns that nearly all rows fill, where nothing is known.
        wrong: what is said to be wrong, for VAGUE, or has no place, for UNFIT: names of facts.
        remarks: what the rules still say of the row.
    """

    kind: Kind
    name: str
    path: str = ""
    line: int = 0
    section: str = ""
    place: str = ""
    row: str = ""
    before: str = ""
    missing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """All papers of a request, and the lists with what can be proposed.

    Attributes:
        drafts: in the request's order.
        files: path -> the whole new text, of the lists that change.
        sections: titles of the sections that have a table, for those who must choose one.
    """

    drafts: tuple[Draft, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[str, ...] = ()

    def of(self, *kinds: Kind) -> tuple[Draft, ...]:
        return tuple(draft for draft in self.drafts if draft.kind in kinds)

    def without(self, kind: Kind) -> Drafted:
        return replace(self, drafts=tuple(draft for draft in self.drafts if draft.kind != kind))

    @property
    def proposed(self) -> tuple[Draft, ...]:
        """What a pull request would hold."""
        return self.of(Kind.ROW, Kind.CORRECTION)

    @property
    def ready(self) -> bool:
        """Whether nobody needs to look at it before a pull request is opened."""
        return (
            bool(self.proposed)
            and len(self.proposed) == len(self.drafts)
            and not any(draft.missing or draft.remarks for draft in self.drafts)
        )
