"""What comes of a paper of a request that stands in a list already. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import rules
from bot.intake import placing
from bot.intake.draft import Draft, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.intake.drafting import Asked, Wanted
    from bot.intake.sheets import Sheet
    from rules import Correction, Paper, Standing

# What may have come after its row was written; anything else changes only where it is said wrong.
_LATER = frozenset({"code", "venue"})
_FACTS = frozenset({"title", "link", "code", "venue", "date", "authors"})


def drafts(
    asked: Asked, wanted: Wanted, sheet: Sheet, rows: Sequence[Standing]
) -> tuple[Draft, ...]:
    """The edits of all rows of a paper; one answer where none of them changes.

    Args:
        asked: the request.
        wanted: the paper.
        sheet: the list.
        rows: where it stands in the list as it is.
    """
    rows = _of_one(rows, wanted.paper.title)
    to = placing.named(asked, sheet) if _moves(asked) else None
    there = [row for row in rows if row.section == to]
    if there:
        return (_shown(sheet, there[0]),)
    made = list(_corrections(asked, wanted, sheet, rows, to))
    found = [(row, each) for row, each in made if each.edits]
    if found:
        sheet.change([edit for _, each in found for edit in each.edits])
        return tuple(
            replace(_shown(sheet, row), kind=Kind.CORRECTION, row=each.after, before=each.before)
            for row, each in found
        )
    return (_unchanged(asked, _shown(sheet, rows[0]), made),)


def _of_one(rows: Sequence[Standing], title: str) -> list[Standing]:
    """The rows of one paper, where one link stands on several: of that title, else the nearest."""
    near = next((row.title for row in rows if rules.same_title(row.title, title)), rows[0].title)
    called = {row.title.casefold() for row in rows} & {title.casefold()} or {near.casefold()}
    return [row for row in rows if row.title.casefold() in called]


def _unchanged(asked: Asked, shown: Draft, made: Sequence[tuple[Standing, Correction]]) -> Draft:
    if not asked.reports:
        return shown
    lost = next((each.missing for _, each in made), ())
    kind = Kind.UNFIT if lost else Kind.VAGUE
    return replace(shown, kind=kind, wrong=lost or asked.about)


def _shown(sheet: Sheet, row: Standing) -> Draft:
    section = row.section[-1] if row.section else ""
    return Draft(Kind.LISTED, row.title, sheet.path, row.line, section)


def _corrections(
    asked: Asked,
    wanted: Wanted,
    sheet: Sheet,
    rows: Sequence[Standing],
    to: tuple[str, ...] | None,
) -> Iterator[tuple[Standing, Correction]]:
    """What changes in each row; of several only that in a section that is named moves."""
    now = _of_one(asked.rows(sheet, wanted, now=True), wanted.paper.title)
    news, moving = _news(asked, wanted.told), _moving(asked, rows)
    for row, there in zip(rows, now, strict=False):
        away = to if row is moving else None
        made = rules.correct(
            sheet.now, sheet.known, there.row, news, away, sheet.config, judged=False
        )
        if made:
            yield row, made


def _news(asked: Asked, told: Paper) -> Paper:
    """The facts of a request that may change a row."""
    kept = _LATER | (set(asked.about) if asked.reports else set())
    return rules.Paper(**{name: getattr(told, name) for name in kept & _FACTS})


def _moves(asked: Asked) -> bool:
    """Whether a row is said to stand in the wrong section."""
    return asked.reports and "section" in asked.about


def _moving(asked: Asked, rows: Sequence[Standing]) -> Standing | None:
    said = f"{asked.title}\n{asked.body}".casefold()
    meant = [row for row in rows if row.section and row.section[-1].casefold() in said]
    found = rows if len(rows) == 1 else meant
    return found[0] if len(found) == 1 else None
