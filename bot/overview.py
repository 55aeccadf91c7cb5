"""What was inferred of a list, for people and for programs, with the counts behind it. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules import Conventions, Mark, Order, TableConventions

_PRECISION = {1: "year", 2: "month", 3: "day"}


def as_data(conventions: Conventions) -> list[dict[str, Any]]:
    """One JSON object per table, in the order of the list."""
    return [
        _table(path, headings, known, conventions)
        for (path, headings, _), known in conventions.tables.items()
    ]


def _table(
    path: tuple[str, ...],
    headings: tuple[str, ...],
    known: TableConventions,
    conventions: Conventions,
) -> dict[str, Any]:
    uses, total = known.dates
    roles = {role: index for role, index in asdict(known.columns).items() if index is not None}
    code = roles.get("code")
    mark = None if code is None else known.marks[code] or conventions.code_mark
    return {
        "section": list(path),
        "headings": list(headings),
        "rows": known.total,
        "full_rows": known.full,
        "columns": roles,
        "date_format": known.date_style
        and {"format": known.date_style, "cells": uses, "of": total},
        "order": known.order and _order(known.order),
        "no_code": mark and _mark(mark),
        "usual_links": sorted(known.accepted),
    }


def _order(order: Order) -> dict[str, Any]:
    return {
        "direction": "newest first" if order.descending else "oldest first",
        "by": _PRECISION[order.precision],
        "neighbours": order.kept,
        "of": order.total,
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {"text": mark.text, "cells": mark.uses, "of": mark.total}


def as_text(tables: list[dict[str, Any]]) -> Iterator[str]:
    """The same in lines for a terminal."""
    if not tables:
        yield "No table that GitHub shows: nothing to infer."
    for table in tables:
        yield " > ".join(table["section"]) or "(no heading)"
        headings = table["headings"]
        yield f"  rows     {table['rows']}, {table['full_rows']} of them as wide as the header"
        roles = ", ".join(f"{role}: {headings[i] or i + 1}" for role, i in table["columns"].items())
        yield f"  columns  {roles or 'none that is known'}"
        yield from _facts(table)


def _facts(table: dict[str, Any]) -> Iterator[str]:
    dates, order, mark = table["date_format"], table["order"], table["no_code"]
    if dates:
        yield f"  dates    {dates['format']} ({dates['cells']} of {dates['of']} cells)"
    if order:
        told = f"{order['direction']}, by {order['by']}"
        yield f"  order    {told} ({order['neighbours']} of {order['of']} neighbours)"
    elif dates:
        yield "  order    none that rows keep; nothing is said about it"
    if mark:
        written = f"`{mark['text']}`" if mark["text"] else "nothing"
        yield f"  no code  {written} ({mark['cells']} of {mark['of']} cells)"
    if table["usual_links"]:
        yield f"  links    usual here: {', '.join(table['usual_links'])}"
