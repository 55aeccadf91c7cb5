"""A repository's lists, its labels, and an issue: what labelling begins with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import shelf
from bot.pulls import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.config import Configuration
    from bot.github import Client
    from bot.shelf import Shelf

_PAGES = 10  # of a hundred labels of the repository, at most
_LABELS = """
    labels(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor } nodes { name description }
    }"""
_ISSUE = """
    issue(number: $number) {
      title body state viewerDidAuthor labels(first: 100) { nodes { name } }
    }"""
_MORE = f"""
query($owner: String!, $name: String!, $after: String) {{
  repository(owner: $owner, name: $name) {{{_LABELS} }}
}}
"""


@dataclass(frozen=True, slots=True)
class Existing:
    """A label as the repository has it."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Issue:
    """An open issue that is not ours, and the names of its labels."""

    title: str
    body: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What stands in a repository.

    Attributes:
        shelf: the repository's lists.
        labels: its labels.
        issue: the one that was asked for; None where there is nothing to do about it.
    """

    shelf: Shelf
    labels: tuple[Existing, ...]
    issue: Issue | None = None

    @property
    def settings(self) -> Configuration:
        return self.shelf.settings

    async def lists(self, gh: Client) -> tuple[str, ...]:
        """The texts of the lists, as `shelf.contents`."""
        return tuple((await shelf.contents(gh, self.shelf)).values())


async def read(
    gh: Client, repo: str, revision: str = "HEAD", number: int | None = None
) -> State | None:
    """One GraphQL query, more only past a hundred labels; None where `shelf.read` has none.

    Raises:
        GraphQLError: GitHub could not answer (the issue is gone, for one).
    """
    asked: dict[str, tuple[str, Any]] = {"after": ("String", None)}
    if number is not None:
        asked["number"] = ("Int!", number)
    fields = _LABELS + (_ISSUE if number is not None else "")
    found = await shelf.read(gh, repo, revision, fields, **asked)
    if found is None:
        return None
    labels = await _labels(gh, repo, found.more["labels"])
    return State(found, labels, _issue(found.more.get("issue")))


def _issue(found: Mapping[str, Any] | None) -> Issue | None:
    if not found or found["state"] != "OPEN" or found["viewerDidAuthor"]:
        return None
    names = tuple(label["name"] for label in found["labels"]["nodes"])
    return Issue(found["title"], found["body"], names)


async def _labels(gh: Client, repo: str, page: Mapping[str, Any]) -> tuple[Existing, ...]:
    """All labels, from the first page on."""
    found: list[Existing] = []
    for _ in range(_PAGES):
        found += [Existing(node["name"], node["description"] or "") for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        data = await gh.query(_MORE, **place_of(repo), after=page["pageInfo"]["endCursor"])
        page = data["repository"]["labels"]
    return tuple(found)
