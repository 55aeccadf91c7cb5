"""The offline GitHub's repositories, what people do in them, and the deliveries that tell of it."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.practice import places
from bot.practice.store import Store
from bot.practice.views import account, pull_json, repository_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BOT = account("listwright[bot]")
APP_ID = 1
INSTALLATION = 7


@dataclass
class Pull:
    number: int
    title: str
    user: str
    head: str
    head_repository: str | None
    base_sha: str
    draft: bool = False
    state: str = "OPEN"
    editable: bool = True  # the box "Allow edits by maintainers"
    owner_type: str = "User"  # of the fork
    ref: str = ""  # the branch it comes from, for one that the app made
    body: str = ""
    association: str = "CONTRIBUTOR"
    labels: list[str] = field(default_factory=list)
    reviews: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)  # of reviews
    conversation: list[dict[str, Any]] = field(default_factory=list)
    resolved: dict[int, str | None] = field(default_factory=dict)  # first comment -> by whom

    @property
    def branch(self) -> str:
        return self.ref or f"patch-{self.number}"

    @property
    def written(self) -> list[dict[str, Any]]:
        return [*self.comments, *self.conversation]


@dataclass
class Repository:
    id: int
    full_name: str
    tip: str
    store: Store
    private: bool = False
    pulls: dict[int, Pull] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)  # made by the app -> commit
    check_runs: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)
    labels: dict[str, dict[str, Any]] = field(default_factory=dict)  # by names in lower case
    events: list[dict[str, Any]] = field(default_factory=list)  # of labels on issues
    commit_comments: list[dict[str, Any]] = field(default_factory=list)
    merged: dict[str, int] = field(default_factory=dict)  # commit -> the pull request it merged
    has_issues: bool = True
    archived: bool = False
    former: set[str] = field(default_factory=set)  # full names it had before
    protected: set[str] = field(default_factory=set)  # names of branches
    writers: set[str] = field(default_factory=set)  # besides the owner


@dataclass(frozen=True)
class Delivery:
    event: str
    guid: str
    payload: dict[str, Any]


class Site:
    """Repositories with the app installed; `deliveries` is the outbox of its webhook.

    `fork_pushes` says whether the app may push to a user's fork whose author allows edits: the
    real GitHub seems to let it, but nobody wrote that down.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """`clock`: seconds since 1970."""
        self.clock = clock
        self.fork_pushes = True
        self.reactions: dict[int, list[str]] = {}  # comment -> the app's
        self._comments = 0
        self.repositories: dict[str, Repository] = {}
        self.deliveries: list[Delivery] = []

    def add_repository(
        self, full_name: str, files: Mapping[str, bytes], *, private: bool = False
    ) -> Repository:
        """A repository ("owner/name") with one commit on its default branch, "main"."""
        store = Store()
        number = 1000 + len(self.repositories)
        repository = Repository(number, full_name, store.commit(files), store, private)
        self.repositories[full_name] = repository
        return repository

    def open_pull(  # noqa: PLR0913  what people choose when they open one
        self,
        full_name: str,
        files: Mapping[str, bytes | None],
        *,
        title: str = "Add an entry",
        user: str = "contributor",
        draft: bool = False,
        fork: bool = True,
    ) -> int:
        """A pull request of one commit, from the user's fork or not; returns its number.

        `files`: path -> new content, None to remove the file.
        """
        repository = self.repositories[full_name]
        number = len(repository.pulls) + len(repository.issues) + 1
        source = f"{user}/{full_name.partition('/')[2]}" if fork else full_name
        head = repository.store.commit(files, repository.tip)
        pull = Pull(number, title, user, head, source, base_sha=repository.tip, draft=draft)
        repository.pulls[number] = pull
        self.deliver(full_name, number, "opened")
        return number

    def push(
        self,
        full_name: str,
        number: int,
        files: Mapping[str, bytes | None],
        *,
        message: str = "Change files",
        by: Mapping[str, str] | None = None,
    ) -> str:
        """Another commit on a pull request, its author's by itself; returns its SHA."""
        repository = self.repositories[full_name]
        made = repository.store.commit(files, repository.pulls[number].head, message=message)
        return self.point(full_name, number, made, by=by)

    def point(
        self, full_name: str, number: int, sha: str, *, by: Mapping[str, str] | None = None
    ) -> str:
        """Let a pull request's branch point to another commit; returns its SHA."""
        pull = self.repositories[full_name].pulls[number]
        before, pull.head = pull.head, sha
        sender = {"sender": by} if by else {}
        self.deliver(full_name, number, "synchronize", before=before, after=sha, **sender)
        return sha

    def branch(self, full_name: str, name: str) -> tuple[Repository, Pull] | None:
        """The pull request from a branch of a repository or fork, and its base repository."""
        for repository in self.repositories.values():
            for pull in repository.pulls.values():
                if (pull.head_repository, pull.branch) == (full_name, name):
                    return repository, pull
        return None

    def number_of_comment(self) -> int:
        """A number for the next comment, whatever it is on."""
        self._comments += 1
        return self._comments

    def now(self) -> str:
        """The time as GitHub writes it."""
        return datetime.fromtimestamp(self.clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def comment(self, full_name: str, number: int, body: str, *, user: str) -> int:
        """A human's comment in the conversation; returns its id."""
        pull = self.repositories[full_name].pulls[number]
        made = self._by(user)
        pull.conversation.append(made | {"body": body})
        address = f"https://api.github.com/repos/{full_name}/pulls/{number}"
        issue = {"number": number, "user": account(pull.user), "pull_request": {"url": address}}
        self.send(
            full_name, "issue_comment", "created", user, issue=issue, comment=pull.conversation[-1]
        )
        return int(made["id"])

    def reply(self, full_name: str, number: int, to: int, body: str, *, user: str) -> int:
        """A human's reply in a review thread that begins with the comment `to`; returns its id."""
        repository = self.repositories[full_name]
        pull = repository.pulls[number]
        first = next(comment for comment in pull.comments if comment["id"] == to)
        made = self._by(user)
        made |= {key: first[key] for key in ("path", "line", "commit_id")}
        pull.comments.append(made | {"body": body, "in_reply_to_id": to})
        more = {"pull_request": pull_json(repository, pull), "comment": pull.comments[-1]}
        self.send(full_name, "pull_request_review_comment", "created", user, **more)
        return int(made["id"])

    def _by(self, user: str) -> dict[str, Any]:
        made = {"id": self.number_of_comment(), "user": account(user)}
        return made | {"created_at": self.now()}

    def press(self, full_name: str, check_run: int, identifier: str, *, user: str) -> None:
        """Press one of a check run's buttons; "rerequested" is GitHub's own "Re-run"."""
        run = self.repositories[full_name].check_runs[check_run - 1]
        if identifier == "rerequested":
            self.send(full_name, "check_run", identifier, user, check_run=run)
            return
        pressed = {"identifier": identifier}
        self.send(
            full_name,
            "check_run",
            "requested_action",
            user,
            check_run=run,
            requested_action=pressed,
        )

    def rerun(self, full_name: str, number: int, *, user: str) -> None:
        """Press "Re-run all checks" on a pull request; of forks GitHub names none."""
        repository = self.repositories[full_name]
        pull = repository.pulls[number]
        own = pull.head_repository == full_name
        place = {"repo": {"id": repository.id}}
        named = [{"number": number, "base": place, "head": place}] if own else []
        suite = {"head_sha": pull.head, "pull_requests": named, "app": {"id": APP_ID}}
        self.send(full_name, "check_suite", "rerequested", user, check_suite=suite)

    def send(self, full_name: str, event: str, action: str | None, user: str, **more: Any) -> None:
        """Put any delivery about a repository into the outbox; a push has no action."""
        repository = self.repositories[full_name]
        payload = ({"action": action} if action else {}) | {
            "repository": repository_json(repository.full_name, repository.id),
            "sender": account(user),
            "installation": {"id": INSTALLATION},
        }
        self.deliveries.append(Delivery(event, str(uuid.uuid4()), payload | more))

    def rebase(self, full_name: str, number: int, files: Mapping[str, bytes | None]) -> str:
        """Replace a pull request's commits by one on the newest base; returns its SHA."""
        repository = self.repositories[full_name]
        return self.point(full_name, number, repository.store.commit(files, repository.tip))

    def move_base(self, full_name: str, files: Mapping[str, bytes | None]) -> str:
        """A commit to the default branch; returns its SHA."""
        repository = self.repositories[full_name]
        repository.tip = repository.store.commit(files, repository.tip)
        return repository.tip

    def close(self, full_name: str, number: int) -> None:
        """Close a pull request without merging it."""
        self.repositories[full_name].pulls[number].state = "CLOSED"
        self.deliver(full_name, number, "closed")

    def apply_suggestions(self, full_name: str, number: int) -> str | None:
        """Press "Commit suggestion" on all comments on the present head, in one commit.

        Returns its SHA, or None where there is nothing to press.
        """
        repository = self.repositories[full_name]
        pull = repository.pulls[number]
        files = dict(repository.store.commits[pull.head].files)
        comments = self.review_comments(full_name, number)
        current = [comment for comment in comments if comment["commit_id"] == pull.head]
        pressed = [comment for comment in current if places.SUGGESTION.search(comment["body"])]
        # From the end of each file, so that the lines before keep their numbers.
        for comment in sorted(pressed, key=lambda comment: int(comment["line"]), reverse=True):
            files[comment["path"]] = places.with_suggestion(files[comment["path"]], comment)
        return self.push(full_name, number, files) if pressed else None

    def reviews(self, full_name: str, number: int) -> list[dict[str, Any]]:
        """The reviews as REST shows them, oldest first."""
        return self.repositories[full_name].pulls[number].reviews

    def review_comments(self, full_name: str, number: int) -> list[dict[str, Any]]:
        """Our review comments as REST shows them, oldest first."""
        comments = self.repositories[full_name].pulls[number].comments
        return [comment for comment in comments if not comment.get("in_reply_to_id")]

    def check_runs(self, full_name: str, sha: str | None = None) -> list[dict[str, Any]]:
        """The check runs, of one commit or all, with the list of their annotations."""
        runs = self.repositories[full_name].check_runs
        return [run for run in runs if sha in {None, run["head_sha"]}]

    def deliver(self, full_name: str, number: int, action: str, **more: Any) -> None:
        """Put a pull_request delivery into the outbox, as the pull request is now."""
        repository = self.repositories[full_name]
        pull = repository.pulls[number]
        payload = {
            "action": action,
            "number": number,
            "pull_request": pull_json(repository, pull),
            "repository": repository_json(repository.full_name, repository.id),
            "sender": account(pull.user),
            "installation": {"id": INSTALLATION},
        }
        self.deliveries.append(Delivery("pull_request", str(uuid.uuid4()), payload | more))
