"""A pull request adds rows, and older ones wait: whoever came later is told of a paper in both.

It is work of its own, so that no review waits for it: at most ten others are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import answer, judge, lists, open_pulls, posts, pushes, reading, threads, twin_rows
from bot.comment_life import Said
from rules import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.config import Configuration
    from bot.events import Job
    from bot.github import Client
    from bot.reading import Reading
    from bot.twin_rows import Mine

EVENTS: dict[str, frozenset[str]] = {}  # `lint_pull_request` and `settle_closed_pull` ask for it
QUEUE = "pull"

_RULE = "duplicate-paper"
_TOLD = frozenset({Severity.ERROR, Severity.WARNING})


def trim(_payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """No delivery asks for this."""
    return None


async def handle(job: Job, gh: Client) -> None:
    """Compare with the older pull requests, say what is new, and settle what is over."""
    data = job.data
    repo, number = data["repository"]["full_name"], data["number"]
    found = await reading.read(gh, repo, number, data["base"], data["head"])
    settings = (await reading.settings(gh, found)).settings
    if found.state.state != "OPEN" or answer.quiet(found, settings):
        return
    told = open_pulls.about_others(found.state.threads)
    waiting = [pull.number for pull in await pushes.waiting(gh, repo, found.state.base_ref)]
    others = open_pulls.compared(number, waiting, told)
    read = {other: await open_pulls.files_of(gh, repo, other) for other in others}
    theirs = [file for files in read.values() for file in files or ()]
    asked = (list(_mine(found, settings)), theirs)
    twins = await judge.shared().run(repo, twin_rows.twins, asked)
    patches = {file.path: file.patch for file in found.changes.files}
    comments = open_pulls.comments(
        twins, Said.on(found.state, found.touched), patches, settings.max_comments
    )
    life = open_pulls.life(twins, told, waiting, read)
    gh.require_writes(bool(comments) + bool(life.mended or life.back))
    if comments:
        opening = open_pulls.opening(len(comments))
        await posts.post_review(gh, repo, number, found.state.head.sha, opening, comments)
    await threads.settle(gh, repo, life)


def _mine(found: Reading, settings: Configuration) -> Iterator[Mine]:
    """The lists of the pull request in which a paper that stands twice is spoken of."""
    for path in found.paths:
        level = settings.for_path(path).severities.get(_RULE, Severity.ERROR)
        if lists.chosen(path, settings.files) and level in _TOLD:
            texts = [found.state.texts.get(f"{name} {path}") for name in ("head", "base", "tip")]
            after, *before = [text.data.decode(errors="replace") if text else "" for text in texts]
            yield twin_rows.Mine(path, after, "\n".join(before))
