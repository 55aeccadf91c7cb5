"""What the bot posts on the offline GitHub, held against GitHub's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.diff import commentable
from bot.practice.access import Refusal
from bot.practice.site import APP_ID, BOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.practice.site import Pull, Repository, Site

_COMMENT_MAX = 65_536  # characters
_OUTPUT_MAX = 65_535  # characters
_TITLE_MAX = 255  # characters
_ANNOTATIONS_MAX = 50  # a request
_BUTTONS_MAX = 3
_BUTTON_MAX = {"label": 20, "description": 40, "identifier": 20}  # characters


def review(
    site: Site, repository: Repository, pull: Pull, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """Post a review and its comments, all or nothing."""
    if asked.get("event") != "COMMENT":
        raise Refusal(422, "The offline GitHub takes reviews with the event COMMENT only")
    if asked["commit_id"] not in repository.store.ancestors(pull.head):
        raise _unprocessable("Commit is not part of the pull request")
    comments = asked.get("comments", [])
    for body in (asked.get("body", ""), *(comment["body"] for comment in comments)):
        _check_body(body)
    base = repository.store.merge_base(repository.tip, asked["commit_id"]) or pull.base_sha
    changed = repository.store.changes(base, asked["commit_id"])
    patches = {entry["filename"]: entry.get("patch") for entry in changed}
    for comment in comments:
        _check_place(comment, patches)
    number = len(pull.reviews) + 1
    said = {"user": BOT, "commit_id": asked["commit_id"], "pull_request_review_id": number}
    said["created_at"] = site.now()
    optional = {"start_line": None}
    pull.comments.extend(
        optional | comment | said | {"id": site.number_of_comment()} for comment in comments
    )
    made = {"id": number, "user": BOT, "state": "COMMENTED", "body": asked["body"]}
    pull.reviews.append(made | {"commit_id": asked["commit_id"]})
    return pull.reviews[-1]


def comment(site: Site, written: list[dict[str, Any]], body: str, **more: Any) -> dict[str, Any]:
    """Write a comment of the app's among others."""
    _check_body(body)
    made = {"id": site.number_of_comment(), "user": BOT, "body": body, "created_at": site.now()}
    written.append(made | more)
    return written[-1]


