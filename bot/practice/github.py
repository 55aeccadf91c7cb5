"""The offline GitHub: an answer to every request that the bot makes, without any I/O.

It keeps GitHub's own rules (tokens and what they may do, reviews refused as a whole for one
comment outside the diff, 50 annotations a request, texts cut by GraphQL), so that what works here
works there. `bot.practice.serve` puts it on the loopback; the tests call `respond` directly.
"""

from __future__ import annotations

import base64
import re
from functools import partial
from http import HTTPStatus
from typing import Any, ClassVar

from bot.practice import access, branches, graphql, mutations, nodes, objects, posts
from bot.practice.access import Refusal
from bot.practice.routes import REPOSITORY, Answer, Request, page
from bot.practice.site import INSTALLATION, Repository
from bot.practice.tracker import Tracker
from bot.practice.views import BRANCH, pull_json, repository_json

_COMPARED = 300  # files at most in a comparison


class OfflineGitHub(Tracker):
    """GitHub with one app installed everywhere; `requests` logs what was asked, oldest first."""

    app_id = access.APP_ID

    @property
    def private_key(self) -> str:
        """The app's private key (PEM)."""
        return access.private_key()

    def _installation(self, request: Request, groups: list[str]) -> Answer:
        self.access.check_app(request.headers)
        if groups[0] not in self.repositories:
            raise Refusal(404, "Not Found")
        return {"id": INSTALLATION}, None

    def _installations(self, request: Request, _groups: list[str]) -> Answer:
        self.access.check_app(request.headers)
        return page(request, [{"id": INSTALLATION, "suspended_at": None}])

    def _given(self, request: Request, _groups: list[str]) -> Answer:
        sees = partial(self.access.sees, request.headers)
        given = [one for one in self.repositories.values() if sees(one.id)]
        shown, following = page(request, [repository_json(g.full_name, g.id) for g in given])
        return {"total_count": len(given), "repositories": shown}, following

    def _token(self, request: Request, groups: list[str]) -> Answer:
        self.access.check_app(request.headers)
        if groups[0] != str(INSTALLATION):
            raise Refusal(404, "Not Found")
        return self.access.mint(request.body or {}), None

    def _graphql(self, request: Request, _groups: list[str]) -> Answer:
        def may(repository: Repository, need: str) -> bool:
            return self.access.may_write(request.headers, repository.id, need)

        query = nodes.query(partial(self._seen, request), self.repositories)
        roots = {"query": query, "mutation": mutations.mutation(self, may)}
        return graphql.answer(roots, request.body), None

    def _seen(self, request: Request, name: str) -> Repository | None:
        known = nodes.known_as(name, self.repositories.values())
        try:
            return self.repository(request, known, "contents", "read") if known else None
        except Refusal as refusal:
            if refusal.status != HTTPStatus.NOT_FOUND:
                raise
            return None

    def _compare(self, request: Request, groups: list[str]) -> Answer:
        name, base, head = groups
        repository = self.repository(request, name, "contents", "read")
        tip = repository.tip if base == BRANCH else base
        known = repository.store.commits
        merge_base = repository.store.merge_base(tip, head) if {tip, head} <= set(known) else None
        if merge_base is None:
            raise Refusal(404, "Not Found")
        files = repository.store.changes(merge_base, head)[:_COMPARED]
        shas = {"base_commit": {"sha": tip}, "merge_base_commit": {"sha": merge_base}}
        return shas | {"files": files}, None

    def _blob(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "contents", "read")
        data = repository.store.blobs.get(groups[1])
        if data is None:
            raise Refusal(404, "Not Found")
        content = base64.encodebytes(data).decode()
        return {"sha": groups[1], "encoding": "base64", "content": content}, None

    def _git(self, request: Request, groups: list[str]) -> Answer:
        name, *what = groups
        level = "read" if request.method == "GET" else "write"
        found = objects.origin(self, name)
        origin = found.full_name if found else name
        repository = self.repository(request, origin, "contents", level)
        route = (request.method, *what)
        return objects.answer(self, repository, name, route, request.body), None

    def _get_pull(self, request: Request, groups: list[str]) -> Answer:
        return pull_json(*self.pull(request, groups)), None

    def _branches(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "contents", "read")
        return branches.beginning(repository, groups[1]), None

    def _create_branch(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "contents", "write")
        return branches.create(repository, request.body), None

    def _list_pulls(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "pull_requests", "read")
        return page(request, branches.pulls_of(repository, request.query["head"]))

    def _create_pull(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "pull_requests", "write")
        return branches.open_pull(self, repository, request.body), None

    def _change_pull(self, request: Request, groups: list[str]) -> Answer:
        repository, pull = self.pull(request, groups, "write")
        return branches.change_pull(repository, pull, request.body), None

    def _files(self, request: Request, groups: list[str]) -> Answer:
        repository, pull = self.pull(request, groups)
        base = repository.store.merge_base(repository.tip, pull.head) or pull.base_sha
        return page(request, repository.store.changes(base, pull.head))

    def _review(self, request: Request, groups: list[str]) -> Answer:
        repository, pull = self.pull(request, groups, "write")
        return posts.review(self, repository, pull, request.body), None

    def _check_run(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "checks", "write")
        return posts.check_run(repository, request.body), None

    def _more_of_check_run(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "checks", "write")
        return posts.more_of_check_run(repository, int(groups[1]), request.body), None

    def _check_runs(self, request: Request, groups: list[str]) -> Answer:
        self.repository(request, groups[0], "checks", "read")
        name = request.query.get("check_name")
        runs = [run for run in self.check_runs(groups[0], groups[1]) if run["name"] == name]
        latest = runs[-1:]  # those of one app and one name
        return {"total_count": len(latest), "check_runs": latest}, None

    def _commit_comment(self, request: Request, groups: list[str]) -> Answer:
        # GitHub's documentation asks for less; in practice this is what it wants.
        repository = self.repository(request, groups[0], "contents", "write")
        return posts.commit_comment(self, repository, groups[1], request.body), None

    ROUTES: ClassVar[tuple[Any, ...]] = (
        ("POST", re.compile(r"/app/installations/(\d+)/access_tokens"), _token),
        ("GET", re.compile("/app/installations"), _installations),
        ("GET", re.compile("/installation/repositories"), _given),
        ("GET", re.compile(REPOSITORY + "/installation"), _installation),
        ("POST", re.compile("/graphql"), _graphql),
        ("GET", re.compile(REPOSITORY + r"/compare/(.+)\.\.\.(.+)"), _compare),
        ("GET", re.compile(REPOSITORY + "/git/blobs/([0-9a-f]+)"), _blob),
        ("GET", re.compile(REPOSITORY + "/git/matching-refs/heads/(.+)"), _branches),
        ("POST", re.compile(REPOSITORY + "/git/refs"), _create_branch),
        ("GET", re.compile(REPOSITORY + "/git/(commits|trees)/([0-9a-f]+|HEAD)"), _git),
        ("POST", re.compile(REPOSITORY + "/git/(commits|trees)()"), _git),
        ("PATCH", re.compile(REPOSITORY + "/git/(refs/heads)/(.+)"), _git),
        ("GET", re.compile(REPOSITORY + "/pulls"), _list_pulls),
        ("POST", re.compile(REPOSITORY + "/pulls"), _create_pull),
        ("GET", re.compile(REPOSITORY + r"/pulls/(\d+)"), _get_pull),
        ("PATCH", re.compile(REPOSITORY + r"/pulls/(\d+)"), _change_pull),
        ("GET", re.compile(REPOSITORY + r"/pulls/(\d+)/files"), _files),
        ("POST", re.compile(REPOSITORY + r"/pulls/(\d+)/reviews"), _review),
        ("POST", re.compile(REPOSITORY + "/commits/([0-9a-f]+)/comments"), _commit_comment),
        ("GET", re.compile(REPOSITORY + "/commits/([0-9a-f]+)/check-runs"), _check_runs),
        ("POST", re.compile(REPOSITORY + "/check-runs"), _check_run),
        ("PATCH", re.compile(REPOSITORY + r"/check-runs/(\d+)"), _more_of_check_run),
    )
