"""A pull request gets the labels of the sections that it touches and of what it does to their rows.

It follows the review where the configuration asks for it, and looks at the head that is there then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import answer, judge, reading
from bot.labels import own, sections, settle, sorting
from bot.labels.settle import Group, Subject

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.config_sections import Labels
    from bot.events import Job
    from bot.github import Client
    from bot.review import File
    from rules import Label

EVENTS: Mapping[str, frozenset[str]] = {}  # it follows `lint_pull_request`
QUEUE = "pull"


def trim(_payload: Mapping[str, Any]) -> None:
    """No delivery means it by itself."""


async def handle(job: Job, gh: Client) -> None:
    """Set the labels that the pull request is to have now."""
    data = job.data
    repo, number = data["repository"]["full_name"], data["number"]
    found = await reading.read(gh, repo, number, data.get("base", ""), data.get("head", ""))
    settings = (await reading.settings(gh, found)).settings
    if found.state.state != "OPEN" or not settings.labels.pulls or answer.quiet(found, settings):
        return
    files = await reading.judge(found, settings)
    state = await sections.read(gh, repo)
    if state is None:
        return
    lists = await state.lists(gh)
    planned = await judge.shared().run(repo, sorting.plan, (lists, state.settings.naming))
    subject = Subject(repo, number, found.state.labels, state.labels, state.shelf.us)
    await settle.settle(gh, subject, list(_groups(settings.labels, files, planned)))


def _groups(named: Labels, files: Sequence[File], planned: tuple[Label, ...]) -> Sequence[Group]:
    """The labels of sections, of what is done, and of what is to be done."""
    changes = [file.judgement.changes for file in files]
    paths = dict.fromkeys(path for each in changes for path in each.sections)
    touched = filter(None, (sorting.label_of(path, planned) for path in paths))
    clean = not any(file.judgement.remarks for file in files)
    return (
        Group(tuple({label.key: label for label in touched}.values()), planned),
        Group(own.kinds(named, changes), own.kinds(named)),
        Group(own.verdicts(named, clean=clean) if files else (), own.verdicts(named)),
    )
