"""arXiv links whose id cannot exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules._arxiv import what_is_wrong, written_id
from rules._diagnostic import Severity
from rules._registry import Found, rule
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules._context import Context


@rule(Severity.ERROR)
def arxiv_id(context: Context, _options: None) -> Iterator[Found]:
    """An arXiv link's id is malformed, or names a month that does not exist."""
    for listed in context.tables:
        for row in listed.rows:
            told = set()
            for link in (link for cell in row.cells for link in cell.links if not link.image):
                name = written_id(link.url)
                wrong = what_is_wrong(name)
                if wrong and name not in told:
                    told.add(name)
                    message = say(
                        "{id} cannot be an arXiv id: {reason}. Check the address.",
                        id=quote(name),
                        reason=wrong,
                    )
                    yield Found(listed, row, link.target, message)
