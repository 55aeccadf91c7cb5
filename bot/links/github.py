"""Links to github.com, a hundred repositories with one GraphQL request.

What the answer leaves in doubt (a page of an issue, a branch that may have been renamed) is left
to be asked over HTTP.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

import gidgethub

from bot.batches import batched
from bot.github import Client
from bot.links import github_query
from bot.links.verdict import Found, Verdict, silent
from bot.responses import GraphQLError
from bot.retry import TryLater
from bot.services import graphql_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from bot.links.github_query import Node, Place
    from bot.transport import Transport

AT_ONCE = 100  # repositories and owners in a request
_GONE = "NOT_FOUND"


class Query(Protocol):
    """Such as `bot.github.Client.query`."""

    async def __call__(self, operation: str, /, **variables: Any) -> dict[str, Any]: ...


def personal(token: str, transport: Transport, api_url: str = "https://api.github.com") -> Client:
    """A client for the command line, with a token from the environment."""

    async def mine(_refused: str | None) -> str:
        return token

    return Client(transport, api_url=api_url, graphql_url=graphql_of(api_url), token=mine)


@dataclass(frozen=True, slots=True)
class GitHubLinks:
    """Checks links by what GitHub's GraphQL says of their repositories.

    Attributes:
        query: asks the GitHub that the links of `host` lead to.
    """

    query: Query
    host: str = "github.com"
    clock: Callable[[], float] = time.time

    def takes(self, url: str) -> bool:
        return github_query.place(url, self.host) is not None

    async def check(
        self, urls: Collection[str], progress: Callable[[str, Found], object] = silent
    ) -> dict[str, Found]:
        """What is known of the links; those that are left out are to be asked over HTTP."""
        places = filter(None, (github_query.place(url, self.host) for url in urls))
        found: dict[str, Found] = {}
        trouble = ""
        for nodes in batched(github_query.nodes(places), AT_ONCE):
            answer = trouble or await self._ask(nodes)
            trouble = answer if isinstance(answer, str) else ""
            for place, told in _judged(nodes, answer, self.host):
                found[place.url] = replace(told, at=self.clock())
                progress(place.url, found[place.url])
        return found

    async def _ask(self, nodes: list[Node]) -> Mapping[str, Any] | str:
        """What GitHub surely says of each node, or in a word why it says nothing at all."""
        operation, variables = github_query.operation(nodes)
        try:
            return await self.query(operation, **variables)
        except GraphQLError as error:
            return "error" if error.data is None else _certain(error)
        except TryLater:
            return "later"
        except gidgethub.GitHubException:
            return "refused"


def _certain(error: GraphQLError) -> Mapping[str, Any]:
    """The answer without what was kept from us, or is missing for a reason that is not told."""
    told = set(zip(error.fields, error.kinds, strict=True))
    gone = {field for field, kind in told if kind == _GONE}
    others = {field for field, kind in told if kind != _GONE}
    return {
        field: it
        for field, it in (error.data or {}).items()
        if field not in others and (it is not None or field in gone or not others)
    }


def _judged(
    nodes: list[Node], answer: Mapping[str, Any] | str, host: str
) -> Iterator[tuple[Place, Found]]:
    for number, node in enumerate(nodes):
        alias = f"a{number}"
        for at, place in enumerate(node.places):
            if isinstance(answer, str):
                yield place, Found(Verdict.UNKNOWN, answer)
            elif alias in answer and (told := _judge(place, at, answer[alias], host)):
                yield place, told


def _judge(place: Place, at: int, answer: Mapping[str, Any] | None, host: str) -> Found | None:
    """None where only the page itself can tell."""
    if answer is None:
        return Found(Verdict.DEAD, "gone")
    there = github_query.is_there(place, at, answer)
    if there is None:
        return None
    return _alive(place, answer, host) if there else Found(Verdict.DEAD, "no such file")


def _alive(place: Place, answer: Mapping[str, Any], host: str) -> Found:
    name = answer.get("nameWithOwner", "")
    if place.repository and name.lower() != f"{place.owner}/{place.repository}".lower():
        return Found(Verdict.MOVED, "renamed", place.under(f"https://{host}/{name}"))
    if answer.get("isArchived"):
        return Found(Verdict.ALIVE, "archived")
    return Found(Verdict.ALIVE, "empty" if answer.get("isEmpty") else "known")
