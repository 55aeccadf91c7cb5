"""Installation tokens: narrowed to one repository and to what jobs need, kept while they last."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakValueDictionary

import gidgethub
from cachetools import TLRUCache

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from gidgethub.abc import GitHubAPI

PERMISSIONS = {
    "checks": "write",
    "contents": "read",
    "issues": "write",
    "metadata": "read",
    "pull_requests": "write",
}
# What an owner may grant at set-up, for commits and for resolving threads.
COMMITS = {"contents": "write"}
_MARGIN = 300.0  # seconds before its end at which a token is no longer handed out
_UNGRANTED = _MARGIN + 600.0  # seconds after which is asked again what was not granted
_MOST = 10_000  # tokens kept at once

_Key = tuple[int, int, bool]
# The token to use; the argument is one that GitHub has just refused.
TokenSource: TypeAlias = Callable[[str | None], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class _Token:
    value: str | None = field(repr=False)  # None: the owner did not grant it
    expires: float


def _kept_until(_key: _Key, token: _Token, _now: float) -> float:
    return token.expires - _MARGIN


class Tokens:
    """The installation tokens of an app; each is asked for once, however many jobs wait for it."""

    def __init__(self, app: GitHubAPI, clock: Callable[[], float]) -> None:
        """`app`: a client that speaks as the app; `clock`: seconds since 1970."""
        self._app = app
        self._clock = clock
        self._cache: TLRUCache[_Key, _Token] = TLRUCache(_MOST, ttu=_kept_until, timer=clock)
        self._locks: WeakValueDictionary[_Key, asyncio.Lock] = WeakValueDictionary()

    async def get(self, installation: int, repository: int, refused: str | None = None) -> str:
        """A token for that repository alone; `refused` is one that GitHub no longer takes."""
        token = await self._get((installation, repository, False), refused)
        assert token.value, "what every installation grants"
        return token.value

    async def committing(
        self, installation: int, repository: int, refused: str | None = None
    ) -> str | None:
        """The same that may also commit; None where the owner did not grant it."""
        return (await self._get((installation, repository, True), refused)).value

    async def installations(self) -> AsyncIterator[int]:
        """The installations of the app, without those that somebody suspended."""
        async for found in self._app.getiter("/app/installations?per_page=100"):
            if not found.get("suspended_at"):
                yield int(found["id"])

    def listing(self, installation: int) -> TokenSource:
        """A token that can name all repositories of an installation, and nothing else."""
        made: list[str] = []

        async def token(refused: str | None) -> str:
            if refused or not made:
                answer = await self._app.post(
                    "/app/installations/{id}/access_tokens",
                    {"id": str(installation)},
                    data={"permissions": {"metadata": "read"}},
                )
                made[:] = [str(answer["token"])]
            return made[0]

        return token

    async def _get(self, key: _Key, refused: str | None) -> _Token:
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:
            token = self._cache.get(key)
            if token is None or (refused and token.value == refused):
                token = await self._mint(*key)
                self._cache[key] = token
            return token

    async def installation_of(self, full_name: str) -> int:
        """The id of the installation that covers a repository ("owner/name")."""
        owner, _, name = full_name.partition("/")
        found = await self._app.getitem(
            "/repos/{owner}/{name}/installation", {"owner": owner, "name": name}
        )
        return int(found["id"])

    async def _mint(self, installation: int, repository: int, commits: bool) -> _Token:
        permissions = PERMISSIONS | (COMMITS if commits else {})
        try:
            answer = await self._app.post(
                "/app/installations/{id}/access_tokens",
                {"id": str(installation)},
                data={"repository_ids": [repository], "permissions": permissions},
            )
        except gidgethub.BadRequest as error:
            if not commits or error.status_code != HTTPStatus.UNPROCESSABLE_ENTITY:
                raise
            return _Token(None, self._clock() + _UNGRANTED)
        expires = datetime.fromisoformat(answer["expires_at"])
        return _Token(answer["token"], expires.timestamp())
