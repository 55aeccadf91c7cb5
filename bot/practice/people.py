"""What people do with issues on the offline GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.practice.labels import put, take_off
from bot.practice.views import account

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.practice.site import Repository, Site


def open_issue(  # noqa: PLR0913  what people choose when they open one
    site: Site,
    full_name: str,
    title: str,
    body: str = "",
    *,
    user: str = "reader",
    labels: Sequence[str] = (),
) -> int:
    """An issue that somebody opens, with labels as a form sets them; returns its number."""
    repository = site.repositories[full_name]
    number = len(repository.pulls) + len(repository.issues) + 1
    made = {"number": number, "user": account(user), "state": "open", "state_reason": None}
    repository.issues.append(made | {"title": title, "body": body, "labels": []})
    put(site, repository, number, labels, account(user))
    site.send(full_name, "issues", "opened", user, issue=repository.issues[-1])
    return number


def edit_issue(
    site: Site, full_name: str, number: int, *, user: str = "reader", **words: str
) -> None:
    """Somebody writes an issue's title or body anew, or ticks a box in it."""
    issue = _issue(site.repositories[full_name], number)
    changes = {key: {"from": issue[key]} for key in words}
    issue |= words
    site.send(full_name, "issues", "edited", user, issue=issue, changes=changes)


def decide(
    site: Site, full_name: str, number: int, *names: str, user: str, off: bool = False
) -> None:
    """A person sets labels on an issue, or takes them off."""
    repository = site.repositories[full_name]
    if not off:
        put(site, repository, number, names, account(user))
    for name in names if off else ():
        take_off(site, repository, number, name, account(user))


def close_issue(site: Site, full_name: str, number: int, reason: str = "completed") -> None:
    """Close an issue as its owner."""
    issue = _issue(site.repositories[full_name], number)
    issue |= {"state": "closed", "state_reason": reason}
    site.send(full_name, "issues", "closed", full_name.partition("/")[0], issue=issue)


def comment(site: Site, full_name: str, number: int, body: str, *, user: str) -> int:
    """Comment on an issue; returns the comment's id."""
    repository = site.repositories[full_name]
    issue, written = _issue(repository, number), conversation(repository, number)
    made = {"id": site.number_of_comment(), "user": account(user), "created_at": site.now()}
    owns = user == full_name.partition("/")[0]
    written.append(made | {"body": body, "association": "OWNER" if owns else "NONE"})
    site.send(full_name, "issue_comment", "created", user, issue=issue, comment=written[-1])
    return int(written[-1]["id"])


def edit_comment(  # noqa: PLR0913  who writes what where
    site: Site, full_name: str, number: int, comment: int, body: str, *, user: str
) -> None:
    """Write any comment on an issue anew, as GitHub lets those with write access: tick its box."""
    repository = site.repositories[full_name]
    found = next(c for c in conversation(repository, number) if c["id"] == comment)
    changes = {"body": {"from": found["body"]}}
    found["body"] = body
    issue = _issue(repository, number)
    more = {"issue": issue, "comment": found, "changes": changes}
    site.send(full_name, "issue_comment", "edited", user, **more)


def conversation(repository: Repository, number: int) -> list[dict[str, Any]]:
    """The comments on an issue, oldest first."""
    written: list[dict[str, Any]] = _issue(repository, number).setdefault("conversation", [])
    return written


def comments(repository: Repository) -> list[dict[str, Any]]:
    """All comments on a repository's issues."""
    return [one for issue in repository.issues for one in issue.get("conversation", [])]


def _issue(repository: Repository, number: int) -> dict[str, Any]:
    return next(issue for issue in repository.issues if issue["number"] == number)
