"""The GitHub calls about pull requests, one function each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from bot import queries, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.github import Client

_COMPARED = 300  # files at which GitHub cuts a comparison


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
class Head:
    """What a pull request asks to merge.

    `repository` is "owner/name", None where the fork was deleted or is out of sight; `editable`
    says that the author lets maintainers push to the fork.
    """

    sha: str
    branch: str
    repository: str | None
    fork: bool = True
    of_organisation: bool = False
    editable: bool = False


@dataclass(frozen=True, slots=True)
class Thread:
    """A thread of review comments that we began.

    Attributes:
        id: the thread's, for GraphQL.
        comment: our comment's id for GraphQL; `number` is its id for REST.
        path: the file it stands in.
        body: what our comment says.
        lines: those of the head that it is about; None when a push has changed them, so that a
            suggestion cannot be pressed any more.
        resolved: by whom, None while it is open.
        answered: whether a human wrote in it.
    """

    id: str
    comment: str
    number: str
    path: str
    body: str
    lines: range | None = None
    resolved: Literal["us", "others"] | None = None
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of ours in the conversation."""

    id: str
    body: str


@dataclass(frozen=True, slots=True)
class Commit:
    sha: str
    message: str


@dataclass(frozen=True, slots=True)
class State:
    """A pull request as it is now.

    Attributes:
        url: the repository's, for people.
        base_tip: the base branch's newest commit (its last known one where it was deleted).
        association: of the author with the repository, as GitHub names it.
        commits: the last fifty, oldest first.
        texts: by the caller's names; None: no such file there.
        oversized: the names whose file is larger than texts.MAX_BYTES; their text is None.
        threads: those that we began.
        reviews: the bodies of our own.
        comments: our own among the last fifty.
        others: numbers of other open pull requests, newest first.
    """

    url: str
    head: Head
    base_ref: str
    base_tip: str
    state: Literal["OPEN", "CLOSED", "MERGED"]
    draft: bool
    labels: tuple[str, ...]
    author: str | None
    bot: bool
    association: str
    commits: tuple[Commit, ...]
    texts: Mapping[str, texts.Text | None]
    threads: tuple[Thread, ...] = ()
    reviews: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    others: tuple[int, ...] = ()
    oversized: tuple[str, ...] = ()


async def compare(
    gh: Client, repo: str, base: str, head: str, *, number: int | None = None
) -> Changes:
    """What a pull request or a push changes since it left `base`; one call up to 300 files.

    `repo` is "owner/name", `base` the base branch's name or a commit, `head` the head commit's SHA,
    `number` the pull request's: without one, only the first 300 files are known.

    Raises:
        gidgethub.BadRequest: 404 where branch or commit are gone or share no history.
    """
    # Files come on the first page, all of them; of the commits one is enough.
    url = "/repos/{owner}/{name}/compare/{base}...{head}?per_page=1"
    data = await gh.getitem(url, place_of(repo) | {"base": base, "head": head})
    files = data.get("files", [])
    if len(files) >= _COMPARED and number is not None:
        url = "/repos/{owner}/{name}/pulls/{number}/files?per_page=100"
        variables = place_of(repo) | {"number": str(number)}
        files = [entry async for entry in gh.getiter(url, variables)]
    return Changes(
        merge_base=data["merge_base_commit"]["sha"],
        base_tip=data["base_commit"]["sha"],
        files=tuple(_changed_file(entry) for entry in files),
    )


def _changed_file(file: Mapping[str, Any]) -> ChangedFile:
    previous, patch = file.get("previous_filename"), file.get("patch")
    return ChangedFile(file["filename"], file["status"], previous, patch)


async def ends(gh: Client, repo: str, number: int) -> tuple[str, str]:
    """The name of a pull request's base branch, and the SHA of its head.

    Raises:
        gidgethub.BadRequest: 404 where it is gone.
    """
    url = "/repos/{owner}/{name}/pulls/{number}"
    pull = await gh.getitem(url, place_of(repo) | {"number": str(number)})
    return pull["base"]["ref"], pull["head"]["sha"]


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
    place = place_of(repo) | {"number": number}
    expressions = {aliases[name]: expression for name, expression in blobs.items()}
    if defaults:
        expressions["defaults"] = f"HEAD:{defaults}"
    operation = queries.pull_request(aliases.values(), defaults=bool(defaults))
    answer = await gh.query(operation, "owner", **place, **expressions)
    found, owner = answer["repository"], answer.get("owner")
    pull = found["pullRequest"]
    objects = {name: found[alias] for name, alias in aliases.items()}
    shared = {"defaults": owner["file"] if owner else None} if defaults else {}
    threads, reviews = await _said(gh, place, pull)
    return _state(
        found,
        others=tuple(o["number"] for o in found["pullRequests"]["nodes"] if o["number"] != number),
        threads=threads,
        reviews=reviews,
        texts=await texts.fetch(gh, repo, objects)
        | await texts.fetch(gh, f"{place['owner']}/.github", shared),
        oversized=tuple(name for name, file in objects.items() if texts.oversized(file)),
    )


