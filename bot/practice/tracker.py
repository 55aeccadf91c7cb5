"""What is said on the offline GitHub, as REST has it: issues, comments, reactions, labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from bot.practice import labels, people, posts
from bot.practice.access import Refusal
from bot.practice.routes import REPOSITORY, Answer, Request, Router, page

if TYPE_CHECKING:
    from bot.practice.site import Pull, Repository

_REACTIONS = frozenset("+1 -1 laugh confused heart hooray rocket eyes".split())


class Tracker(Router):
    """The conversations of repositories."""

    def pull(
        self, request: Request, groups: list[str], level: str = "read"
    ) -> tuple[Repository, Pull]:
        repository = self.repository(request, groups[0], "pull_requests", level)
        pull = repository.pulls.get(int(groups[1]))
        if pull is None:
            raise Refusal(404, "Not Found")
        return repository, pull

    def _edit_review_comment(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "pull_requests", "write")
        written = [comment for pull in repository.pulls.values() for comment in pull.comments]
        return posts.edit(written, int(groups[1]), request.body["body"]), None

    def _reply(self, request: Request, groups: list[str]) -> Answer:
        _, pull = self.pull(request, groups, "write")
        first = posts.beginning(pull.comments, int(groups[2]))
        place = {key: first[key] for key in ("path", "line", "commit_id")}
        to = place | {"in_reply_to_id": first["id"]}
        return posts.comment(self, pull.comments, request.body["body"], **to), None

    def _conversation(self, request: Request, name: str, number: int) -> list[dict[str, Any]]:
        repository = self.repository(request, name, "issues", "read")
        if any(issue["number"] == number for issue in repository.issues):
            return people.conversation(repository, number)
        return self.pull(request, [name, str(number)])[1].conversation

    def _list_comments(self, request: Request, groups: list[str]) -> Answer:
        if groups[1] == "issues":
            written = self._conversation(request, groups[0], int(groups[2]))
        else:
            written = self.pull(request, [groups[0], groups[2]])[1].comments
        since = request.query.get("since", "")
        return page(request, [one for one in written if one["created_at"] >= since])

    def _comment(self, request: Request, groups: list[str]) -> Answer:
        self.repository(request, groups[0], "issues", "write")
        written = self._conversation(request, groups[0], int(groups[1]))
        return posts.comment(self, written, request.body["body"]), None

    def _edit_comment(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "issues", "write")
        written = [c for pull in repository.pulls.values() for c in pull.conversation]
        written += people.comments(repository)
        return posts.edit(written, int(groups[1]), request.body["body"]), None

    def _react(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "pull_requests", "write")
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

    def _permission(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "metadata", "read")
        owner = groups[1] == groups[0].partition("/")[0]
        right = "admin" if owner else "write" if groups[1] in repository.writers else "read"
        return {"permission": right, "user": {"login": groups[1]}}, None

    def _issue(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "issues", "write")
        return posts.issue(repository, request.body), None

    def _get_issue(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "issues", "read")
        return posts.numbered(repository, int(groups[1])), None

    def _change_issue(self, request: Request, groups: list[str]) -> Answer:
        repository = self.repository(request, groups[0], "issues", "write")
        return posts.change_issue(repository, int(groups[1]), request.body), None

    def _labels(self, request: Request, groups: list[str]) -> Answer:
        name, *what = groups
        level = "read" if request.method == "GET" else "write"
        repository = self.repository(request, name, "issues", level)
        found = labels.answer(self, repository, (request.method, *what), request.body)
        return page(request, found) if isinstance(found, list) else (found, None)

    ROUTES: ClassVar[tuple[Any, ...]] = (
        ("PATCH", re.compile(REPOSITORY + r"/pulls/comments/(\d+)"), _edit_review_comment),
        ("GET", re.compile(REPOSITORY + r"/(issues|pulls)/(\d+)/comments"), _list_comments),
        ("POST", re.compile(REPOSITORY + r"/pulls/(\d+)/comments/(\d+)/replies"), _reply),
        ("POST", re.compile(REPOSITORY + r"/issues/(\d+)/comments"), _comment),
        ("PATCH", re.compile(REPOSITORY + r"/issues/comments/(\d+)"), _edit_comment),
        ("POST", re.compile(REPOSITORY + r"/(issues|pulls)/comments/(\d+)/reactions"), _react),
        ("GET", re.compile(REPOSITORY + "/collaborators/([^/]+)/permission"), _permission),
        ("POST", re.compile(REPOSITORY + "/issues"), _issue),
        ("GET", re.compile(REPOSITORY + r"/issues/(\d+)"), _get_issue),
        ("PATCH", re.compile(REPOSITORY + r"/issues/(\d+)"), _change_issue),
        ("GET", re.compile(REPOSITORY + "/(labels)"), _labels),
        ("POST", re.compile(REPOSITORY + "/(labels)"), _labels),
        ("PATCH", re.compile(REPOSITORY + "/(labels)/([^/]+)"), _labels),
        ("GET", re.compile(REPOSITORY + r"/(issues)/(\d+)/(events)"), _labels),
        ("POST", re.compile(REPOSITORY + r"/(issues)/(\d+)/(labels)"), _labels),
        ("DELETE", re.compile(REPOSITORY + r"/(issues)/(\d+)/(labels)/([^/]+)"), _labels),
    )
