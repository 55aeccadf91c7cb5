"""Links that moved for good, mended in one pull request: their targets and nothing else."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import structlog

import rules
from bot import escape, proposal
from bot.commits import Refused
from bot.links.verdict import Verdict
from bot.proposal import Proposal
from bot.pulls import place_of
from rules import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.github import Client
    from bot.links.places import Lists
    from bot.links.verdict import Found
    from bot.shelf import Shelf

told = structlog.get_logger(__name__)

BRANCH = "listwright/moved-links"
_SHOWN = 50  # links in the pull request's text
# What stands in a Markdown link, in a table's cell and in an HTML attribute as it is.
_SAFE = re.compile(r"https?://[\w.~:/?#@!$&*+,;=%-]+", re.ASCII)
_GOES_ON = re.compile(r"[\w.~:/?#@!$&*+,;=%-]")
_MARK = re.compile(r"<!-- listwright moved: ([0-9a-f]{16}) -->")
_PULLS = """
query($owner: String!, $name: String!, $branch: String!) {
  repository(owner: $owner, name: $name) {
    pullRequests(
      headRefName: $branch, first: 20, orderBy: {field: CREATED_AT, direction: DESC}
    ) {
      nodes { headRefName state body isCrossRepository }
    }
  }
}
"""


async def propose(gh: Client, standing: Shelf, lists: Lists, found: Mapping[str, Found]) -> None:
    """Propose the addresses to which links moved, unless the same was proposed before.

    What people closed without merging it is not proposed again.
    """
    moves = {url: one.to for url, one in found.items() if _is_sure(url, one)}
    found_at = {path: list(_edits(lists, path, moves)) for path in lists.texts}
    done = {url: moves[url] for edits in found_at.values() for url, _ in edits}
    mark = _digest(done)
    if not done or mark in await _proposed(gh, standing.repo):
        return
    files = {
        path: rules.apply(lists.texts[path], [edit for _, edit in edits])
        for path, edits in found_at.items()
        if edits
    }
    body = _body(done, mark)
    title = say("Mend 1 link that moved") if len(done) == 1 else _title(len(done))
    made = Proposal(BRANCH, title, body, files)
    outcome = await proposal.propose(gh, standing.repo, standing.branch, standing.tip, made)
    if isinstance(outcome, Refused):
        told.info("moved links not proposed", repo=standing.repo, reason=outcome.reason.name)


def _title(number: int) -> str:
    return say("Mend {number} links that moved", number=number)


def _is_sure(url: str, found: Found) -> bool:
    """Whether it moved to an address of the same kind, which is safe to write."""
    if found.verdict is not Verdict.MOVED or not _SAFE.fullmatch(found.to):
        return False
    kind = rules.identify(url).partition(":")[0]
    if kind != rules.identify(found.to).partition(":")[0]:
        return False
    before, after = urlsplit(url), urlsplit(found.to)
    deep, shallow = before.path.strip("/"), after.path.strip("/")
    # A page that now leads to a site's front is gone rather than moved.
    return bool(shallow or after.query) or not deep


def _edits(lists: Lists, path: str, moves: Mapping[str, str]) -> Iterator[tuple[str, rules.Edit]]:
    """An edit for each place of a file where an address stands just as it was read."""
    text = lists.texts[path]
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    for url, to in moves.items():
        for place in lists.links[url]:
            start = starts[place.line - 1] + place.column - 1 if place.path == path else -1
            if start >= 0 and _stands(text, start, url):
                yield url, rules.Edit(rules.Span(start, start + len(url)), to)


def _stands(text: str, start: int, url: str) -> bool:
    """Whether the whole address stands there, and not the beginning of a longer one."""
    return text.startswith(url, start) and not _GOES_ON.match(text, start + len(url))


def _digest(moves: Mapping[str, str]) -> str:
    whole = "\n".join(f"{url} {to}" for url, to in sorted(moves.items()))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _body(moves: Mapping[str, str], mark: str) -> str:
    rows = [
        say("| {before} | {after} |", before=_code(url), after=_code(to))
        for url, to in list(moves.items())[:_SHOWN]
    ]
    left = len(moves) - len(rows)
    more = [say("And {number} more, not shown here.", number=left)] if left else []
    opening = say(
        "These links lead on for good to another address. Only the addresses change. Close this "
        "and I do not propose the same again."
    )
    table = say("| link | leads to |\n| --- | --- |\n{rows:\n}", rows=rows)
    hidden = f"<!-- listwright moved: {mark} -->"
    return say("{parts:\n\n}", parts=[opening, table, *more, hidden])


def _code(url: str) -> str:
    return escape.cell(escape.code(url))


async def _proposed(gh: Client, repo: str) -> set[str]:
    """What is proposed now, or was and was closed."""
    answer = await gh.query(_PULLS, **place_of(repo), branch=BRANCH)
    nodes = answer["repository"]["pullRequests"]["nodes"]
    bodies = [
        node["body"]
        for node in nodes
        if node["headRefName"] == BRANCH and not node["isCrossRepository"]
        if node["state"] != "MERGED"
    ]
    return {found for body in bodies for found in _MARK.findall(body)}
