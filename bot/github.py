"""An installation's client for GitHub's REST and GraphQL, and the app that hands it out.

Every request, whatever made it, passes through `Client._request`. There a read is repeated
briefly when GitHub stumbles, a refused token is replaced once, and what only time can mend (a rate
limit, an outage) becomes `TryLater`. A write is never repeated here: the job that runs again looks
before it posts.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

import gidgethub
import gidgethub.abc
from cachetools import TTLCache

from bot import responses
from bot.budget import WriteBudget
from bot.links.known import Repository
from bot.outside import Outside
from bot.responses import GraphQLError, Response
from bot.retry import TryLater
from bot.tokens import Tokens, TokenSource
from bot.words import Words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.events import Job
    from bot.transport import Transport

# The same, None where the owner did not grant it.
MaybeToken: TypeAlias = Callable[[str | None], Awaitable[str | None]]

_MUTATION = "mutation"
_API_VERSION = "2022-11-28"
_PAUSES = (0.5, 2.0)  # seconds between the attempts of a read
_OUTAGE_WAIT = 30.0  # seconds until a job that met an outage is run again
_INSTALLATIONS = 10_000  # whose last hour of writes is kept
_MEMORY, _MEMORY_SECONDS = 256, 300.0  # entries kept for all installations, and how long


class Client(gidgethub.abc.GitHubAPI):
    """gidgethub's client over an injected transport; `calls` counts its HTTP requests.

    What it writes is said in its `words`: in English until a list tells another language.
    """

    def __init__(  # noqa: PLR0913  all by name, given by GitHubApp alone
        self,
        transport: Transport,
        *,
        api_url: str,
        graphql_url: str,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.time,
        token: TokenSource | None = None,
        committing: MaybeToken | None = None,
        budget: WriteBudget | None = None,
        app_id: str | None = None,
        private_key: str | None = None,
        pages_url: str | None = None,
        app: str | None = None,
        outside: Outside | None = None,
        memory: MutableMapping[Any, Any] | None = None,
    ) -> None:
        """`memory` keeps for some minutes what need not be asked for again, `outside` is what
        jobs may ask besides GitHub.

        `committing` gives tokens that may also commit, `budget` says how fast to write. `app` is
        the id of the App that it acts for.
        """
        super().__init__("listwright", base_url=api_url, app_id=app_id, private_key=private_key)
        self.calls = 0
        self.app = app
        self.outside = outside or Outside()
        self.words = Words()
        self.memory: MutableMapping[Any, Any] = {} if memory is None else memory
        self._graphql_url = graphql_url
        self._transport = transport
        self._sleep = sleep
        self._clock = clock
        self._token = token
        self._committing = committing
        self._budget = budget
        self._pages_url = pages_url

    def page_of(self, rule: str) -> str | None:
        """The address of a rule's page; None where this server has no public address."""
        return f"{self._pages_url}/rules/{rule}" if self._pages_url else None

    @asynccontextmanager
    async def committing(self) -> AsyncIterator[bool]:
        """For a while, use a token that may also commit; gives False where none is granted."""
        token, usual = self._committing and await self._committing(None), self._token
        if not token:
            yield False
            return

        async def wider(refused: str | None) -> str:
            assert self._committing
            return await self._committing(refused) or ""

        self._token = wider
        try:
            yield True
        finally:
            self._token = usual

    def require_writes(self, number: int) -> None:
        """See that so many writes can be made now; TryLater says when."""
        if self._budget:
            self._budget.require(number)

    async def sleep(self, seconds: float) -> None:
        await self._sleep(seconds)

    async def post(self, url: str, url_vars: Any = None, *, data: Any, **options: Any) -> Any:
        return await super().post(url, url_vars, data=self.words.within(data), **options)

    async def patch(self, url: str, url_vars: Any = None, *, data: Any, **options: Any) -> Any:
        return await super().patch(url, url_vars, data=self.words.within(data), **options)

    async def query(
        self, operation: str, optional: str = "", /, **variables: Any
    ) -> dict[str, Any]:
        """The `data` of a GraphQL query, which may be repeated.

        `optional` names a top-level field that is None where it is not there, or not for us.

        Raises:
            GraphQLError: with every message of GitHub's and the data it gave nevertheless.
            TryLater: when the GraphQL limit is spent.
        """
        try:
            data: dict[str, Any] = await self.graphql(
                operation, endpoint=self._graphql_url, **variables
            )
        except gidgethub.QueryError as error:
            if not responses.only_out_of_sight(error.response["errors"], optional):
                raise self._query_failure(error.response) from None
            data = error.response["data"]
        return data

    async def mutate(self, operation: str, **variables: Any) -> dict[str, Any]:
        """The `data` of GraphQL mutations; they are never repeated.

        Raises:
            GraphQLError: with every message of GitHub's and the data it gave nevertheless.
            TryLater: when the GraphQL limit is spent.
        """
        assert operation.lstrip().startswith(_MUTATION)
        return await self.query(operation, **self.words.within(variables))

    async def _request(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Response:
        reads = method == "GET" or (url == self._graphql_url and not _mutates(body))
        if self._budget and not reads:
            self._budget.spend()
        for pause in (*_PAUSES, None) if reads else (None,):
            answer = await self._attempt(method, url, headers, body)
            if pause is None or not responses.worth_repeating(answer):
                break
            await self.sleep(pause)
        if isinstance(answer, str):
            raise TryLater(_OUTAGE_WAIT, f"{method} {urlsplit(url).path}: {answer}")
        wait = responses.seconds_to_wait(answer, self._clock())
        if wait is not None:
            raise TryLater(wait, f"{method} {urlsplit(url).path}: rate limit, {wait:.0f} s to wait")
        return answer

    async def _attempt(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> Response | str:
        """One answer of GitHub's, or in a few words why there is none to be read."""
        request = partial(self._send, method, url, headers, body)
        try:
            if self._token is None:
                response = await request(None)
            else:
                token = await self._token(None)
                response = await request(token)
                if response[0] == 401:  # noqa: PLR2004  expired early or revoked
                    response = await request(await self._token(token))
        except OSError as error:
            return f"no answer ({type(error).__name__})"
        return responses.defect(response) or response

    async def _send(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes, token: str | None
    ) -> Response:
        self.calls += 1
        ours = {**headers, "x-github-api-version": _API_VERSION}
        if token is not None:
            ours["authorization"] = f"token {token}"
        return await self._transport(method, url, ours, body)

    def _query_failure(self, answer: Mapping[str, Any]) -> Exception:
        errors = answer["errors"]
        messages = [str(error.get("message")) for error in errors]
        limited = any(error.get("type") == "RATE_LIMITED" for error in errors)
        if not limited and not any("rate limit" in message for message in messages):
            kinds = [str(error.get("type")) for error in errors]
            fields = [str(*(error.get("path") or [])[:1]) for error in errors]
            return GraphQLError(messages, answer.get("data"), kinds, fields)
        wait = responses.LIMIT_WAIT
        if self.rate_limit is not None and not self.rate_limit.remaining:
            wait = responses.until(self.rate_limit.reset_datetime.timestamp(), self._clock())
        return TryLater(wait, f"GraphQL: rate limit, {wait:.0f} s to wait")


class GitHubApp:
    """The app: a client per installation and repository, over one transport.

    `calls` counts all its HTTP requests, those for tokens too.
    """

    def __init__(  # noqa: PLR0913  all by name, from the settings
        self,
        *,
        app_id: str,
        private_key: str,
        api_url: str,
        graphql_url: str,
        transport: Transport,
        pages_url: str | None = None,
        outside: Outside | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.calls = 0
        self._transport = transport
        self._client = partial(
            Client,
            self._counted,
            api_url=api_url,
            graphql_url=graphql_url,
            pages_url=pages_url,
            sleep=sleep,
            clock=clock,
            app=app_id,
            outside=outside,
            memory=TTLCache(_MEMORY, _MEMORY_SECONDS, timer=clock),
        )
        self._tokens = Tokens(self._client(app_id=app_id, private_key=private_key), clock)
        self._budgets: TTLCache[int, WriteBudget] = TTLCache(_INSTALLATIONS, 3600.0, timer=clock)
        self._clock = clock

    @asynccontextmanager
    async def installation(self, job: Job) -> AsyncIterator[Client]:
        """A client that may do what the job needs in the job's repository, and nothing else.

        The job's data holds `repository`: {"id": int, "full_name": "owner/name"}.
        """
        repository = job.data["repository"]
        installation = job.installation
        if installation is None:  # deliveries of a repository's own webhook carry none
            installation = await self._tokens.installation_of(repository["full_name"])
        place = installation, repository["id"]
        yield self._client(
            token=partial(self._tokens.get, *place),
            committing=partial(self._tokens.committing, *place),
            budget=self._budget(installation),
        )

    async def repositories(self) -> AsyncIterator[Repository]:
        """Every repository that the app was given, with its installation."""
        async for installation in self._tokens.installations():
            gh = self._client(token=self._tokens.listing(installation))
            url = "/installation/repositories?per_page=100"
            async for found in gh.getiter(url, iterable_key="repositories"):
                yield Repository(found["id"], found["full_name"], installation)

    def _budget(self, installation: int) -> WriteBudget:
        # Put back each time, so that it ends an hour after its last use.
        budget = self._budgets.get(installation) or WriteBudget(self._clock)
        self._budgets[installation] = budget
        return budget

    async def _counted(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> Response:
        self.calls += 1
        return await self._transport(method, url, headers, body)


def _mutates(body: bytes) -> bool:
    return str(json.loads(body)["query"]).lstrip().startswith(_MUTATION)