def commit_comment(
    site: Site, repository: Repository, sha: str, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """Comment on a commit."""
    if sha not in repository.store.commits:
        raise Refusal(422, f"No commit found for SHA: {sha}")
    return comment(site, repository.commit_comments, asked["body"], commit_id=sha)


def issue(repository: Repository, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Open an issue of the app's."""
    if not repository.has_issues:
        raise Refusal(410, "Issues has been disabled in this repository.")
    if not str(asked.get("title") or "").strip():
        raise _unprocessable("title can't be blank")
    _check_body(asked["body"])
    number = len(repository.pulls) + len(repository.issues) + 1
    made = {"number": number, "user": BOT, "state": "open", "state_reason": None, "labels": []}
    repository.issues.append(made | {key: asked[key] for key in ("title", "body")})
    return repository.issues[-1]


def change_issue(repository: Repository, number: int, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Change an issue's words or its state."""
    found = numbered(repository, number)
    _check_body(asked.get("body", "-"))
    found |= {k: asked[k] for k in ("title", "body", "state", "state_reason") if k in asked}
    if asked.get("state") == "open":
        found["state_reason"] = "reopened"
    return found


def numbered(repository: Repository, number: int) -> dict[str, Any]:
    """The issue of that number."""
    if not repository.has_issues:
        raise Refusal(410, "Issues has been disabled in this repository.")
    found = next((issue for issue in repository.issues if issue["number"] == number), None)
    if found is None:
        raise Refusal(404, "Not Found")
    return found


def beginning(written: list[dict[str, Any]], number: int) -> dict[str, Any]:
    """The comment that begins a thread; GitHub takes replies to no other."""
    found = next((c for c in written if c["id"] == number and not c.get("in_reply_to_id")), None)
    if found is None:
        raise Refusal(404, "Not Found")
    return found


def edit(written: list[dict[str, Any]], number: int, body: str) -> dict[str, Any]:
    """Write a comment of the app's anew."""
    found = next((c for c in written if c["id"] == number), None)
    if found is None:
        raise Refusal(404, "Not Found")
    if found["user"] != BOT:
        raise Refusal(403, "Resource not accessible by integration")
    _check_body(body)
    found["body"] = body
    return found


def _check_body(body: str) -> None:
    if not body.strip():
        raise _unprocessable("Body cannot be blank")
    if len(body) > _COMMENT_MAX:
        raise _unprocessable(f"Body is too long (maximum is {_COMMENT_MAX} characters)")


def _check_place(comment: Mapping[str, Any], patches: Mapping[str, str | None]) -> None:
    if comment["path"] not in patches:
        raise _unprocessable("Pull request review thread path is invalid")
    line, start = comment["line"], comment.get("start_line")
    hunks = commentable(patches[comment["path"]])
    hunk = next((hunk for hunk in hunks if line in hunk), None)
    if hunk is None:
        raise _unprocessable("Pull request review thread line must be part of the diff")
    if start is not None and start >= line:
        raise _unprocessable("Pull request review thread start line must precede the end line.")
    if start is not None and start not in hunk:
        raise _unprocessable(
            "Pull request review thread start line must be part of the same hunk as the line."
        )


def check_run(repository: Repository, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Post a check run on a commit."""
    if asked["head_sha"] not in repository.store.commits:
        raise Refusal(422, f"No commit found for SHA: {asked['head_sha']}")
    if asked.get("status") == "completed" and not asked.get("conclusion"):
        raise _unprocessable("conclusion is required when status is completed")
    run = {key: asked.get(key) for key in ("name", "head_sha", "status", "conclusion")}
    run["actions"] = _buttons(asked.get("actions", []))
    run |= {"id": len(repository.check_runs) + 1, "output": {}, "annotations": []}
    run |= {"external_id": asked.get("external_id", ""), "app": {"id": APP_ID}, "pull_requests": []}
    _write_output(run, asked["output"])
    repository.check_runs.append(run)
    return run


def _buttons(actions: list[dict[str, str]]) -> list[dict[str, str]]:
    if len(actions) > _BUTTONS_MAX:
        raise Refusal(422, f"Invalid request.\n\nNo more than {_BUTTONS_MAX} items are allowed.")
    for action in actions:
        for key, most in _BUTTON_MAX.items():
            if len(action[key]) > most:
                raise Refusal(422, f"Invalid request.\n\nOnly {most} characters are allowed.")
    return actions


def more_of_check_run(
    repository: Repository, number: int, asked: Mapping[str, Any]
) -> dict[str, Any]:
    """Change a check run; annotations are added to those it has."""
    run = next((run for run in repository.check_runs if run["id"] == number), None)
    if run is None:
        raise Refusal(404, "Not Found")
    _write_output(run, asked["output"])
    return run


def _write_output(run: dict[str, Any], output: Mapping[str, Any]) -> None:
    annotations = output.get("annotations", [])
    if len(annotations) > _ANNOTATIONS_MAX:
        supplied = f"{_ANNOTATIONS_MAX} items are allowed; {len(annotations)} were supplied."
        raise Refusal(422, f"Invalid request.\n\nNo more than {supplied}")
    for key, most in (("title", _TITLE_MAX), ("summary", _OUTPUT_MAX), ("text", _OUTPUT_MAX)):
        if len(output.get(key, "")) > most:
            raise Refusal(422, f"Invalid request.\n\nOnly {most} characters are allowed.")
    run["annotations"] = [*run["annotations"], *annotations]
    run["output"] = {key: output[key] for key in ("title", "summary", "text") if key in output}


def _unprocessable(why: str) -> Refusal:
    return Refusal(422, "Unprocessable Entity", [why])
