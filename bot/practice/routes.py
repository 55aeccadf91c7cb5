"""How a request to the offline GitHub finds its answer."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from bot.practice.access import Access, Refusal
from bot.practice.site import Repository, Site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

REPOSITORY = "/repos/([^/]+/[^/]+)"
_PAGING = (("per_page", "30"), ("page", "1"))


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came; `body` is its JSON, None without one."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any


# What a route answers: the JSON, with the address of the next page if there is one.
Answer = tuple[Any, str | None]


def page(request: Request, found: list[dict[str, Any]]) -> Answer:
    size, page = (int(request.query.get(key, default)) for key, default in _PAGING)
    following = urlencode({**request.query, "per_page": size, "page": page + 1})
    return found[(page - 1) * size : page * size], following if page * size < len(found) else None


class Router(Site):
    """A site that answers requests; each class below adds its own `ROUTES`.

    `requests` logs what was asked, oldest first.
    """

    ROUTES: ClassVar[tuple[Any, ...]] = ()

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """`clock`: seconds since 1970, by which tokens expire."""
        super().__init__(clock)
        self.access = Access(clock)
        self.requests: list[Request] = []

    def respond(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """Answer one HTTP request: status, headers (lower-case names) and body."""
        parts = urlsplit(url)
        path = re.sub(r"^/api(/v3)?(?=/)", "", parts.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        request = Request(method, path, query, headers, json.loads(body) if body else None)
        self.requests.append(request)
        sent = {"content-type": "application/json; charset=utf-8"}
        try:
            answer, following = self._route(request)
        except Refusal as refusal:
            return refusal.status, sent, json.dumps(refusal.body).encode()
        if following:
            sent["link"] = f'<{parts.scheme}://{parts.netloc}{parts.path}?{following}>; rel="next"'
        return (
            201 if method == "POST" and path != "/graphql" else 200,
            sent,
            json.dumps(answer).encode(),
        )

    def _route(self, request: Request) -> Answer:
        routes = (route for each in type(self).__mro__ for route in vars(each).get("ROUTES", ()))
        for method, pattern, answer in routes:
            found = pattern.fullmatch(request.path)
            if found and method == request.method:
                made: Answer = answer(self, request, [unquote(group) for group in found.groups()])
                return made
        raise Refusal(404, f"The offline GitHub knows no {request.method} {request.path}")

    def repository(self, request: Request, name: str, need: str, level: str) -> Repository:
        """A repository that the token covers as needed; what is public may be read by any token."""
        repository = self.repositories.get(name)
        covered = self.access.sees(request.headers, repository.id if repository else 0)
        if covered or level != "read":
            self.access.check(request.headers, repository.id if repository else 0, need, level)
        if repository is None or (repository.private and not covered):
            raise Refusal(404, "Not Found")
        return repository
