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

from bot import config, contributors, inherit, judge, proposal, reading, texts
from bot.contributor_entries import LOGIN
from bot.proposal import Opened, Proposal
from bot.pulls import place_of
from rules import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bot.contributors import Added, Person
    from bot.github import Client
    from bot.texts import Text
    from rules import Text as Words

log = structlog.get_logger(__name__)

BRANCH = "listwright/contributors"
_MOST = 200  # people in one pull request
_NAMED = 3  # in its title
_MARK = re.compile(r"<!-- listwright contributors: ([^<>]*) -->\s*\Z")
_MEMBER = re.compile(rf"({LOGIN})=(\d{{1,19}})#(\d{{1,10}})")
_READ = """
query($owner: String!, $name: String!, $branch: String!, $own: String!, $defaults: String!) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name target { oid } }
    config: object(expression: $own) { %(fields)s }
    readme: object(expression: "HEAD:README.md") { %(fields)s }
    pullRequests(
      headRefName: $branch, first: 50, orderBy: {field: CREATED_AT, direction: DESC}
    ) {
      nodes { state body viewerDidAuthor }
    }
  }
  owner: repository(owner: $owner, name: ".github") {
    file: object(expression: $defaults) { %(fields)s }
  }
}
"""


@dataclass(frozen=True, slots=True)
class Contribution:
    """Somebody whose pull request was merged, and its number."""

    person: Person
    pull: int


@dataclass(frozen=True, slots=True)
class _Place:
    """The default branch, and what we proposed before."""

    branch: str
    tip: str
    settings: config.Configuration
    readme: Text | None
    waiting: tuple[Contribution, ...]
    declined: frozenset[int]


async def offer(gh: Client, repo: str, new: Contribution) -> None:
    """Propose somebody together with all who wait, where the list wants that and has a section."""
    place = await _read(gh, repo)
    if not place.settings.contributors or place.readme is None:
        return
    waiting = {each.person.id: each for each in place.waiting}
    if new.person.id not in place.declined:
        waiting.setdefault(new.person.id, new)
    added = await _added(repo, list(waiting.values())[:_MOST], place.readme)
    if added is None:
        log.info("no section of contributors that could be added to", repository=repo)
    elif added.people:
        reading.speak(gh, place.settings, {"readme": place.readme})
        await _propose(gh, repo, place, added.text, [waiting[p.id] for p in added.people])


async def _added(repo: str, waiting: Iterable[Contribution], readme: Text) -> Added | None:
    work = partial(contributors.add, [each.person for each in waiting])
    try:
        return await judge.shared().run(repo, work, readme.data.decode())
    except UnicodeDecodeError:
        return None
    except judge.TooSlowError:
        log.warning("the list took too long to be read", repository=repo)
        return None


async def _propose(
    gh: Client, repo: str, place: _Place, text: str, people: list[Contribution]
) -> None:
    title, body = _title(people), _body(people)
    made = Proposal(BRANCH, title, body, {reading.README: text})
    outcome = await proposal.propose(gh, repo, place.branch, place.tip, made)
    if not isinstance(outcome, Opened):
        log.info("contributors are not proposed", repository=repo, reason=outcome.reason.value)
    elif not outcome.new:
        url = "/repos/{owner}/{name}/pulls/{number}"
        where = place_of(repo) | {"number": str(outcome.number)}
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


async def _read(gh: Client, repo: str) -> _Place:
    """All of it in one call."""
    own = f"HEAD:{config.PATH}"
    asked = place_of(repo) | {"branch": BRANCH, "own": own, "defaults": own}
    answer = await gh.query(_READ % {"fields": texts.FIELDS}, "owner", **asked)
    found, owner = answer["repository"], answer["owner"] or {}
    files = await texts.fetch(gh, repo, {name: found[name] for name in ("config", "readme")})
    shared = owner.get("file") if inherit.defaults_of(repo) else None
    defaults = await texts.fetch(gh, f"{asked['owner']}/.github", {"file": shared})
    built = await inherit.resolve(gh, repo, files["config"], defaults["file"])
    ours = [node for node in found["pullRequests"]["nodes"] if node["viewerDidAuthor"]]
    return _Place(
        branch=found["defaultBranchRef"]["name"],
        tip=found["defaultBranchRef"]["target"]["oid"],
        settings=built.settings,
        readme=files["readme"],
        waiting=tuple(_members(ours, "OPEN")),
        declined=frozenset(member.person.id for member in _members(ours, "CLOSED")),
    )


def _members(pulls: Iterable[Mapping[str, Any]], state: str) -> Iterator[Contribution]:
    """Who is in our pull requests that are open, or that were closed without being merged."""
    for pull in pulls:
        mark = _MARK.search(pull["body"]) if pull["state"] == state else None
        for login, number, of in _MEMBER.findall(mark[1] if mark else ""):
            person = contributors.person(login, int(number))
            if person:
                yield Contribution(person, int(of))
