"""A repository's lists as they stand somewhere, its configuration, its labels, and an issue."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import gidgethub

from bot import config, inherit, judge, lists, merge_commit, queries, reading, sorting, texts
from bot.pulls import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.config import Configuration
    from bot.github import Client
    from bot.texts import Text

_FILES = 20  # lists at most, README first
_PAGES = 10  # of a hundred labels of the repository, at most
_ISSUE = """
    issue(number: $number) {
      title body state viewerDidAuthor labels(first: 100) { nodes { name } }
    }"""
_LABELS = """
    labels(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor } nodes { name description }
    }"""
_QUERY = """
query($owner: String!, $name: String!%s) {
  viewer { login }
  repository(owner: $owner, name: $name) {%s }%s
}
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
        repo: "owner/name".
        revision: the branch or commit that was read.
        settings: the configuration there.
        readme: the text of README.md; None where there is none.
        labels: the repository's.
        us: our own login.
        issue: the one that was asked for; None where there is nothing to do about it.
    """

    repo: str
    revision: str
    settings: Configuration
    readme: Text | None
    labels: tuple[Existing, ...]
    us: str
    issue: Issue | None = None


async def read(gh: Client, repo: str, revision: str = "HEAD", number: int | None = None) -> State:
    """One GraphQL query; more only past a hundred labels and for texts that it cannot carry.

    From here on the client speaks the list's language.

    Raises:
        GraphQLError: GitHub could not answer (the issue is gone, for one).
    """
    data = await _ask(gh, repo, revision, number)
    found, owner = data["repository"], data.get("owner") or {}
    own = await texts.fetch(gh, repo, {name: found[name] for name in ("config", "readme")})
    shared = {"file": owner.get("file")}
    defaults = (await texts.fetch(gh, f"{place_of(repo)['owner']}/.github", shared))["file"]
    settings = (await inherit.resolve(gh, repo, own["config"], defaults)).settings
    reading.speak(gh, settings, own)
    labels = await _labels(gh, repo, found["labels"])
    issue = _issue(found.get("issue"))
    return State(repo, revision, settings, own["readme"], labels, data["viewer"]["login"], issue)


async def _ask(gh: Client, repo: str, revision: str, number: int | None) -> dict[str, Any]:
    asked = {"config": f"{revision}:{config.PATH}", "readme": f"{revision}:{reading.README}"}
    types = {**dict.fromkeys(asked, "String!"), "after": "String"}
    parts = [*map(_object, asked), _LABELS]
    values: dict[str, Any] = dict(asked)
    if number is not None:
        types["number"], values["number"] = "Int!", number
        parts.append(_ISSUE)
    defaults = inherit.defaults_of(repo)
    if defaults:
        types["defaults"], values["defaults"] = "String!", f"HEAD:{defaults}"
    operation = _operation(types, parts, queries.OWNER if defaults else "")
    return await gh.query(operation, "owner", **place_of(repo), **values)


def _operation(types: Mapping[str, str], parts: Iterable[str], more: str = "") -> str:
    declared = "".join(f", ${name}: {kind}" for name, kind in types.items())
    return _QUERY % (declared, "".join(parts), more)


def _object(name: str) -> str:
    return f"\n    {name}: {queries.OBJECT % name}"


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
        operation = _operation({"after": "String"}, [_LABELS])
        after = page["pageInfo"]["endCursor"]
        data = await gh.query(operation, **place_of(repo), after=after)
        page = data["repository"]["labels"]
    return tuple(found)


async def listed(gh: Client, state: State) -> tuple[str, ...]:
    """The texts of the lists: what is configured, else README, else every file with a table.

    Two calls more where that is not README alone.

    Raises:
        TooSlowError: README took longer than its time limit.
    """
    patterns = state.settings.files
    readme = _decoded([state.readme])
    if not patterns and readme:
        process = judge.shared()
        if await process.run(reading.README, sorting.holds_table, readme[0]):
            return readme
    paths = [path for path in await _markdown(gh, state) if lists.chosen(path, patterns)]
    return _decoded(await _texts(gh, state, paths[:_FILES])) if paths else ()


async def _markdown(gh: Client, state: State) -> tuple[str, ...]:
    try:
        return lists.markdown(await merge_commit.tree(gh, state.repo, state.revision) or ())
    except gidgethub.BadRequest as error:
        if error.status_code not in {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}:
            raise
        return ()  # a commit that is gone, or a repository without any


async def _texts(gh: Client, state: State, paths: Sequence[str]) -> list[Text | None]:
    names = {f"b{index}": f"{state.revision}:{path}" for index, path in enumerate(paths)}
    operation = _operation(dict.fromkeys(names, "String!"), map(_object, names))
    data = await gh.query(operation, **place_of(state.repo), **names)
    objects = {name: data["repository"][name] for name in names}
    found = await texts.fetch(gh, state.repo, objects)
    return [found[name] for name in names]


def _decoded(found: Iterable[Text | None]) -> tuple[str, ...]:
    """The texts that are UTF-8; of the others the check run tells."""
    made = []
    for text in found:
        try:
            made += [text.data.decode()] if text else []
        except UnicodeDecodeError:
            continue
    return tuple(made)
