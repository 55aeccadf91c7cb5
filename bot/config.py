"""`.github/listwright.yml`: read with errors that name the place, laid above what it inherits."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import reduce
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ValidationError

import rules
from bot import config_words, escape, schema
from bot.config_model import model
from bot.config_sections import Labels, Links
from bot.config_yaml import PATH, ConfigError, Problem, Tree
from rules import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import ErrorDetails

    from rules import Text

__all__ = ["PATH", "ConfigError", "Configuration", "Layer", "Problem", "combine", "load", "read"]

_EVERYWHERE = "*"
_PLAIN_KEYS = tuple(
    "files fail_on max_comments fix pushes bots requests contributors language".split()
)


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file says: the keys that stand in it, checked, and where its `extends` stands."""

    said: Mapping[str, Any] = field(default_factory=dict)
    extends_at: tuple[int, int] = (1, 1)

    @property
    def extends(self) -> str | None:
        return self.said.get("extends")


@dataclass(frozen=True, slots=True)
class Configuration:
    """What holds for a repository.

    Attributes:
        files: glob patterns of the lists; none: every Markdown file with a table.
        fail_on: from which severity on the check run fails.
        max_comments: rows to comment on in one review.
        fix, pushes, bots, requests, contributors, language: as in `bot.config_model`.
        labels, links: as in `bot.config_sections`.
        columns: constraints by heading.
        scopes: glob patterns and what is said of the rules there, by rule; a later one goes above.
    """

    files: tuple[str, ...] = ()
    fail_on: Literal["never", "error", "warning"] = "never"
    max_comments: int = 10
    fix: Literal["suggest", "commit", "off"] = "suggest"
    pushes: Literal["comment", "check", "off"] = "comment"
    bots: bool = False
    labels: Labels = field(default_factory=Labels)
    requests: Literal["preview", "pull_request", "off"] = "preview"
    contributors: bool = False
    links: Links = field(default_factory=Links)
    language: Literal["auto", "en", "zh"] = "auto"
    columns: Mapping[str, rules.Constraint] = field(default_factory=dict)
    scopes: tuple[tuple[str, Mapping[str, Any]], ...] = ()

    @property
    def naming(self) -> rules.Naming:
        """How the labels of sections are called."""
        said = self.labels
        names = {key: "" if name == "off" else name for key, name in said.map.items()}
        return rules.Naming(said.prefix, names)

    def for_path(self, path: str) -> rules.Config:
        """What the rules take for one file; `path` is relative to the repository."""
        fitting = (said for pattern, said in self.scopes if matches(path, pattern))
        said: Mapping[str, Any] = reduce(_above, fitting, {})
        severities = {name: of["severity"] for name, of in said.items() if of.get("severity")}
        return rules.Config(severities, _options(said), self.columns)


def _options(said: Mapping[str, Any]) -> dict[str, Any]:
    """The options of the rules of which more than a severity is said."""
    made = {}
    for rule in rules.all_rules():
        values = {key: of for key, of in said.get(rule.name, {}).items() if key != "severity"}
        if values and rule.options:
            made[rule.name] = rule.options(**values)
    return made


def matches(path: str, pattern: str) -> bool:
    """Whether a glob pattern names a path; `**/` also stands for no folder at all."""
    return fnmatchcase(path, pattern) or fnmatchcase(path, pattern.replace("**/", ""))


def load(text: str) -> Configuration:
    """The configuration that one file is by itself.

    Raises:
        ConfigError: with every problem, its line and column, and the nearest valid key.
    """
    return combine(read(text))


def read(text: str) -> Layer:
    """Read a configuration file.

    Raises:
        ConfigError: with every problem, its line and column, and the nearest valid key.
    """
    tree = Tree(text.removeprefix("\ufeff"))
    problems = list(tree.duplicates())
    try:
        settings = model().model_validate(tree.data)
    except ValidationError as error:
        problems += [_problem(tree, found) for found in error.errors()]
    if problems:
        raise ConfigError(sorted(problems, key=lambda p: (p.line, p.column)))
    said = settings.model_dump(by_alias=True, exclude_unset=True)
    return Layer(said, tree.place(["extends"]))


def combine(*layers: Layer) -> Configuration:
    """One configuration of several files; what a later one says goes above the earlier ones."""
    said: Mapping[str, Any] = reduce(_above, (layer.said for layer in layers), {})
    plain = {key: said[key] for key in _PLAIN_KEYS if key in said}
    columns = {name: rules.Constraint(**of) for name, of in said.get("columns", {}).items()}
    scopes = tuple(scope for layer in layers for scope in _scopes(layer) if scope[1])
    return Configuration(
        **plain,
        labels=Labels.model_validate(said.get("labels", {})),
        links=Links.model_validate(said.get("links", {})),
        columns=columns,
        scopes=scopes,
    )


def _scopes(layer: Layer) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Where a file says something of the rules: everywhere first, then path by path."""
    yield _EVERYWHERE, layer.said.get("rules", {})
    for pattern, section in layer.said.get("paths", {}).items():
        yield pattern, section.get("rules", {})


def _above(under: Mapping[str, Any], over: Mapping[str, Any]) -> Mapping[str, Any]:
    """Mappings key by key, all else as the upper one says."""
    made = {**under, **over}
    for key, value in over.items():
        if isinstance(value, dict) and key in under:
            made[key] = _above(under[key], value)
    return made


def _problem(tree: Tree, error: ErrorDetails) -> Problem:
    path = [str(part) for part in error["loc"]]
    if error["type"] == "string_type" and path[-1] == "[key]":  # it is about the key before
        path.pop()
    line, column = tree.place(path)
    if error["type"] == "extra_forbidden":
        return Problem(line, column, _no_key(path[-1], schema.keys(path[:-1])))
    words = config_words.wrong(error)
    if path:
        words = say("{key}: {words}", key=escape.code(".".join(path)), words=words)
    return Problem(line, column, words)


def _no_key(key: str, known: list[str]) -> Text:
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    here = escape.code(key)
    if near:
        return say("{key} is no key here; did you mean `{near}`?", key=here, near=near[0])
    keys = [escape.code(each) for each in known]
    return say("{key} is no key here; known are {keys:, }", key=here, keys=keys)
