"""Comments and threads on the one pull request of a World, and what people do with them."""

from __future__ import annotations

from tests import lists
from tests.offline import REPO
from tests.world import World, changed, empty

MENDED = {"README.md": changed(r7=lists.row(7, venue="ICLR'25"))}
BROKEN = {"README.md": empty(7)}


def bodies(world: World) -> list[str]:
    return [comment["body"] for comment in world.github.review_comments(REPO, 1)]


def resolved(world: World) -> list[str | None]:
    """By whom each of our threads is resolved."""
    pull = world.github.repositories[REPO].pulls[1]
    return [pull.resolved.get(c["id"]) for c in world.github.review_comments(REPO, 1)]


def resolve(world: World, *, by: str) -> None:
    """Press "Resolve conversation" on our first thread."""
    [first, *_] = world.github.review_comments(REPO, 1)
    world.github.repositories[REPO].pulls[1].resolved[first["id"]] = by


def reply(world: World, user: str = "ann") -> None:
    [first, *_] = world.github.review_comments(REPO, 1)
    world.github.reply(REPO, 1, first["id"], "But it is right so.", user=user)


def grant(world: World) -> World:
    """Let the app commit, which resolving threads needs as well."""
    world.github.access.granted["contents"] = "write"
    return world


def written(world: World) -> list[tuple[str, str]]:
    """What was written besides reviews and check runs, oldest first."""
    asked = [(r.method, r.path, str(r.body)) for r in world.github.requests]
    kinds = ("/reviews", "/check-runs", "/access_tokens")
    return [
        (method, path)
        for method, path, body in asked
        if method != "GET" and not path.endswith(kinds) and "query($owner" not in body
    ]
