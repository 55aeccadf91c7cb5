"""A pull request on the offline GitHub whose base branch went on meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import reading, update
from tests import lists
from tests.conversation import grant
from tests.offline import REPO, job_for
from tests.world import COUNT, GOOD, World, encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

OURS, THEIRS, BOTH = (
    GOOD + "".join(f"{lists.row(COUNT + n)}\n" for n in new)
    for new in ((2, 3), (1, 4), range(1, 5))
)
WITH = {"notes.txt": "Old.\n", "more.md": GOOD, "run.sh": "ls\n"}


def conflict(ours: Mapping[str, str | bytes | None], **theirs: str | bytes | None) -> World:
    """A pull request, and a base branch that went on meanwhile; WITH is what both had."""
    world = grant(World(**WITH))
    world.github.open_pull(REPO, encoded(ours))
    if theirs:
        world.github.move_base(REPO, encoded(theirs))
    return world


def files_of(world: World, sha: str = "") -> dict[str, str]:
    commits = world.github.repositories[REPO].store.commits
    return {path: data.decode() for path, data in commits[sha or world.head].files.items()}


def tip_of(world: World) -> str:
    return world.github.repositories[REPO].tip


async def updated(world: World) -> update.Told:
    async with world.app.installation(job_for(world.github)) as gh:
        return await update.on_request(gh, await reading.read(gh, REPO, 1))
