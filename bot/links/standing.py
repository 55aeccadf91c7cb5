"""A repository's default branch as it stands: its configuration, its lists, and their links."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

import rules
from bot import config, inherit, judge, lists, reading, texts
from bot.pulls import place_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.config import Configuration
    from bot.github import Client
    from bot.texts import Text

_FILES = 20  # lists at most, README first
_SUFFIXES = (".md", ".markdown")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_DATE = re.compile(r"\b((?:19|20)\d\d)[-./](0?[1-9]|1[0-2])(?:[-./](0?[1-9]|[12]\d|3[01]))?\b")
_REPOSITORY = """
query($owner: String!, $name: String!, $config: String!, $readme: String!%s) {
  repository(owner: $owner, name: $name) {
    url isArchived hasIssuesEnabled
    defaultBranchRef { name target { oid ... on Commit { tree { oid } } } }
    config: object(expression: $config) { %s }
    readme: object(expression: $readme) { %s }
  }%s
}
"""
_OWNER = """
  owner: repository(owner: $owner, name: ".github") {
    file: object(expression: $defaults) { %s }
  }"""
_LISTS = (
    "query($owner: String!, $name: String!%s) {\n  repository(owner: $owner, name: $name) {%s}\n}"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link stands.

    Attributes:
        path: the file; `line` and `column` count from 1.
        section: the headings above it, the outermost first.
        paper: the title of its row, "" outside of rows.
        day: the row's date as digits, a month's or a day's, "" without one.
    """

    path: str
    line: int
    column: int
    section: tuple[str, ...] = ()
    paper: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on the default branch.

    Attributes:
        url: the repository's, for people.
        branch: the default branch's name; `tip` is its newest commit.
        writable: False where it is archived.
        issues: whether the repository has issues at all.
    """

    repo: str
    url: str
    branch: str
    tip: str
    tree: str
    settings: Configuration
    writable: bool = True
    issues: bool = True

    def link(self, path: str, line: int) -> str:
        """The address of a line, as the branch will have it."""
        where = quote(f"{self.branch}/{path}", errors="replace")
        return f"{self.url}/blob/{where}?plain=1#L{line}"


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists' texts by path, and each web address in them with its places, in their order."""

    texts: Mapping[str, str] = field(repr=False)
    links: Mapping[str, Sequence[Place]]


async def read(gh: Client, repo: str) -> Standing | None:
    """The repository and its configuration, in one call; None where nothing was committed yet.

    From here on the client speaks the list's language.
    """
    defaults = inherit.defaults_of(repo)
    asked = {"config": f"HEAD:{config.PATH}", "readme": f"HEAD:{reading.README}"}
    asked |= {"defaults": f"HEAD:{defaults}"} if defaults else {}
    fields = texts.FIELDS
    parts = (", $defaults: String!", _OWNER % fields) if defaults else ("", "")
    operation = _REPOSITORY % (parts[0], fields, fields, parts[1])
    answer = await gh.query(operation, "owner", **place_of(repo), **asked)
    found, owner = answer["repository"], answer.get("owner")
    branch = found["defaultBranchRef"]
    if branch is None:
        return None
    own = await texts.fetch(gh, repo, {name: found[name] for name in ("config", "readme")})
    shared = {"defaults": owner["file"] if owner else None}
    above = await texts.fetch(gh, f"{place_of(repo)['owner']}/.github", shared)
    settings = (await inherit.resolve(gh, repo, own["config"], above["defaults"])).settings
    reading.speak(gh, settings, own)
    return Standing(
        repo,
        found["url"],
        branch["name"],
        branch["target"]["oid"],
        branch["target"]["tree"]["oid"],
        settings,
        writable=not found["isArchived"],
        issues=found["hasIssuesEnabled"],
    )


async def lists_of(gh: Client, standing: Standing) -> Lists:
    """The lists and their links, in two calls; a file that is no text, or no list, has none.

    Raises:
        TooSlowError: one of them took longer than its time limit.
    """
    paths = _chosen(await _paths(gh, standing), standing.settings.files)
    found = {path: _decoded(text) for path, text in (await _texts(gh, standing, paths)).items()}
    links: dict[str, list[Place]] = {}
    for path, text in found.items():
        for url, place in await judge.spare().run(path, _places, (path, text)):
            links.setdefault(url, []).append(place)
    return Lists(found, links)


async def _paths(gh: Client, standing: Standing) -> list[str]:
    url = "/repos/{owner}/{name}/git/trees/{tree}?recursive=1"
    answer = await gh.getitem(url, place_of(standing.repo) | {"tree": standing.tree})
    return [entry["path"] for entry in answer["tree"] if entry["type"] == "blob"]


def _chosen(paths: Sequence[str], patterns: Sequence[str]) -> list[str]:
    markdown = [path for path in paths if path.lower().endswith(_SUFFIXES)]
    named = [path for path in markdown if lists.chosen(path, patterns)]
    return sorted(named, key=lambda path: (not lists.is_readme(path), path))[:_FILES]


async def _texts(gh: Client, standing: Standing, paths: Sequence[str]) -> Mapping[str, Text | None]:
    if not paths:
        return {}
    names = {path: f"b{number}" for number, path in enumerate(paths)}
    declared = "".join(f", ${name}: String!" for name in names.values())
    asked = "".join(
        f"\n    {name}: object(expression: ${name}) {{ {texts.FIELDS} }}" for name in names.values()
    )
    where = {name: f"{standing.tip}:{path}" for path, name in names.items()}
    found = await gh.query(_LISTS % (declared, asked), **place_of(standing.repo), **where)
    objects = {path: found["repository"][name] for path, name in names.items()}
    return await texts.fetch(gh, standing.repo, objects)


def _decoded(text: Text | None) -> str:
    """A file's text; one that is none, or too large, counts as empty."""
    return text.data.decode(errors="ignore") if text else ""


def _places(file: tuple[str, str]) -> list[tuple[str, Place]]:
    """The web addresses of a list and where they stand. Pure, and run in the judge's process."""
    path, text = file
    try:
        document = rules.parse(text)
    except rules.DocumentError:
        return []
    return list(_of(document, path)) if document.tables else []


def _of(document: rules.Document, path: str) -> Iterator[tuple[str, Place]]:
    for mention in rules.mentions(document):
        if _WEB.match(mention.url):
            row = document.line(mention.line) if mention.paper else ""
            place = (path, mention.line, mention.column, mention.section, mention.paper)
            yield mention.url, Place(*place, _day(row))


def _day(row: str) -> str:
    found = _DATE.search(row)
    return "".join(part.zfill(2) for part in found.groups() if part) if found else ""
