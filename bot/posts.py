"""What is written on GitHub about a pull request: reviews, check runs, comments, reactions."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

import gidgethub

from bot import cut
from bot.pulls import place_of
from rules import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.github import Client

_REVIEW_REQUESTS = 12  # at most so many while looking for the comment that GitHub refuses
_CONTINUED = say("Continued from the review above.")
_ANNOTATIONS = 50  # per request


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """On the lines `start_line` (None: `line` alone) to `line` of the new file, 1-based."""

    path: str
    line: int
    start_line: int | None
    body: str


@dataclass(frozen=True, slots=True)
class Annotation:
    path: str
    start_line: int
    end_line: int
    level: Literal["notice", "warning", "failure"]
    message: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a check run: GitHub takes 20, 40 and 20 characters, and three buttons."""

    label: str
    description: str
    identifier: str


@dataclass(frozen=True, slots=True)
class CheckRun:
    """A finished check run, with its buttons."""

    name: str
    conclusion: Literal["success", "failure", "neutral"]
    title: str
    summary: str
    text: str | None = None
    annotations: Sequence[Annotation] = ()
    actions: Sequence[Button] = ()


async def post_review(  # noqa: PLR0913, PLR0917  what a review is made of
    gh: Client,
    repo: str,
    number: int,
    head: str,
    body: str,
    comments: Sequence[ReviewComment],
) -> tuple[ReviewComment, ...]:
    """Post one review and return the comments that GitHub would not take, in their order.

    GitHub refuses a review as a whole (422) and does not say for which comment. Halves are tried
    then, the largest first, so that few reviews come of it; whatever is still refused after some
    requests is returned with the rest. No review is posted where all is refused.
    """
    url = "/repos/{owner}/{name}/pulls/{number}/reviews"
    place = place_of(repo) | {"number": str(number)}
    groups, refused = deque([list(comments)]), set[ReviewComment]()
    for _ in range(_REVIEW_REQUESTS):
        if not groups:
            break
        group = groups.popleft()
        made = [_comment(comment) for comment in group]
        data = {"commit_id": head, "event": "COMMENT", "body": body, "comments": made}
        try:
            await gh.post(url, place, data=data)
        except gidgethub.BadRequest as error:
            if error.status_code != HTTPStatus.UNPROCESSABLE_ENTITY:
                raise
            middle = len(group) // 2
            if middle:
                groups.extend((group[:middle], group[middle:]))
            else:
                refused.update(group)
        else:
            body = _CONTINUED
    refused.update(*groups)
    return tuple(comment for comment in comments if comment in refused)


def _comment(comment: ReviewComment) -> dict[str, Any]:
    made = {"path": comment.path, "line": comment.line, "side": "RIGHT", "body": comment.body}
    if comment.start_line is not None and comment.start_line < comment.line:
        made |= {"start_line": comment.start_line, "start_side": "RIGHT"}
    return made


async def has_check(gh: Client, repo: str, head: str, check: CheckRun) -> bool:
    """Whether the newest check run on a commit says the same, so that none need be written."""
    url = "/repos/{owner}/{name}/commits/{head}/check-runs?check_name={check}&filter=latest"
    found = await gh.getitem(url, place_of(repo) | {"head": head, "check": check.name})
    output = _output(gh, check)
    said = check.conclusion, output["title"], output["summary"].strip()
    return any(_said_by(run) == said for run in found["check_runs"])


def _said_by(run: Mapping[str, Any]) -> tuple[Any, ...]:
    output = run["output"]
    summary = (output["summary"] or "").replace("\r\n", "\n").strip()
    return run["conclusion"], output["title"], summary


def _output(gh: Client, check: CheckRun) -> dict[str, Any]:
    output = {
        "title": cut.title(gh.words(check.title)),
        "summary": gh.words(cut.text(gh.words(check.summary))),
    }
    return output | ({"text": cut.text(gh.words(check.text))} if check.text else {})


async def post_check(
    gh: Client, repo: str, head: str, check: CheckRun, number: int | None = None
) -> int:
    """Post a completed check run and return its id; one more call per further 50 annotations.

    It keeps the pull request's number, which GitHub does not tell for forks when its buttons are
    pressed.

    Title, summary and texts that are too long for GitHub are cut and say so.
    """
    output = _output(gh, check)
    notes = [_annotation(annotation) for annotation in check.annotations]
    data = {
        "name": check.name,
        "head_sha": head,
        "status": "completed",
        "conclusion": check.conclusion,
        "actions": [asdict(button) for button in check.actions],
        "output": output | {"annotations": notes[:_ANNOTATIONS]},
    }
    if number:
        data["external_id"] = str(number)
    made = await gh.post("/repos/{owner}/{name}/check-runs", place_of(repo), data=data)
    url, place = "/repos/{owner}/{name}/check-runs/{id}", place_of(repo) | {"id": str(made["id"])}
    for start in range(_ANNOTATIONS, len(notes), _ANNOTATIONS):
        batch = notes[start : start + _ANNOTATIONS]
        await gh.patch(url, place, data={"output": output | {"annotations": batch}})
    return int(made["id"])


def _annotation(annotation: Annotation) -> dict[str, Any]:
    made = {
        "path": annotation.path,
        "start_line": annotation.start_line,
        "end_line": annotation.end_line,
        "annotation_level": annotation.level,
        "message": cut.text(annotation.message),
    }
    return made | ({"title": cut.title(annotation.title)} if annotation.title else {})
