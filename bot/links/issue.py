"""The life of the one issue about dead links: opened, renewed, closed, and left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import issues
from bot.links import rolling, streaks
from bot.links.rolling import Dead
from bot.links.streaks import RECOVERED
from rules import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.github import Client
    from bot.issues import Issue
    from bot.links.places import Place
    from bot.links.rolling import State
    from bot.links.streaks import Streak
    from bot.links.verdict import Found
    from bot.shelf import Shelf

TOPIC = "links"
_COMPLETED = frozenset({"", "completed"})  # what else somebody closed it as is a wish for silence


@dataclass(frozen=True, slots=True)
class Case:
    """What a check found.

    Attributes:
        links: all links of the lists with their places, in their order.
        streaks: of those that fail, after the check.
        found: what this check asked.
        anew: whether the streaks had been lost, so that what the issue tells is all we know.
    """

    standing: Shelf
    links: Mapping[str, Sequence[Place]]
    streaks: Mapping[str, Streak]
    found: Mapping[str, Found]
    anew: bool = False

    @property
    def confirmed(self) -> Mapping[str, Streak]:
        return streaks.confirmed(self.streaks, self.standing.settings.links.confirm_after)

    def dead(self, state: State) -> list[Dead]:
        """The links to tell of: those that are sure, and those that the issue has already."""
        sure = self.confirmed
        return [
            Dead(url, streak, places)
            for url, places in self.links.items()
            if (streak := self.streaks.get(url))
            and (url in sure or state.names(url) or state.ignores(url, streak.verdict))
        ]

    def is_open(self, state: State) -> bool:
        """Whether of something that the issue tells nobody knows how it is."""
        return self.anew and any(
            state.names(url) and url not in self.streaks and not self._recovered(url)
            for url in self.links
        )

    def _recovered(self, url: str) -> bool:
        found = self.found.get(url)
        return found is not None and found.verdict in RECOVERED


async def settle(gh: Client, case: Case, hint: int | None) -> int | None:
    """Bring the issue to what the check found; its number, if there is one.

    Args:
        gh: a client that speaks the list's language.
        case: what was found.
        hint: where the issue was seen last.
    """
    if not case.standing.has_issues:
        return None
    issue = await _find(gh, case.standing.repo, hint)
    if issue is None:
        return await _open(gh, case)
    state = rolling.read(issue.body)
    if case.is_open(state):
        return issue.number
    if issue.open:
        await _renew(gh, case, issue, state)
    elif await issues.reason(gh, case.standing.repo, issue) in _COMPLETED:
        await _look_again(gh, case, issue, state)
    return issue.number


async def _find(gh: Client, repo: str, hint: int | None) -> Issue | None:
    issue = await issues.numbered(gh, repo, hint, TOPIC) if hint else None
    return issue or await _the_one(gh, repo)


async def _the_one(gh: Client, repo: str) -> Issue | None:
    """The oldest that is open, else the newest that was closed; of several open ones one stays."""
    found = await issues.all_about(gh, repo, TOPIC)
    opened = [issue for issue in found if issue.open]
    for double in opened[1:]:
        words = say("This is told in #{number} already.", number=opened[0].number)
        await issues.close(gh, repo, double, words, "not_planned")
    return next(iter((*opened, *found[-1:])), None)


async def _open(gh: Client, case: Case) -> int | None:
    report = _report(case, rolling.State())
    if not report.dead:
        return None
    repo, body = case.standing.repo, issues.marked(report.body, TOPIC)
    if await issues.create(gh, repo, report.title, body) is None:
        return None
    issue = await _the_one(gh, repo)  # another check may have opened one at the same moment
    return issue.number if issue else None


async def _renew(gh: Client, case: Case, issue: Issue, state: State) -> None:
    report = _report(case, state)
    body = issues.marked(report.body, TOPIC)
    repo = case.standing.repo
    if not report.dead:
        await issues.close(gh, repo, issue, body)
    elif (_plain(issue.body), issue.title) != (gh.words(body), gh.words(report.title)):
        await issues.update(gh, repo, issue, body, report.title)


async def _look_again(gh: Client, case: Case, issue: Issue, state: State) -> None:
    """A closed issue is opened again for a link that it has not told of, and for nothing else."""
    sure = case.confirmed
    fresh = [
        one
        for one in case.dead(state)
        if one.url in sure
        and not state.knows(one.url)
        and not state.ignores(one.url, one.streak.verdict)
    ]
    repo = case.standing.repo
    if fresh:
        report = _report(case, state)
        await issues.reopen(gh, repo, issue, issues.marked(report.body, TOPIC), report.title)
        return
    body = rolling.pruned(_plain(issue.body), list(case.streaks))
    if body != _plain(issue.body):
        await issues.update(gh, repo, issue, body)


def _report(case: Case, state: State) -> rolling.Report:
    def address(place: Place) -> str:
        return case.standing.link(place.path, place.line)

    times = case.standing.settings.links.confirm_after
    return rolling.compose(case.dead(state), state, list(case.links), address, times)


def _plain(body: str) -> str:
    return body.replace("\r\n", "\n").rstrip()
