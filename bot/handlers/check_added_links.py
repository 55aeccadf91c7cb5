"""The links that a pull request adds are asked, and a check run of its own says how they are.

It follows the review, on the queue of link checks, so that no review waits for anybody's server.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot import answer, judge, lists, posts, reading
from bot.links import added

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.events import Job
    from bot.github import Client
    from bot.links.added import Added
    from bot.links.desk import Desk
    from bot.links.verdict import Found
    from bot.reading import Reading

EVENTS: Mapping[str, frozenset[str]] = {}  # it follows `lint_pull_request`
QUEUE = "links"


def trim(_payload: Mapping[str, Any]) -> None:
    """No delivery means it by itself."""


async def handle(job: Job, gh: Client) -> None:
    """Ask, and post the check run."""
    data, desk = job.data, gh.outside.desk
    repo = data["repository"]["full_name"]
    found = await reading.read(gh, repo, data["number"], data["base"], data["head"])
    settings = (await reading.settings(gh, found)).settings
    if desk is None or not settings.links.pulls or found.state.state != "OPEN":
        return
    if answer.quiet(found, settings):
        return
    links = await _links(found, settings.files)
    if links:
        check = added.report(links, await _ask(gh, desk, links))
        await posts.post_check(gh, repo, found.state.head.sha, check)


async def _links(found: Reading, patterns: Sequence[str]) -> list[Added]:
    made: list[Added] = []
    for path in (path for path in found.paths if lists.chosen(path, patterns)):
        texts = (found.state.texts.get(f"{side} {path}") for side in ("base", "head"))
        before, after = (text.data.decode(errors="replace") if text else "" for text in texts)
        made += await judge.spare().run(path, added.links, (path, before, after))
    return made[: added.MOST]


async def _ask(gh: Client, desk: Desk, links: list[Added]) -> Mapping[str, Found]:
    """What is known of the links when the time is over."""
    known: dict[str, Found] = {}
    urls = [link.mention.url for link in links]
    try:
        async with asyncio.timeout(desk.soon):
            return await desk.ask(gh, urls, known.__setitem__)
    except TimeoutError:
        return known
