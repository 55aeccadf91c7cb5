"""A pull request is opened or changed: its lists are judged, and it gets a review and a check run.

Read (two calls), judge (in another process), speak (a review when something is new to say, and
the check run). The payload only says where to look: what is judged is the head that is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import answer, open_pulls, reading
from bot.links import added

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.events import Job
    from bot.github import Client

EVENTS = {
    "pull_request": frozenset(
        {"opened", "synchronize", "reopened", "ready_for_review", "edited", "labeled", "unlabeled"}
    )
}
QUEUE = "pull"


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where to look; None for an edit that did not change what is judged, and for a bot's push.

    A bot that pushes to somebody's pull request, we ourselves above all, gets a check run and no
    comment: `renew_check`.
    """
    if answer.by_bot(payload) or not _matters(payload):
        return None
    return answer.where(payload)


def _matters(payload: Mapping[str, Any]) -> bool:
    action = payload["action"]
    if action == "edited":
        return "base" in payload.get("changes", {})
    if action in {"labeled", "unlabeled"}:
        return bool(payload["label"]["name"].casefold() == answer.MUTED)
    return True


async def handle(job: Job, gh: Client) -> Sequence[Job]:
    """Judge the pull request's head and say what is new."""
    data = job.data
    repo = data["repository"]["full_name"]
    found = await reading.read(gh, repo, data["number"], data.get("base", ""), data.get("head", ""))
    files = await answer.answer(gh, found)
    state = found.state
    place = {"number": found.number, "base": state.base_ref, "head": state.head.sha}
    data = {"repository": data["repository"], **place}
    compares = open_pulls.worth_comparing(found, files)
    further = ["compare_open_pulls"] if compares else []
    if (await reading.settings(gh, found)).settings.labels.pulls:
        further.append("label_pull_request")
    if files and gh.outside.desk and added.may_add(found.changes.files):
        further.append("check_added_links")
    return [job.following(name, data) for name in further]
