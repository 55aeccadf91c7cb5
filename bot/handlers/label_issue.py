"""An issue is opened or edited: it gets the labels of the sections that it asks a row for.

What people set or took off stays so, and nothing is said: labels are all that it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import judge
from bot.labels import own, sections, settle, sorting
from bot.labels.settle import Group, Subject

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.events import Job
    from bot.github import Client
    from bot.labels.sections import Issue, State
    from bot.labels.sorting import Sorted
    from rules import Label

EVENTS = {"issues": frozenset({"opened", "edited"})}  # one that is transferred is opened there
QUEUE = "pull"


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Which issue; None for an edit that changed none of its words."""
    if payload["action"] == "edited" and not payload["changes"].keys() & {"title", "body"}:
        return None
    repository = payload["repository"]
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "number": payload["issue"]["number"],
    }


async def handle(job: Job, gh: Client) -> None:
    """Set the labels that the issue is to have now."""
    repo, number = job.data["repository"]["full_name"], job.data["number"]
    state = await sections.read(gh, repo, number=number)
    if state is None or state.issue is None or not state.settings.labels.issues:
        return
    lists = await state.lists(gh)
    request = sorting.Request(lists, state.settings.naming, state.issue.title, state.issue.body)
    found = await judge.shared().run(repo, sorting.sort, request)
    if found.labels:
        subject = Subject(repo, number, state.issue.labels, state.labels, state.shelf.us)
        await settle.settle(gh, subject, list(_groups(state, state.issue, found)))


def _groups(state: State, issue: Issue, found: Sorted) -> Sequence[Group]:
    triage = own.triage(state.settings.labels)
    unsorted = () if found.wanted or _sorted_otherwise(issue, triage) else triage
    return Group(found.wanted, found.labels), Group(unsorted, triage)


def _sorted_otherwise(issue: Issue, triage: Sequence[Label]) -> bool:
    """Whether it has any label that says more than that nobody sorted it."""
    return any(name.casefold() not in {label.key for label in triage} for name in issue.labels)
