"""The GitHub calls about pull requests, one function each."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

import gidgethub

from bot import cut, queries, texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.github import Client

_COMPARED = 300  # files at which GitHub cuts a comparison
_REVIEW_REQUESTS = 12  # at most so many while looking for the comment that GitHub refuses
_CONTINUED = "Continued from the review above."
_ANNOTATIONS = 50  # per request


@dataclass(frozen=True, slots=True)
class ChangedFile:
    path: str
    status: str
    previous_path: str | None
    patch: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    merge_base: str
    base_tip: str
    files: tuple[ChangedFile, ...]


@dataclass(frozen=True, slots=True)
class State:
    """A pull request as it is now.

    Attributes:
        base_tip: the base branch's newest commit (its last known one where it was deleted).
        head_repository: "owner/name", None where the fork was deleted or is out of sight.
        texts: by the caller's names; None: no such file there.
        oversized: the names whose file is larger than texts.MAX_BYTES; their text is None.
        said: the bodies of our own reviews and review comments.
    """

    head: str
    base_ref: str
    base_tip: str
    state: Literal["OPEN", "CLOSED", "MERGED"]
    draft: bool
    labels: tuple[str, ...]
    author: str | None
    head_repository: str | None
    texts: Mapping[str, texts.Text | None]
    said: tuple[str, ...]
    oversized: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """On the lines `start_line` (None: `line` alone) to `line` of the new file, 1-based."""

    path: str
    line: int
    start_line: int | None
    body: str


@dataclass(frozen=True, slots=True)
class Annotation:
    path: str
    start_line: int
    end_line: int
    level: Literal["notice", "warning", "failure"]
    message: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class CheckRun:
    name: str
    conclusion: Literal["success", "failure", "neutral"]
    title: str
    summary: str
    text: str | None = None
    annotations: Sequence[Annotation] = ()


async def compare(gh: Client, repo: str, base: str, head: str, *, number: int) -> Changes:
    """What a pull request changes since it left its base branch; one call up to 300 files.

    `repo` is "owner/name", `base` the base branch's name, `head` the head commit's SHA, `number`
    the pull request's, needed past 300 files.

    Raises:
        gidgethub.BadRequest: 404 where branch or commit are gone or share no history.
    """
    # Files come on the first page, all of them; of the commits one is enough.
    url = "/repos/{owner}/{name}/compare/{base}...{head}?per_page=1"
    data = await gh.getitem(url, _place(repo) | {"base": base, "head": head})
    files = data.get("files", [])
    if len(files) >= _COMPARED:
        url = "/repos/{owner}/{name}/pulls/{number}/files?per_page=100"
        variables = _place(repo) | {"number": str(number)}
        files = [entry async for entry in gh.getiter(url, variables)]
    return Changes(
        merge_base=data["merge_base_commit"]["sha"],
        base_tip=data["base_commit"]["sha"],
        files=tuple(_changed_file(entry) for entry in files),
    )


def _changed_file(file: Mapping[str, Any]) -> ChangedFile:
    previous, patch = file.get("previous_filename"), file.get("patch")
    return ChangedFile(file["filename"], file["status"], previous, patch)


async def read(
    gh: Client, repo: str, number: int, blobs: Mapping[str, str], defaults: str | None = None
) -> State:
    """A pull request and the texts around it in one GraphQL query.

    `blobs` gives each text a name of the caller's and says where it is: "sha:path". `defaults` is a
    path in the owner's `.github` repository; its text is named "defaults", None where there is none
    or it is not for us. More calls follow only past 100 threads or reviews, and one for each text
    that GraphQL cannot carry whole.

    Raises:
        GraphQLError: GitHub could not answer (the pull request is gone, for one).
    """
    aliases = {name: f"b{index}" for index, name in enumerate(blobs)}
    place = _place(repo) | {"number": number}
    expressions = {aliases[name]: expression for name, expression in blobs.items()}
    if defaults:
        expressions["defaults"] = f"HEAD:{defaults}"
    operation = queries.pull_request(aliases.values(), defaults=bool(defaults))
    answer = await gh.query(operation, "owner", **place, **expressions)
    found, owner = answer["repository"], answer.get("owner")
    pull = found["pullRequest"]
    objects = {name: found[alias] for name, alias in aliases.items()}
    shared = {"defaults": owner["file"] if owner else None} if defaults else {}
    return _state(
        pull,
        said=await _said(gh, place, pull),
        texts=await texts.fetch(gh, repo, objects)
        | await texts.fetch(gh, f"{place['owner']}/.github", shared),
        oversized=tuple(name for name, file in objects.items() if texts.oversized(file)),
    )


def _state(pull: Mapping[str, Any], **read: Any) -> State:
    base, fork, author = pull["baseRef"], pull["headRepository"], pull["author"]
    return State(
        head=pull["headRefOid"],
        base_ref=pull["baseRefName"],
        # baseRefOid stands still while the branch moves on.
        base_tip=base["target"]["oid"] if base else pull["baseRefOid"],
        state=pull["state"],
        draft=pull["isDraft"],
        labels=tuple(label["name"] for label in pull["labels"]["nodes"]),
        author=author and author["login"],
        head_repository=fork and fork["nameWithOwner"],
        **read,
    )


async def _said(gh: Client, place: Mapping[str, Any], page: Mapping[str, Any]) -> tuple[str, ...]:
    """The bodies of our own comments, from the first page on."""
    bodies: list[str] = []
    cursors: dict[str, str] = {}
    while True:
        threads, reviews = page["reviewThreads"], page["reviews"]
        comments = [node for thread in threads["nodes"] for node in thread["comments"]["nodes"]]
        written = [*reviews["nodes"], *comments]
        bodies += [node["body"] for node in written if node["viewerDidAuthor"]]
        pages = {"threads": threads["pageInfo"], "reviews": reviews["pageInfo"]}
        if not any(info["hasNextPage"] for info in pages.values()):
            return tuple(bodies)
        # What has ended has no cursor any more: the last one asks for what comes after it.
        cursors |= {name: info["endCursor"] for name, info in pages.items() if info["endCursor"]}
        answer = await gh.query(queries.pull_request(), **place, **cursors)
        page = answer["repository"]["pullRequest"]


async def post_review(  # noqa: PLR0913, PLR0917  what a review is made of
    gh: Client,
    repo: str,
    number: int,
    head: str,
    body: str,
    comments: Sequence[ReviewComment],
) -> tuple[ReviewComment, ...]:
    """Post one review and return the comments that GitHub would not take, in their order.

    GitHub refuses a review as a whole (422) and does not say for which comment. Halves are tried
    then, the largest first, so that few reviews come of it; whatever is still refused after some
    requests is returned with the rest. No review is posted where all is refused.
    """
    url = "/repos/{owner}/{name}/pulls/{number}/reviews"
    place = _place(repo) | {"number": str(number)}
    groups, refused = deque([list(comments)]), set[ReviewComment]()
    for _ in range(_REVIEW_REQUESTS):
        if not groups:
            break
        group = groups.popleft()
        made = [_comment(comment) for comment in group]
        data = {"commit_id": head, "event": "COMMENT", "body": body, "comments": made}
        try:
            await gh.post(url, place, data=data)
        except gidgethub.BadRequest as error:
            if error.status_code != HTTPStatus.UNPROCESSABLE_ENTITY:
                raise
            middle = len(group) // 2
            if middle:
                groups.extend((group[:middle], group[middle:]))
            else:
                refused.update(group)
        else:
            body = _CONTINUED
    refused.update(*groups)
    return tuple(comment for comment in comments if comment in refused)


def _comment(comment: ReviewComment) -> dict[str, Any]:
    made = {"path": comment.path, "line": comment.line, "side": "RIGHT", "body": comment.body}
    if comment.start_line is not None and comment.start_line < comment.line:
        made |= {"start_line": comment.start_line, "start_side": "RIGHT"}
    return made


async def post_check(gh: Client, repo: str, head: str, check: CheckRun) -> int:
    """Post a completed check run and return its id; one more call per further 50 annotations.

    Title, summary and texts that are too long for GitHub are cut and say so.
    """
    output: dict[str, Any] = {"title": cut.title(check.title), "summary": cut.text(check.summary)}
    if check.text:
        output["text"] = cut.text(check.text)
    notes = [_annotation(annotation) for annotation in check.annotations]
    data = {
        "name": check.name,
        "head_sha": head,
        "status": "completed",
        "conclusion": check.conclusion,
        "output": output | {"annotations": notes[:_ANNOTATIONS]},
    }
    made = await gh.post("/repos/{owner}/{name}/check-runs", _place(repo), data=data)
    url, place = "/repos/{owner}/{name}/check-runs/{id}", _place(repo) | {"id": str(made["id"])}
    for start in range(_ANNOTATIONS, len(notes), _ANNOTATIONS):
        batch = notes[start : start + _ANNOTATIONS]
        await gh.patch(url, place, data={"output": output | {"annotations": batch}})
    return int(made["id"])


def _annotation(annotation: Annotation) -> dict[str, Any]:
    made = {
        "path": annotation.path,
        "start_line": annotation.start_line,
        "end_line": annotation.end_line,
        "annotation_level": annotation.level,
        "message": cut.text(annotation.message),
    }
    return made | ({"title": cut.title(annotation.title)} if annotation.title else {})


def _place(repo: str) -> dict[str, Any]:
    owner, _, name = repo.partition("/")
    return {"owner": owner, "name": name}
