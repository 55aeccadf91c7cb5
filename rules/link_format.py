"""Addresses that work, but could be better."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated

from rules import _links
from rules._diagnostic import Edit, Fix, Severity
from rules._registry import Found, rule
from rules._say import say
from rules._words import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rules._context import Context
    from rules._document import Link
    from rules._say import Text


# The kind that a list's own campaign is no fault of.
_COUNTS = "tracking"


@dataclass(frozen=True, slots=True)
class Options:
    """How loudly to speak of each kind."""

    mirror: Annotated[
        Severity, "Other names of one site: www.arxiv.org, export.arxiv.org, www.github.com."
    ] = Severity.WARNING
    tracking: Annotated[
        Severity, "Parameters that only tell where a reader came from, such as utm_source."
    ] = Severity.WARNING
    insecure: Annotated[Severity, "http where the site is known to answer https."] = Severity.NOTE
    pinned_version: Annotated[Severity, "An arXiv link to one version, such as v1."] = Severity.NOTE
    git_suffix: Annotated[Severity, "A repository's address that ends in .git."] = Severity.NOTE
    trailing_slash: Annotated[Severity, "A repository's address that ends in a slash."] = (
        Severity.NOTE
    )
    pdf: Annotated[Severity, "An arXiv link to the PDF instead of the abstract."] = Severity.OFF


@rule(Severity.WARNING, fixes="safe", options=Options)
def link_format(context: Context, options: Options) -> Iterator[Found]:
    """A link has a plainer form: a mirror's host, tracking parameters, http, a pinned version."""
    levels = {field.name: Severity(getattr(options, field.name)) for field in fields(options)}
    spoken = [kind for kind, level in levels.items() if level is not Severity.OFF]
    for listed in context.tables:
        meant = listed.known.accepted | listed.conventions.accepted
        kinds = [kind for kind in spoken if kind not in meant]
        for row in listed.rows:
            for link in (link for cell in row.cells for link in cell.links if not link.image):
                ours = _links.campaign(link.url) in listed.conventions.campaigns
                blemishes = _blemishes(link.url, [k for k in kinds if not (ours and k == _COUNTS)])
                if blemishes:
                    severity = max((levels[kind] for kind in blemishes), key=lambda it: it.rank)
                    message, fix = _say(context, link, list(blemishes.values()))
                    yield Found(listed, row, link.target, message, fix, severity)


def _blemishes(url: str, kinds: Sequence[str]) -> dict[str, _links.Blemish]:
    """What an address has, by kind; each kind looks at what the one before left."""
    found: dict[str, _links.Blemish] = {}
    for kind in kinds if _links.kinds(url) else ():
        blemish = _links.blemish(kind, url)
        if blemish:
            found[kind] = blemish
            url = blemish.better
    return found


def _say(
    context: Context, link: Link, blemishes: Sequence[_links.Blemish]
) -> tuple[Text, Fix | None]:
    first, better = blemishes[0], blemishes[-1].better
    message = say(
        "{reasons:, and }: {better} would do.",
        reasons=[first.opening or first.words, *(blemish.words for blemish in blemishes[1:])],
        better=quote(better),
    )
    literal = context.document.text[slice(*link.target)] == link.url
    return message, Fix((Edit(link.target, better),)) if literal else None
