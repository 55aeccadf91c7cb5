"""The GitHub calls about pushes to the default branch, one function each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import gidgethub

from bot import comment_life, config, inherit, lists, pulls, queries, texts
from bot.pulls import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.github import Client

# A heading, also one with a line under it, and what stands for one.
_TITLE = re.compile(rb"(?m)^[ \t>]*(?:#|\*\*|__|<).*$|^.*\n[ \t>]*(?:=+|-+)[ \t\r]*$")
WAITING = 50  # open pull requests at most that are looked at
_STANDING = """
query($owner: String!, $name: String!, $sha: GitObjectID!) {
  repository(owner: $owner, name: $name) {
    object(oid: $sha) {
      ... on Commit {
        comments(last: 100) { nodes { body viewerDidAuthor } }
        associatedPullRequests(first: 10) { nodes { merged baseRefName } }
      }
    }
  }
}
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open pull request, as far as a list of them tells."""

    number: int
    head: str
    draft: bool


@dataclass(frozen=True, slots=True)
class Push:
    """What a push changed, and what stands around it.

    Attributes:
        url: the repository's, for people.
        files: what changed; `paths` are those that may hold lists.
        texts: as `bot.lists.judge_file` wants them, and "config" and "defaults".
        oversized: names of files too large to be read.
        waiting: the newest open pull requests against the branch.
    """

    url: str
    files: tuple[pulls.ChangedFile, ...]
    paths: tuple[str, ...]
    texts: Mapping[str, texts.Text | None]
    oversized: tuple[str, ...]
    waiting: tuple[Waiting, ...]

    @property
    def configures(self) -> bool:
        """Whether it changed the configuration."""
        return _configures(self.files)

    @property
    def retitles(self) -> bool:
        """Whether it changed a line of a list that may be a heading."""
        sides = ("base", "head")
        found = ([self.texts.get(f"{side} {path}") for side in sides] for path in self.paths)
        return any(_titles(before) != _titles(after) for before, after in found if before and after)


def _titles(text: texts.Text) -> list[bytes]:
    return _TITLE.findall(text.data)


async def read(gh: Client, repo: str, branch: str, before: str, after: str) -> Push | None:
    """A push in two calls; None, after one, where it changed no Markdown and no configuration."""
    try:
        changes = await pulls.compare(gh, repo, before, after)
    except gidgethub.BadRequest as error:
        if error.status_code != HTTPStatus.NOT_FOUND:
            raise
        return None  # what stood there before was pushed away for good
    paths = lists.candidates(changes.files)
    if not paths and not _configures(changes.files):
        return None
    blobs = _expressions(changes, after, paths)
    aliases = {name: f"b{index}" for index, name in enumerate(blobs)}
    asked = {aliases[name]: expression for name, expression in blobs.items()}
    defaults = inherit.defaults_of(repo)
    if defaults:
        asked["defaults"] = f"HEAD:{defaults}"
    operation = queries.push(aliases.values(), defaults=bool(defaults))
    answer = await gh.query(operation, "owner", **place_of(repo), branch=branch, **asked)
    found, owner = answer["repository"], answer.get("owner")
    objects = {name: found[alias] for name, alias in aliases.items()}
    shared = {"defaults": owner["file"] if owner else None}
    return Push(
        url=found["url"],
        files=changes.files,
        paths=paths,
        texts=await texts.fetch(gh, repo, objects)
        | await texts.fetch(gh, f"{place_of(repo)['owner']}/.github", shared),
        oversized=tuple(name for name, file in objects.items() if texts.oversized(file)),
        waiting=_waiting(found),
    )


def _configures(files: tuple[pulls.ChangedFile, ...]) -> bool:
    return any(config.PATH in {file.path, file.previous_path} for file in files)


def _expressions(changes: pulls.Changes, after: str, paths: tuple[str, ...]) -> dict[str, str]:
    before = {file.path: file.previous_path or file.path for file in changes.files}
    found = {"config": f"{after}:{config.PATH}"}
    for path in paths:
        found[f"head {path}"] = f"{after}:{path}"
        found[f"base {path}"] = f"{changes.merge_base}:{before[path]}"
    return found


async def waiting(gh: Client, repo: str, branch: str) -> tuple[Waiting, ...]:
    """The newest fifty open pull requests against a branch, newest first."""
    answer = await gh.query(queries.waiting(), **place_of(repo), branch=branch)
    return _waiting(answer["repository"])


def _waiting(found: Mapping[str, Any]) -> tuple[Waiting, ...]:
    return tuple(
        Waiting(node["number"], node["headRefOid"], node["isDraft"])
        for node in found["pullRequests"]["nodes"]
    )


async def spoken_of(gh: Client, repo: str, branch: str, sha: str) -> bool:
    """Whether somebody was told of a commit: by our comment, or in the pull request it merged."""
    answer = await gh.query(_STANDING, **place_of(repo), sha=sha)
    commit = answer["repository"]["object"] or {}
    comments = commit.get("comments", {"nodes": ()})["nodes"]
    merged = commit.get("associatedPullRequests", {"nodes": ()})["nodes"]
    return any(
        comment["viewerDidAuthor"] and comment_life.mark_of(comment["body"]).fingerprints
        for comment in comments
    ) or any(pull["merged"] and pull["baseRefName"] == branch for pull in merged)


async def comment(gh: Client, repo: str, sha: str, words: str) -> None:
    """Comment on a commit, where GitHub lets us.

    Its documentation asks for contents: read; in practice it often wants contents: write, which
    not every owner grants. The check run has it all.
    """
    url = "/repos/{owner}/{name}/commits/{sha}/comments"
    async with gh.committing():
        try:
            body = comment_life.marked(words, [sha])
            await gh.post(url, place_of(repo) | {"sha": sha}, data={"body": body})
        except gidgethub.BadRequest as error:
            if error.status_code != HTTPStatus.FORBIDDEN:
                raise
