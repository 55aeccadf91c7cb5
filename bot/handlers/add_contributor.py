"""A pull request is merged: its author joins the list's own section of contributors.

Only where the configuration asks for it, and by a pull request of ours. Nobody asked in this place,
so nobody is told where we may not open one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.contributors import pull, section
from bot.contributors.pull import Contribution

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.events import Job
    from bot.github import Client

EVENTS = {"pull_request": frozenset({"closed"})}
QUEUE = "pull"
EVERY = True


def trim(payload: Mapping[str, Any]) -> dict[str, Any] | None:
    """Whose it was; None where it was not merged into the default branch, or no person's."""
    pull, repository = payload["pull_request"], payload["repository"]
    author = pull["user"] or {}
    into = (pull["base"]["ref"], author.get("type"))
    if not pull["merged"] or into != (repository["default_branch"], "User"):
        return None
    person = section.person(author["login"], author["id"])
    if person is None:
        return None
    return {
        "repository": {"id": repository["id"], "full_name": str(repository["full_name"])},
        "ref": "contributors",  # one at a time, so that all come into one pull request
        "login": person.login,
        "id": person.id,
        "pull": int(pull["number"]),
    }


async def handle(job: Job, gh: Client) -> None:
    """Propose the author, with all who wait already."""
    data = job.data
    person = section.Person(data["login"], data["id"])
    new = Contribution(person, data["pull"])
    await pull.offer(gh, data["repository"]["full_name"], new)
