"""A pull request is opened or changed: its lists are judged, and it gets a review and a check run.

Read (two calls), judge (in another process), speak (a review when something is new to say, and
the check run). The payload only says where to look: what is judged is the head that is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import gidgethub

from bot import check, config, diff, inherit, judge, lists, pulls, review
from bot.retry import TryLater

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.events import Job
    from bot.github import Client

EVENTS = {
    "pull_request": frozenset({"opened", "synchronize", "reopened", "ready_for_review", "edited"})
}
QUEUE = "pull"

_README = "README.md"
_READS = 3  # at most, while pushes keep coming
_SETTLE = 10.0  # seconds to wait for them to end


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where to look; None for an edit that did not change the base branch."""
    if payload["action"] == "edited" and "base" not in payload.get("changes", {}):
        return None
    repository, pull = payload["repository"], payload["pull_request"]
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "number": payload["number"],
        "base": str(pull["base"]["ref"]),
        "head": str(pull["head"]["sha"]),
    }


@dataclass(frozen=True, slots=True)
class _Reading:
    """A pull request as it stands; `paths` are its files that may hold lists."""

    repo: str
    number: int
    changes: pulls.Changes
    state: pulls.State
    paths: tuple[str, ...]


async def handle(job: Job, gh: Client) -> None:
    """Judge the pull request's head and say what is new."""
    data = job.data
    repo, number = data["repository"]["full_name"], data["number"]
    reading = await _read(gh, repo, number, data["base"], data["head"])
    if reading.state.state == "OPEN":
        result = await _answer(gh, reading)
        if result:
            await pulls.post_check(gh, repo, reading.state.head, result)


async def _read(gh: Client, repo: str, number: int, base: str, head: str) -> _Reading:
    """Read until the head that was compared is the head that is there."""
    for _ in range(_READS):
        changes = await _compare(gh, repo, number, base, head)
        paths = lists.candidates(changes.files)
        state = await pulls.read(
            gh, repo, number, _expressions(changes, head, paths), inherit.defaults_of(repo)
        )
        if (state.base_ref, state.head) == (base, head):
            return _Reading(repo, number, changes, state, paths)
        base, head = state.base_ref, state.head
    raise TryLater(_SETTLE, "the pull request keeps moving")


async def _compare(gh: Client, repo: str, number: int, base: str, head: str) -> pulls.Changes:
    """Compare; a commit or branch that is gone has changed nothing, and is read anew."""
    try:
        return await pulls.compare(gh, repo, base, head, number=number)
    except gidgethub.BadRequest as error:
        if error.status_code != HTTPStatus.NOT_FOUND:
            raise
        return pulls.Changes(head, head, ())


def _expressions(changes: pulls.Changes, head: str, paths: Sequence[str]) -> dict[str, str]:
    """Names of texts -> where they stand, for the one query that reads them all."""
    before = {file.path: file.previous_path or file.path for file in changes.files}
    found = {
        "config": f"{changes.base_tip}:{config.PATH}",
        "readme": f"{changes.base_tip}:{_README}",
    }
    if config.PATH in before:
        found["proposal"] = f"{head}:{config.PATH}"
    for path in paths:
        found[f"head {path}"] = f"{head}:{path}"
        found[f"base {path}"] = f"{changes.merge_base}:{before[path]}"
        if changes.base_tip != changes.merge_base:
            found[f"tip {path}"] = f"{changes.base_tip}:{before[path]}"
    return found


async def _answer(gh: Client, reading: _Reading) -> pulls.CheckRun | None:
    """Judge, post the review, and return the check run; None where there is nothing of ours."""
    texts = reading.state.texts
    base = await inherit.resolve(gh, reading.repo, texts["config"], texts.get("defaults"))
    proposed = await _proposed(gh, reading, base)
    try:
        files = await _judge(reading, base.settings)
        if not files and proposed is None:
            touched = await _holds_list(reading.state)
            return check.quiet(check.NO_LIST_TOUCHED) if touched else None
    except judge.TooSlowError as error:
        return check.too_slow(str(error))
    if reading.state.draft:
        return check.quiet(check.WAITING)
    if not files:
        return check.configuration(proposed or ())
    plan = review.plan(files, reading.state.said, base.settings, gh.page_of)
    refused = await _review(gh, reading, plan) if plan.comments else ()
    return check.report(plan, base, refused, proposed)


async def _proposed(
    gh: Client, reading: _Reading, base: inherit.Inherited
) -> tuple[config.Problem, ...] | None:
    """What is wrong with the pull request's own configuration; None where it changes none."""
    texts = reading.state.texts
    text = texts.get("proposal")
    if text is None:
        return None
    found = await inherit.resolve(gh, reading.repo, text, texts.get("defaults"))
    return tuple(p for p in found.problems if p.file == config.PATH or p not in base.problems)


async def _judge(reading: _Reading, settings: config.Configuration) -> list[review.File]:
    """The pull request's lists, judged; files without a table are none."""
    hunks = {file.path: diff.commentable(file.patch) for file in reading.changes.files}
    files = []
    for path in reading.paths:
        if lists.chosen(path, settings.files):
            found, text = await lists.judge_file(reading.state, path, settings)
            if found.rows or found.removed or found.problem:
                files.append(review.File(found, text, hunks[path]))
    return files


async def _holds_list(state: pulls.State) -> bool:
    """Whether the repository keeps a list at all, as far as its README tells."""
    readme = state.texts["readme"]
    return readme is not None and await lists.is_list(readme)


async def _review(
    gh: Client, reading: _Reading, plan: review.Plan
) -> tuple[pulls.ReviewComment, ...]:
    """Post the review and return the comments that GitHub would not take."""
    state = reading.state
    return await pulls.post_review(
        gh, reading.repo, reading.number, state.head, plan.body, plan.comments
    )
