"""The offline GitHub: an answer to every request that the bot makes, without any I/O.

It keeps GitHub's own rules (tokens and what they may do, reviews refused as a whole for one
comment outside the diff, 50 annotations a request, texts cut by GraphQL), so that what works here
works there. `bot.practice.serve` puts it on the loopback; the tests call `respond` directly.
"""

from __future__ import annotations

import base64
import json
import re
import time
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from bot.practice import access, branches, graphql, mutations, nodes, objects, people, posts
from bot.practice.access import Access, Refusal
from bot.practice.site import INSTALLATION, Pull, Repository, Site
from bot.practice.views import BRANCH, pull_json, repository_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_COMPARED = 300  # files at most in a comparison
_PAGING = (("per_page", "30"), ("page", "1"))
_REACTIONS = frozenset("+1 -1 laugh confused heart hooray rocket eyes".split())
_REPOSITORY = "/repos/([^/]+/[^/]+)"


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came; `body` is its JSON, None without one."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any


# What a route answers: the JSON, with the address of the next page if there is one.
_Answer = tuple[Any, str | None]


def _page(request: Request, found: list[dict[str, Any]]) -> _Answer:
    size, page = (int(request.query.get(key, default)) for key, default in _PAGING)
    following = urlencode({**request.query, "per_page": size, "page": page + 1})
    return found[(page - 1) * size : page * size], following if page * size < len(found) else None


