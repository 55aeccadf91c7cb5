"""A repository's lists as they stand on its default branch, or at some commit; its configuration.

What handlers begin with that no pull request and no push belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import gidgethub

import rules
from bot import config, inherit, judge, lists, merge_commit, queries, reading, texts
from bot.pulls import place_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.config import Configuration
    from bot.github import Client
    from bot.texts import Text

HEAD = "HEAD"  # of the default branch
_FILES = 20  # lists at most, README first
_READ = """
query($owner: String!, $name: String!, $config: String!, $readme: String!%s) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    url isArchived hasIssuesEnabled
    defaultBranchRef { name target { oid } }
    config: object(expression: $config) { %s }
    readme: object(expression: $readme) { %s }%s
  }%s
}
"""
_TEXTS = """
query($owner: String!, $name: String!%s) {
  repository(owner: $owner, name: $name) {%s
  }
}
"""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What stands in a repository.

    Attributes:
        repo: "owner/name".
        us: our own login.
        url: the repository's, for people.
        branch: the default branch.
        tip: its newest commit.
        revision: the branch or commit that the texts are read from.
        settings: the configuration there.
        readme: README.md; None where there is none.
        archived: whether nobody can write there any more.
        has_issues: whether there are issues at all.
        more: the further fields that were asked for, as GitHub answered.
    """

    repo: str
    us: str
    url: str
    branch: str
    tip: str
    revision: str
    settings: Configuration
    readme: Text | None
    archived: bool = False
    has_issues: bool = True
    more: Mapping[str, Any] = field(default_factory=dict)

    def link(self, path: str, line: int) -> str:
        """The address of a line, as the branch will have it."""
        where = quote(f"{self.branch}/{path}", errors="replace")
        return f"{self.url}/blob/{where}?plain=1#L{line}"


async def read(
    gh: Client, repo: str, revision: str = HEAD, fields: str = "", **variables: tuple[str, Any]
) -> Shelf | None:
    """One GraphQL query; None for a repository without any commit.

    From here on the client speaks the list's language.

    Args:
        gh: a client.
        repo: "owner/name".
        revision: what to read the texts from.
        fields: further fields of the repository.
        variables: those of the fields: name -> GraphQL's type and the value.

    Raises:
        GraphQLError: GitHub could not answer (the repository is gone, for one).
    """
    asked = {"config": f"{revision}:{config.PATH}", "readme": f"{revision}:{reading.README}"}
    values = {name: value for name, (_, value) in variables.items()}
    types = {name: kind for name, (kind, _) in variables.items()}
    defaults = inherit.defaults_of(repo)
    if defaults:
        types["defaults"], values["defaults"] = "String!", f"HEAD:{defaults}"
    owner = queries.OWNER if defaults else ""
    operation = _READ % (_declared(types), texts.FIELDS, texts.FIELDS, fields, owner)
    data = await gh.query(operation, "owner", **place_of(repo), **asked, **values)
    return await _shelf(gh, repo, revision, data)


def _declared(types: Mapping[str, str]) -> str:
    return "".join(f", ${name}: {kind}" for name, kind in types.items())


async def _shelf(gh: Client, repo: str, revision: str, data: Mapping[str, Any]) -> Shelf | None:
    found, owner = data["repository"], data.get("owner") or {}
    branch = found["defaultBranchRef"]
    if not branch:
        return None
    own = await texts.fetch(gh, repo, {name: found[name] for name in ("config", "readme")})
    shared = {"file": owner.get("file")}
    defaults = await texts.fetch(gh, f"{place_of(repo)['owner']}/.github", shared)
    settings = (await inherit.resolve(gh, repo, own["config"], defaults["file"])).settings
    reading.speak(gh, settings, own)
    return Shelf(
        repo=repo,
        us=data["viewer"]["login"],
        url=found["url"],
        branch=branch["name"],
        tip=branch["target"]["oid"],
        revision=revision,
        settings=settings,
        readme=own["readme"],
        archived=found["isArchived"],
        has_issues=found["hasIssuesEnabled"],
        more=found,
    )


def holds_table(text: str) -> bool:
    """Whether a file is a list. Pure, and done in the process that judges."""
    try:
        return bool(rules.parse(text).tables)
    except rules.DocumentError:
        return False  # of it the check run tells


async def contents(gh: Client, shelf: Shelf) -> dict[str, str]:
    """The lists by path: what is configured, else README, else every file with a table.

    Two calls more where that is not README alone. A file that is no UTF-8 is left out: of it the
    check run tells.

    Raises:
        TooSlowError: README took longer than its time limit.
    """
    patterns = shelf.settings.files
    readme = _decoded({reading.README: shelf.readme})
    if not patterns and readme:
        process = judge.shared()
        if await process.run(reading.README, holds_table, readme[reading.README]):
            return readme
    files = lists.markdown(await paths(gh, shelf))
    return await texts_of(gh, shelf, [p for p in files if lists.chosen(p, patterns)][:_FILES])


async def paths(gh: Client, shelf: Shelf) -> tuple[str, ...]:
    """All files, in one call; none where they are too many for GitHub to list."""
    try:
        commit = shelf.tip if shelf.revision == HEAD else shelf.revision
        tree = await merge_commit.tree(gh, shelf.repo, commit)
    except gidgethub.BadRequest as error:
        if error.status_code not in {HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}:
            raise
        return ()  # a commit that is gone
    return tuple(tree or ())


async def texts_of(gh: Client, shelf: Shelf, paths: Sequence[str]) -> dict[str, str]:
    """The texts of some files, in one call; one that is no UTF-8 is left out."""
    return _decoded(await _texts(gh, shelf, paths)) if paths else {}


async def _texts(gh: Client, shelf: Shelf, paths: Sequence[str]) -> dict[str, Text | None]:
    names = {f"b{index}": path for index, path in enumerate(paths)}
    parts = "".join(f"\n    {name}: {queries.OBJECT % name}" for name in names)
    operation = _TEXTS % (_declared(dict.fromkeys(names, "String!")), parts)
    asked = {name: f"{shelf.revision}:{path}" for name, path in names.items()}
    data = await gh.query(operation, **place_of(shelf.repo), **asked)
    objects = {path: data["repository"][name] for name, path in names.items()}
    return await texts.fetch(gh, shelf.repo, objects)


def _decoded(found: Mapping[str, Text | None]) -> dict[str, str]:
    made: dict[str, str] = {}
    for path, text in found.items():
        try:
            made |= {path: text.data.decode()} if text else {}
        except UnicodeDecodeError:
            continue
    return made
