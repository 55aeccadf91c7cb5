"""Commands on the one pull request of a World, and all that comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.dispatch import run
from bot.events import Job, jobs_for
from tests.conversation import BROKEN
from tests.offline import REPO
from tests.world import World

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

AUTHOR, OWNER, STRANGER, HELPER = "contributor", "ann", "mallory", "wilma"


async def broken(**files: str) -> World:
    """A pull request with one row that could use a touch, reviewed."""
    world = World(**files)
    await world.do(world.open(BROKEN))
    return world


async def ask(world: World, text: str, user: str = AUTHOR) -> list[str]:
    """Write in the conversation, and let all be done that comes of it; our reactions."""
    comment = world.github.comment(REPO, 1, text, user=user)
    await everything(world, *newest(world))
    return world.github.reactions.get(comment, [])


async def answer(
    world: World, text: str, user: str = AUTHOR, thread: int | None = None
) -> list[str]:
    """The same in the thread that begins with one of our comments, the first by itself."""
    first = thread or world.github.review_comments(REPO, 1)[0]["id"]
    comment = world.github.reply(REPO, 1, first, text, user=user)
    await everything(world, *newest(world))
    return world.github.reactions.get(comment, [])


def newest(world: World) -> list[Job]:
    """What the newest delivery asks for."""
    delivery = world.github.deliveries[-1]
    return jobs_for(delivery.event, delivery.guid, delivery.payload)


async def everything(world: World, *jobs: Job) -> list[str]:
    """Do jobs and those that they mean; the names of the handlers that worked."""
    names = []
    for job in jobs:
        names.append(job.handler)
        names += await everything(world, *(await run(job, world.app)))
    return names


def said(world: World) -> list[str]:
    """Our comments in the conversation."""
    return _ours(world.github.repositories[REPO].pulls[1].conversation)


def replied(world: World) -> list[str]:
    """Our replies in threads."""
    comments = world.github.repositories[REPO].pulls[1].comments
    return _ours([comment for comment in comments if comment.get("in_reply_to_id")])


def _ours(comments: Sequence[Mapping[str, Any]]) -> list[str]:
    return [comment["body"] for comment in comments if comment["user"]["type"] == "Bot"]
