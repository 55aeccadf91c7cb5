"""Who may ask for what."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import gidgethub

from bot.pulls import place_of

if TYPE_CHECKING:
    from bot.github import Client

_WRITE = frozenset({"admin", "write"})


async def may_ask(gh: Client, repo: str, login: str, author: str) -> bool:
    """Whether somebody may give commands: on their own pull request, or with write access.

    `author` is the pull request's, "" where the account is gone.
    """
    if login.casefold() == author.casefold():
        return True
    url = "/repos/{owner}/{name}/collaborators/{login}/permission"
    try:
        found = await gh.getitem(url, place_of(repo) | {"login": login})
    except gidgethub.BadRequest as error:
        if error.status_code != HTTPStatus.NOT_FOUND:
            raise
        return False
    return found["permission"] in _WRITE
