"""Which repository and file a link to GitHub means, and the query that asks for many. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_OWNER = re.compile(r"[A-Za-z\d](?:[A-Za-z\d_-]{0,38})")
_REPOSITORY = re.compile(r"(?!\.{1,2}$)[\w.-]{1,100}", re.ASCII)
# Nothing that git would search for instead of looking it up.
_REVISION = re.compile(r"(?!-)(?!.*\.\.)[\w./+#-]{1,250}")
_FILES = frozenset({"blob", "tree", "raw", "blame"})
# Pages of GitHub's own, where owners have theirs.
_RESERVED = frozenset(
    """about account apps blog codespaces collections contact copilot customer-stories dashboard
    discussions enterprise events explore features gist git-guides github-copilot home issues join
    login logout marketplace mobile models new notifications open-source organizations orgs partners
    premium-support pricing pulls readme resources search security sessions settings showcases
    signup site site-policy solutions sponsors stars stars-explore status support team teams terms
    topics trending users watching why-github""".split()
)
# Pages that every repository has.
_PAGES = frozenset(
    """actions branches commits contributors forks issues network pulls pulse releases stargazers
    tags watchers""".split()
)
# A branch may have slashes in its name: so many parts of an address are tried for it.
_PARTS = 3
_FILES_MOST = 20  # of one repository in a node


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link leads; `revision` are the parts after `blob` or `tree`, the path included."""

    url: str
    owner: str
    repository: str = ""
    rest: tuple[str, ...] = ()

    @property
    def revision(self) -> tuple[str, ...]:
        return self.rest[1:] if self.rest[:1] and self.rest[0] in _FILES else ()

    @property
    def splits(self) -> Iterator[tuple[str, str]]:
        """Each way to part them into a branch and a path."""
        parts = self.revision
        for n in range(1, min(len(parts), _PARTS) + 1):
            branch = "/".join(parts[:n])
            if not _REVISION.fullmatch(branch):
                return
            yield branch, "/".join(parts[n:])

    def under(self, address: str) -> str:
        """The same page of a repository that has another address now."""
        rest = self.url.split("/", 5)[5:]
        return "/".join([address, *rest]).rstrip("/")


class Node(NamedTuple):
    """What is asked for at once: a repository with some files, or an owner."""

    owner: str
    repository: str
    places: list[Place]


def place(url: str, host: str) -> Place | None:
    """Where a link of that host leads; None for what GraphQL says nothing about."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or parts.netloc.lower() not in {host, f"www.{host}"}:
        return None
    owner, repository, *rest = [*filter(None, unquote(parts.path).split("/")), "", ""]
    repository = repository.removesuffix(".git")
    if not _OWNER.fullmatch(owner) or owner.lower() in _RESERVED:
        return None
    found = Place(url, owner, repository, tuple(filter(None, rest)))
    named = not repository or _REPOSITORY.fullmatch(repository)
    return found if named and (any(found.splits) or not found.revision) else None


def nodes(places: Iterable[Place]) -> Iterator[Node]:
    """What to ask for, each repository once unless very many of its files are linked."""
    groups: dict[tuple[str, str], list[Place]] = {}
    for found in places:
        groups.setdefault((found.owner.lower(), found.repository.lower()), []).append(found)
    for group in groups.values():
        for start in range(0, len(group), _FILES_MOST):
            first = group[0]
            yield Node(first.owner, first.repository, group[start : start + _FILES_MOST])


def operation(asked: list[Node]) -> tuple[str, dict[str, str]]:
    """The query for some nodes, `a0` and so on, and its variables."""
    variables: dict[str, str] = {}
    fields = [_field(f"a{number}", node, variables) for number, node in enumerate(asked)]
    declared = ", ".join(f"${name}: String!" for name in variables)
    return f"query({declared}) {{\n{''.join(fields)}}}", variables


def _field(alias: str, node: Node, variables: dict[str, str]) -> str:
    variables[f"{alias}o"] = node.owner
    if not node.repository:
        return f"{alias}: repositoryOwner(login: ${alias}o) {{ login }}\n"
    variables[f"{alias}n"] = node.repository
    files = "".join(_files(alias, number, it, variables) for number, it in enumerate(node.places))
    asked = f"nameWithOwner isArchived isEmpty {files}"
    return f"{alias}: repository(owner: ${alias}o, name: ${alias}n) {{ {asked}}}\n"


def _files(alias: str, number: int, place: Place, variables: dict[str, str]) -> str:
    asked = ""
    for n, (branch, path) in enumerate(place.splits):
        names = {f"b{number}_{n}": branch} | (
            {f"f{number}_{n}": f"{branch}:{path}"} if path else {}
        )
        for name, expression in names.items():
            variables[alias + name] = expression
            asked += f"{name}: object(expression: ${alias}{name}) {{ __typename }} "
    return asked


def is_there(place: Place, number: int, answer: Mapping[str, Any]) -> bool | None:
    """Whether a page is there; None in doubt, as where a branch may have been renamed."""
    if not place.revision:
        return (
            True if not place.rest or (len(place.rest) == 1 and place.rest[0] in _PAGES) else None
        )
    branches = False
    for n, (_, path) in enumerate(place.splits):
        branch = answer.get(f"b{number}_{n}")
        if branch and (not path or answer.get(f"f{number}_{n}")):
            return True
        branches = branches or bool(branch)
    return False if branches else None
