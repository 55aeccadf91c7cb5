"""The one pull request that adds new people to a list's section of contributors.

Who is proposed in it, a hidden mark in its body keeps. Whoever was in one that was closed is not
proposed again: the maintainers said no.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from bot import judge, proposal, reading
from bot import shelf as shelves
from bot.contributors import section
from bot.contributors.entries import LOGIN
from bot.proposal import Opened, Proposal
from bot.pulls import place_of
from rules import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.contributors.section import Added, Person
    from bot.github import Client
    from bot.shelf import Shelf
    from bot.texts import Text
    from rules import Text as Words

log = structlog.get_logger(__name__)

BRANCH = "listwright/contributors"
_MOST = 200  # people in one pull request
_NAMED = 3  # in its title
_MARK = re.compile(r"<!-- listwright contributors: ([^<>]*) -->\s*\Z")
_MEMBER = re.compile(rf"({LOGIN})=(\d{{1,19}})#(\d{{1,10}})")
_OURS = """
    pullRequests(
      headRefName: $branch, first: 50, orderBy: {field: CREATED_AT, direction: DESC}
    ) {
      nodes { state body viewerDidAuthor }
    }"""


@dataclass(frozen=True, slots=True)
class Contribution:
    """Somebody whose pull request was merged, and its number."""

    person: Person
    pull: int


async def offer(gh: Client, repo: str, new: Contribution) -> None:
    """Propose somebody together with all who wait, where the list wants that and has a section."""
    shelf = await shelves.read(gh, repo, fields=_OURS, branch=("String!", BRANCH))
    if shelf is None or not shelf.settings.contributors or shelf.readme is None:
        return
    nodes = shelf.more["pullRequests"]["nodes"]
    ours = [node for node in nodes if node["viewerDidAuthor"]]
    waiting = {each.person.id: each for each in _members(ours, "OPEN")}
    if new.person.id not in {each.person.id for each in _members(ours, "CLOSED")}:
        waiting.setdefault(new.person.id, new)
    added = await _added(repo, list(waiting.values())[:_MOST], shelf.readme)
    if added is None:
        log.info("no section of contributors that could be added to", repository=repo)
    elif added.people:
        await _propose(gh, shelf, added.text, [waiting[p.id] for p in added.people])


async def _added(repo: str, waiting: Iterable[Contribution], readme: Text) -> Added | None:
    work = partial(section.add, [each.person for each in waiting])
    try:
        return await judge.shared().run(repo, work, readme.data.decode())
    except UnicodeDecodeError:
        return None
    except judge.TooSlowError:
        log.warning("the list took too long to be read", repository=repo)
        return None


async def _propose(gh: Client, shelf: Shelf, text: str, people: list[Contribution]) -> None:
    title, body = _title(people), _body(people)
    made = Proposal(BRANCH, title, body, {reading.README: text})
    outcome = await proposal.propose(gh, shelf.repo, shelf.branch, shelf.tip, made)
    if not isinstance(outcome, Opened):
        log.info(
            "contributors are not proposed", repository=shelf.repo, reason=outcome.reason.value
        )
    elif not outcome.new:
        url = "/repos/{owner}/{name}/pulls/{number}"
        where = place_of(shelf.repo) | {"number": str(outcome.number)}
        await gh.patch(url, where, data={"title": title, "body": body})


def _title(people: list[Contribution]) -> Words:
    logins = [each.person.login for each in people]
    if len(logins) > _NAMED:
        return say("Add {number} contributors", number=len(logins))
    return say("Add {names: and } to the contributors", names=logins)


def _body(people: list[Contribution]) -> Words:
    kept = " ".join(f"{e.person.login}={e.person.id}#{e.pull}" for e in people)
    return say(
        "Their pull requests were merged:\n\n{people:\n}\n\nWhoever else comes before this is "
        "merged joins in. Close it, and I do not propose these people again.\n\n{mark}",
        people=[
            f"- [{each.person.login}](https://github.com/{each.person.login}), #{each.pull}"
            for each in people
        ],
        mark=f"<!-- listwright contributors: {kept} -->",
    )


def _members(pulls: Iterable[Mapping[str, Any]], state: str) -> Iterator[Contribution]:
    """Who is in our pull requests that are open, or that were closed without being merged."""
    for pull in pulls:
        mark = _MARK.search(pull["body"]) if pull["state"] == state else None
        for login, number, of in _MEMBER.findall(mark[1] if mark else ""):
            person = section.person(login, int(number))
            if person:
                yield Contribution(person, int(of))