class OfflineGitHub(Site):
    """GitHub with one app installed everywhere; `requests` logs what was asked, oldest first."""

    app_id = access.APP_ID

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """`clock`: seconds since 1970, by which tokens expire."""
        super().__init__(clock)
        self.access = Access(clock)
        self.requests: list[Request] = []

    @property
    def private_key(self) -> str:
        """The app's private key (PEM)."""
        return access.private_key()

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

    def _route(self, request: Request) -> _Answer:
        for method, pattern, answer in self._ROUTES:
            found = pattern.fullmatch(request.path)
            if found and method == request.method:
                return answer(self, request, [unquote(group) for group in found.groups()])
        raise Refusal(404, f"The offline GitHub knows no {request.method} {request.path}")

    def _repository(self, request: Request, name: str, need: str, level: str) -> Repository:
        """A repository that the token covers as needed; what is public may be read by any token."""
        repository = self.repositories.get(name)
        covered = self.access.sees(request.headers, repository.id if repository else 0)
        if covered or level != "read":
            self.access.check(request.headers, repository.id if repository else 0, need, level)
        if repository is None or (repository.private and not covered):
            raise Refusal(404, "Not Found")
        return repository

    def _installation(self, request: Request, groups: list[str]) -> _Answer:
        self.access.check_app(request.headers)
        if groups[0] not in self.repositories:
            raise Refusal(404, "Not Found")
        return {"id": INSTALLATION}, None

    def _installations(self, request: Request, _groups: list[str]) -> _Answer:
        self.access.check_app(request.headers)
        return _page(request, [{"id": INSTALLATION, "suspended_at": None}])

    def _given(self, request: Request, _groups: list[str]) -> _Answer:
        sees = partial(self.access.sees, request.headers)
        given = [one for one in self.repositories.values() if sees(one.id)]
        shown, following = _page(request, [repository_json(g.full_name, g.id) for g in given])
        return {"total_count": len(given), "repositories": shown}, following

    def _token(self, request: Request, groups: list[str]) -> _Answer:
        self.access.check_app(request.headers)
        if groups[0] != str(INSTALLATION):
            raise Refusal(404, "Not Found")
        return self.access.mint(request.body or {}), None

    def _graphql(self, request: Request, _groups: list[str]) -> _Answer:
        def may(repository: Repository, need: str) -> bool:
            return self.access.may_write(request.headers, repository.id, need)

        query = nodes.query(partial(self._seen, request))
        roots = {"query": query, "mutation": mutations.mutation(self, may)}
        return graphql.answer(roots, request.body), None

    def _seen(self, request: Request, name: str) -> Repository | None:
        known = name in self.repositories
        try:
            return self._repository(request, name, "contents", "read") if known else None
        except Refusal as refusal:
            if refusal.status != HTTPStatus.NOT_FOUND:
                raise
            return None

    def _compare(self, request: Request, groups: list[str]) -> _Answer:
        name, base, head = groups
        repository = self._repository(request, name, "contents", "read")
        tip = repository.tip if base == BRANCH else base
        known = repository.store.commits
        merge_base = repository.store.merge_base(tip, head) if {tip, head} <= set(known) else None
        if merge_base is None:
            raise Refusal(404, "Not Found")
        files = repository.store.changes(merge_base, head)[:_COMPARED]
        shas = {"base_commit": {"sha": tip}, "merge_base_commit": {"sha": merge_base}}
        return shas | {"files": files}, None

    def _blob(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "contents", "read")
        data = repository.store.blobs.get(groups[1])
        if data is None:
            raise Refusal(404, "Not Found")
        content = base64.encodebytes(data).decode()
        return {"sha": groups[1], "encoding": "base64", "content": content}, None

    def _git(self, request: Request, groups: list[str]) -> _Answer:
        name, *what = groups
        level = "read" if request.method == "GET" else "write"
        found = objects.origin(self, name)
        origin = found.full_name if found else name
        repository = self._repository(request, origin, "contents", level)
        route = (request.method, *what)
        return objects.answer(self, repository, name, route, request.body), None

    def _pull(
        self, request: Request, groups: list[str], level: str = "read"
    ) -> tuple[Repository, Pull]:
        repository = self._repository(request, groups[0], "pull_requests", level)
        pull = repository.pulls.get(int(groups[1]))
        if pull is None:
            raise Refusal(404, "Not Found")
        return repository, pull

    def _get_pull(self, request: Request, groups: list[str]) -> _Answer:
        return pull_json(*self._pull(request, groups)), None

    def _get_branch(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "contents", "read")
        return branches.get(self, repository, groups[1]), None

    def _create_branch(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "contents", "write")
        return branches.create(repository, request.body), None

    def _list_pulls(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "pull_requests", "read")
        return _page(request, branches.pulls_of(repository, request.query["head"]))

    def _create_pull(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "pull_requests", "write")
        return branches.open_pull(self, repository, request.body), None

    def _files(self, request: Request, groups: list[str]) -> _Answer:
        repository, pull = self._pull(request, groups)
        base = repository.store.merge_base(repository.tip, pull.head) or pull.base_sha
        return _page(request, repository.store.changes(base, pull.head))

    def _review(self, request: Request, groups: list[str]) -> _Answer:
        repository, pull = self._pull(request, groups, "write")
        return posts.review(self, repository, pull, request.body), None

    def _edit_review_comment(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "pull_requests", "write")
        written = [comment for pull in repository.pulls.values() for comment in pull.comments]
        return posts.edit(written, int(groups[1]), request.body["body"]), None

    def _reply(self, request: Request, groups: list[str]) -> _Answer:
        _, pull = self._pull(request, groups, "write")
        first = posts.beginning(pull.comments, int(groups[2]))
        place = {key: first[key] for key in ("path", "line", "commit_id")}
        to = place | {"in_reply_to_id": first["id"]}
        return posts.comment(self, pull.comments, request.body["body"], **to), None

    def _list_comments(self, request: Request, groups: list[str]) -> _Answer:
        _, pull = self._pull(request, [groups[0], groups[2]])
        written = pull.conversation if groups[1] == "issues" else pull.comments
        since = request.query.get("since", "")
        return _page(request, [one for one in written if one["created_at"] >= since])

    def _comment(self, request: Request, groups: list[str]) -> _Answer:
        _, pull = self._pull(request, groups, "write")
        return posts.comment(self, pull.conversation, request.body["body"]), None

    def _edit_comment(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "issues", "write")
        written = [c for pull in repository.pulls.values() for c in pull.conversation]
        return posts.edit(written, int(groups[1]), request.body["body"]), None

    def _react(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "pull_requests", "write")
        number, content = int(groups[2]), request.body["content"]
        if content not in _REACTIONS:
            raise Refusal(422, "Validation Failed")
        written = [c for pull in repository.pulls.values() for c in pull.written]
        if number not in {c["id"] for c in [*written, *people.comments(repository)]}:
            raise Refusal(404, "Not Found")
        made = self.reactions.setdefault(number, [])
        if content not in made:
            made.append(content)
        return {"id": 1, "content": content}, None

    def _permission(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "metadata", "read")
        owner = groups[1] == groups[0].partition("/")[0]
        right = "admin" if owner else "write" if groups[1] in repository.writers else "read"
        return {"permission": right, "user": {"login": groups[1]}}, None

    def _check_run(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "checks", "write")
        return posts.check_run(repository, request.body), None

    def _more_of_check_run(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "checks", "write")
        return posts.more_of_check_run(repository, int(groups[1]), request.body), None

    def _check_runs(self, request: Request, groups: list[str]) -> _Answer:
        self._repository(request, groups[0], "checks", "read")
        name = request.query.get("check_name")
        runs = [run for run in self.check_runs(groups[0], groups[1]) if run["name"] == name]
        latest = runs[-1:]  # those of one app and one name
        return {"total_count": len(latest), "check_runs": latest}, None

    def _commit_comment(self, request: Request, groups: list[str]) -> _Answer:
        # GitHub's documentation asks for less; in practice this is what it wants.
        repository = self._repository(request, groups[0], "contents", "write")
        return posts.commit_comment(self, repository, groups[1], request.body), None

    def _issue(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "issues", "write")
        return posts.issue(repository, request.body), None

    def _get_issue(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "issues", "read")
        return posts.numbered(repository, int(groups[1])), None

    def _change_issue(self, request: Request, groups: list[str]) -> _Answer:
        repository = self._repository(request, groups[0], "issues", "write")
        return posts.change_issue(repository, int(groups[1]), request.body), None

    _ROUTES: ClassVar = (
        ("POST", re.compile(r"/app/installations/(\d+)/access_tokens"), _token),
        ("GET", re.compile("/app/installations"), _installations),
        ("GET", re.compile("/installation/repositories"), _given),
        ("GET", re.compile(_REPOSITORY + "/installation"), _installation),
        ("POST", re.compile("/graphql"), _graphql),
        ("GET", re.compile(_REPOSITORY + r"/compare/(.+)\.\.\.(.+)"), _compare),
        ("GET", re.compile(_REPOSITORY + "/git/blobs/([0-9a-f]+)"), _blob),
        ("GET", re.compile(_REPOSITORY + "/git/(commits|trees)/([0-9a-f]+)"), _git),
        ("GET", re.compile(_REPOSITORY + "/git/ref/heads/(.+)"), _get_branch),
        ("POST", re.compile(_REPOSITORY + "/git/refs"), _create_branch),
        ("POST", re.compile(_REPOSITORY + "/git/(commits|trees)()"), _git),
        ("PATCH", re.compile(_REPOSITORY + "/git/(refs/heads)/(.+)"), _git),
        ("GET", re.compile(_REPOSITORY + "/pulls"), _list_pulls),
        ("POST", re.compile(_REPOSITORY + "/pulls"), _create_pull),
        ("GET", re.compile(_REPOSITORY + r"/pulls/(\d+)"), _get_pull),
        ("GET", re.compile(_REPOSITORY + r"/pulls/(\d+)/files"), _files),
        ("POST", re.compile(_REPOSITORY + r"/pulls/(\d+)/reviews"), _review),
        ("PATCH", re.compile(_REPOSITORY + r"/pulls/comments/(\d+)"), _edit_review_comment),
        ("GET", re.compile(_REPOSITORY + r"/(issues|pulls)/(\d+)/comments"), _list_comments),
        ("POST", re.compile(_REPOSITORY + r"/pulls/(\d+)/comments/(\d+)/replies"), _reply),
        ("POST", re.compile(_REPOSITORY + r"/issues/(\d+)/comments"), _comment),
        ("PATCH", re.compile(_REPOSITORY + r"/issues/comments/(\d+)"), _edit_comment),
        ("POST", re.compile(_REPOSITORY + r"/(issues|pulls)/comments/(\d+)/reactions"), _react),
        ("GET", re.compile(_REPOSITORY + "/collaborators/([^/]+)/permission"), _permission),
        ("POST", re.compile(_REPOSITORY + "/commits/([0-9a-f]+)/comments"), _commit_comment),
        ("GET", re.compile(_REPOSITORY + "/commits/([0-9a-f]+)/check-runs"), _check_runs),
        ("POST", re.compile(_REPOSITORY + "/issues"), _issue),
        ("GET", re.compile(_REPOSITORY + r"/issues/(\d+)"), _get_issue),
        ("PATCH", re.compile(_REPOSITORY + r"/issues/(\d+)"), _change_issue),
        ("POST", re.compile(_REPOSITORY + "/check-runs"), _check_run),
        ("PATCH", re.compile(_REPOSITORY + r"/check-runs/(\d+)"), _more_of_check_run),
    )
