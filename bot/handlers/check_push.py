"""The default branch moved: its lists get a check run, and what is certainly wrong a comment.

Whoever pushed has nobody to review it, so the words go to the commit. Whatever came through a pull
request was told there, and bots do not read. Where lists or the configuration changed, the pull
requests that wait are looked at again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import check, inherit, judge, posts, push_comment, pushes, reading, review
from bot.comment_life import Said
from bot.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.events import Job
    from bot.github import Client
    from bot.pushes import Push

EVENTS = {"push": frozenset({""})}
QUEUE = "pull"

_APART = 3.0  # seconds between pull requests looked at again: they leave room for reviews


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """What was pushed; None for another branch or a tag, and for a branch that came or went."""
    repository, before, after = payload["repository"], payload["before"], payload["after"]
    branch = str(repository["default_branch"])
    if payload["ref"] != f"refs/heads/{branch}" or not before.strip("0") or not after.strip("0"):
        return None
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "ref": f"{branch}:{after}",  # each push is judged, however many come at once
        "branch": branch,
        "before": str(before),
        "after": str(after),
        "bot": (payload.get("sender") or {}).get("type") == "Bot",
    }


async def handle(job: Job, gh: Client) -> Sequence[Job]:
    """Judge what was pushed, say what is certainly wrong, and see who must be looked at again."""
    data = job.data
    repo = data["repository"]["full_name"]
    push = await pushes.read(gh, repo, data["branch"], data["before"], data["after"])
    if push is None:
        return ()
    if push.configures and gh.outside.desk:  # the schedule of the link check may be another
        await gh.outside.desk.memory.at_once(data["repository"]["id"], gh.outside.desk.clock())
    lists = await _check(job, gh, push)
    further = list(_looked_at_again(job, push)) if lists or push.configures else []
    return [*further, *_configuration(job, push), *_headings(job, push)]


async def _check(job: Job, gh: Client, push: Push) -> bool:
    """Post what there is to say; whether lists were changed."""
    repo, sha = job.data["repository"]["full_name"], job.data["after"]
    base = await inherit.resolve(gh, repo, push.texts["config"], push.texts.get("defaults"))
    settings = base.settings
    reading.speak(gh, settings, push.texts, push.paths)
    try:
        files = await reading.files_of(push.files, push.paths, push.texts, push.oversized, settings)
    except judge.TooSlowError as error:
        if settings.pushes != "off":
            await posts.post_check(gh, repo, sha, check.too_slow(str(error)))
        return True
    if files and settings.pushes != "off":
        gh.require_writes(2)  # they belong together
        silent = Voice(lambda _: None, frozenset(), words=gh.words)
        plan = review.plan(files, Said(), settings, silent)
        if settings.pushes == "comment" and not job.data["bot"]:
            await _comment(job, gh, push, plan, settings.max_comments)
        await posts.post_check(gh, repo, sha, check.report(plan, base, merging=False))
    return bool(files)


async def _comment(job: Job, gh: Client, push: Push, plan: review.Plan, most: int) -> None:
    data = job.data
    repo, sha = data["repository"]["full_name"], data["after"]
    blob = f"{push.url}/blob/{sha}"
    words = push_comment.compose(plan.files, plan.rows, most, blob, gh.page_of)
    if words and not await pushes.spoken_of(gh, repo, data["branch"], sha):
        await pushes.comment(gh, repo, sha, words)


def _looked_at_again(job: Job, push: Push) -> Iterator[Job]:
    ready = [pull for pull in push.waiting if not pull.draft]
    for turn, pull in enumerate(ready):
        data = {
            "repository": job.data["repository"],
            "number": pull.number,
            "base": job.data["branch"],
            "head": pull.head,
            "wait": turn * _APART,
        }
        yield job.following("recheck_pull_request", data)


def _configuration(job: Job, push: Push) -> Iterator[Job]:
    if push.configures:
        data = {
            "repository": job.data["repository"],
            "ref": "configuration",  # one at a time, whatever was pushed
            "blob": f"{push.url}/blob/{job.data['branch']}",
        }
        yield job.following("report_configuration", data)


def _headings(job: Job, push: Push) -> Iterator[Job]:
    if push.retitles:
        data = {key: job.data[key] for key in ("repository", "before", "after")}
        yield job.following("follow_headings", data | {"ref": "headings"})