def _state(found: Mapping[str, Any], **read: Any) -> State:
    pull = found["pullRequest"]
    base, author = pull["baseRef"], pull["author"] or {}
    return State(
        url=found["url"],
        head=_head(pull),
        base_ref=pull["baseRefName"],
        # baseRefOid stands still while the branch moves on.
        base_tip=base["target"]["oid"] if base else pull["baseRefOid"],
        state=pull["state"],
        draft=pull["isDraft"],
        labels=tuple(label["name"] for label in pull["labels"]["nodes"]),
        author=author.get("login"),
        bot=author.get("__typename") == "Bot",
        association=pull["authorAssociation"],
        commits=tuple(
            Commit(node["commit"]["oid"], node["commit"]["message"])
            for node in pull["commits"]["nodes"]
        ),
        comments=tuple(
            Comment(node["id"], node["body"])
            for node in pull["comments"]["nodes"]
            if node["viewerDidAuthor"]
        ),
        **read,
    )


def _head(pull: Mapping[str, Any]) -> Head:
    repository = pull["headRepository"]
    return Head(
        sha=pull["headRefOid"],
        branch=pull["headRefName"],
        repository=repository and repository["nameWithOwner"],
        fork=pull["isCrossRepository"],
        of_organisation=bool(repository) and repository["owner"]["__typename"] == "Organization",
        editable=pull["maintainerCanModify"],
    )


async def _said(
    gh: Client, place: Mapping[str, Any], page: Mapping[str, Any]
) -> tuple[tuple[Thread, ...], tuple[str, ...]]:
    """Our own threads, and our reviews' bodies, from the first page on."""
    threads: list[Thread] = []
    bodies: list[str] = []
    cursors: dict[str, str] = {}
    while True:
        threads += [_thread(node) for node in page["reviewThreads"]["nodes"] if _ours(node)]
        bodies += [node["body"] for node in page["reviews"]["nodes"] if node["viewerDidAuthor"]]
        pages = {
            "threads": page["reviewThreads"]["pageInfo"],
            "reviews": page["reviews"]["pageInfo"],
        }
        if not any(info["hasNextPage"] for info in pages.values()):
            return tuple(threads), tuple(bodies)
        # What has ended has no cursor any more: the last one asks for what comes after it.
        cursors |= {name: info["endCursor"] for name, info in pages.items() if info["endCursor"]}
        answer = await gh.query(queries.more_said(), **place, **cursors)
        page = answer["repository"]["pullRequest"]


def _ours(thread: Mapping[str, Any]) -> bool:
    first: list[dict[str, Any]] = thread["comments"]["nodes"][:1]
    return any(comment["viewerDidAuthor"] for comment in first)


def _thread(node: Mapping[str, Any]) -> Thread:
    ours, *replies = node["comments"]["nodes"]
    return Thread(
        id=node["id"],
        comment=ours["id"],
        number=ours["fullDatabaseId"],
        path=node["path"],
        body=ours["body"],
        lines=_lines(node),
        resolved=_resolved(node, ours),
        answered=any(not reply["viewerDidAuthor"] for reply in replies),
    )


def _lines(node: Mapping[str, Any]) -> range | None:
    last = node["line"]
    return range(node["startLine"] or last, last + 1) if last else None


def _resolved(node: Mapping[str, Any], ours: Mapping[str, Any]) -> Literal["us", "others"] | None:
    if not node["isResolved"]:
        return None
    # `resolvedBy` is of the type User, so that a bot can be nobody there.
    by, us = node["resolvedBy"], ours["author"]
    return "us" if by is None or (us and by["login"] == us["login"]) else "others"


def place_of(repo: str) -> dict[str, Any]:
    """The variables for "owner/name" in addresses and queries."""
    owner, _, name = repo.partition("/")
    return {"owner": owner, "name": name}
