"""What people do with issues on the offline GitHub."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.practice.views import account

if TYPE_CHECKING:
    from bot.practice.site import Repository, Site


def edit(site: Site, full_name: str, number: int, body: str, *, user: str) -> None:
    """Write an issue anew, or tick a box in it."""
    issue = _issue(site, full_name, number)
    changes = {"body": {"from": issue["body"]}}
    issue["body"] = body
    site.send(full_name, "issues", "edited", user, issue=issue, changes=changes)


def close(site: Site, full_name: str, number: int, reason: str = "completed") -> None:
    """Close an issue as its owner."""
    issue = _issue(site, full_name, number)
    issue |= {"state": "closed", "state_reason": reason}
    site.send(full_name, "issues", "closed", full_name.partition("/")[0], issue=issue)


def comment(site: Site, full_name: str, number: int, body: str, *, user: str) -> int:
    """Comment on an issue; returns the comment's id."""
    issue = _issue(site, full_name, number)
    number = site.number_of_comment()
    made = {"id": number, "user": account(user), "created_at": site.now(), "body": body}
    issue.setdefault("conversation", []).append(made)
    site.send(full_name, "issue_comment", "created", user, issue=issue, comment=made)
    return number


def comments(repository: Repository) -> list[dict[str, Any]]:
    """All that people wrote on a repository's issues."""
    return [one for issue in repository.issues for one in issue.get("conversation", [])]


def _issue(site: Site, full_name: str, number: int) -> dict[str, Any]:
    issues = site.repositories[full_name].issues
    return next(issue for issue in issues if issue["number"] == number)
