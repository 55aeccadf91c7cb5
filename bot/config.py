"""`.github/listwright.yml`: what may stand in it, read with errors that name the place."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_type_hints

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, create_model

import rules
from bot import escape
from rules import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

PATH = ".github/listwright.yml"
_MAX_CHARACTERS = 100_000
_create_model: Any = create_model  # its types know no fields that come at run time
_STRICT = ConfigDict(extra="forbid", frozen=True)


def _level(value: Any) -> Any:
    """YAML reads a bare `off` as false; `on` asks for what the rule says by itself."""
    if isinstance(value, bool):
        return None if value else Severity.OFF
    return value


# pydantic speaks of Python here; the file is YAML.
_PLAIN = {"model_type": "should be a mapping of keys to values", "tuple_type": "should be a list"}

Level = Annotated[Severity, BeforeValidator(_level)]
_Severity = Annotated[Severity | None, BeforeValidator(_level)]


class Settings(BaseModel):
    """Everything has a default: an empty file, or none, is a good configuration."""

    model_config = _STRICT

    files: tuple[str, ...] = Field(
        (),
        description="Which files hold lists, as glob patterns such as `papers/**/*.md`. "
        "Nothing here: every Markdown file with a table.",
    )
    fail_on: Literal["never", "error", "warning"] = Field(
        "never",
        description="From which severity on the check run fails. It never blocks by surprise.",
    )
    max_comments: int = Field(
        10,
        strict=True,
        ge=0,
        le=50,
        description="Rows to comment on in one review; where there are more, the first five get a "
        "comment and the rest stands in the check run.",
    )
    rules: Any = Field(
        default_factory=dict,
        description="Rules by name: `off`, `note`, `warning` or `error`, or a mapping with "
        "`severity` and the rule's own options.",
    )


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place of the configuration; line and column are 1-based."""

    line: int
    column: int
    message: str


class ConfigError(ValueError):
    """A configuration that cannot be used as it is."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(
            "\n".join(f"line {p.line}, column {p.column}: {p.message}" for p in problems)
        )
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Configuration:
    """Settings for the bot, and the part of them that the rules take."""

    files: tuple[str, ...] = ()
    fail_on: Literal["never", "error", "warning"] = "never"
    max_comments: int = 10
    judgement: rules.Config = field(default_factory=rules.Config)


def load(text: str) -> Configuration:
    """Read a configuration file.

    Raises:
        ConfigError: with every problem, its line and column, and the nearest valid key.
    """
    if len(text) > _MAX_CHARACTERS:
        raise ConfigError(
            [Problem(1, 1, f"the file is longer than {_MAX_CHARACTERS:,} characters")]
        )
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text) if tree else {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError([_unreadable(error)]) from None
    try:
        settings = _model().model_validate({} if data is None else data)
    except ValidationError as error:
        problems = [_problem(tree, found) for found in error.errors()]
        raise ConfigError(sorted(problems, key=lambda p: (p.line, p.column))) from None
    return _configuration(settings)


def _unreadable(error: Exception) -> Problem:
    """A plain ValueError is a date or number that is none; YAML's own errors know their place."""
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    words = escape.code(getattr(error, "problem", None) or str(error))
    return Problem(line, column, f"this is no YAML: {words}")


@cache
def _model() -> type[Settings]:
    """The settings, with one field for each rule that is there."""
    by_rule: dict[str, Any] = {
        _field(rule): (_rule_model(rule), Field(default_factory=dict, alias=rule.name))
        for rule in rules.all_rules()
    }
    table: Any = _create_model("Rules", __config__=_STRICT, **by_rule)
    model: Any = _create_model("Settings", __base__=Settings, rules=(table, table()))
    return cast("type[Settings]", model)


def _rule_model(rule: rules.Rule) -> Any:
    """What may stand under a rule's name: a bare severity, or severity and options."""
    options = {name: (_typed(hint), default) for name, hint, default in _options(rule)}
    model: Any = _create_model(rule.name, __config__=_STRICT, severity=(_Severity, None), **options)
    return Annotated[model, BeforeValidator(_spelled_out)]


def _spelled_out(value: Any) -> Any:
    return {"severity": value} if isinstance(value, str | bool) else value


def _typed(hint: Any) -> Any:
    return Level if getattr(hint, "__origin__", hint) is Severity else hint


def _options(rule: rules.Rule) -> Iterator[tuple[str, Any, Any]]:
    """Name, type with its sentence, and default of each option that a rule declares."""
    if rule.options:
        hints = get_type_hints(rule.options, include_extras=True)
        yield from ((f.name, hints[f.name], f.default) for f in fields(rule.options))


def _field(rule: rules.Rule) -> str:
    return rule.name.replace("-", "_")


def _configuration(settings: Settings) -> Configuration:
    severities: dict[str, Severity] = {}
    options: dict[str, Any] = {}
    for rule in rules.all_rules():
        chosen = getattr(settings.rules, _field(rule))
        if isinstance(chosen, BaseModel):  # else nothing was said about it
            values = chosen.model_dump()
            level = values.pop("severity")
            severities |= {rule.name: level} if level else {}
            options |= {rule.name: rule.options(**values)} if rule.options else {}
    return Configuration(
        settings.files,
        settings.fail_on,
        settings.max_comments,
        rules.Config(severities, options),
    )


def _problem(tree: yaml.Node | None, error: ErrorDetails) -> Problem:
    path = [str(part) for part in error["loc"]]
    line, column = _mark(tree, path)
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(path[-1], _keys(path[:-1]), n=1, cutoff=0.5)
        hint = (
            f"; did you mean {escape.code(near[0])}?"
            if near
            else f"; known are {_list(_keys(path[:-1]))}"
        )
        return Problem(line, column, f"{escape.code(path[-1])} is no key here{hint}")
    words = _PLAIN.get(error["type"]) or error["msg"][:1].lower() + error["msg"][1:]
    return Problem(line, column, f"{escape.code('.'.join(path))}: {words}" if path else words)


def _list(keys: list[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


def _keys(path: list[str]) -> list[str]:
    """The keys that may stand at a place."""
    if not path:
        return list(Settings.model_fields)
    known = {rule.name: rule for rule in rules.all_rules()}
    if path == ["rules"]:
        return list(known)
    return ["severity", *(name for name, _, _ in _options(known[path[-1]]))]


def _mark(node: yaml.Node | None, path: list[str]) -> tuple[int, int]:
    """Line and column of the deepest node on a path that the file really holds."""
    found = node
    for part in path:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == part), None)
            if pair is None:
                break
            found, node = pair
        elif isinstance(node, yaml.SequenceNode) and part.isdigit():
            found = node = node.value[int(part)]
    return (found.start_mark.line + 1, found.start_mark.column + 1) if found else (1, 1)


def reference() -> str:
    """Every key with its default and its sentence, in Markdown, for docs/configuration.md."""
    lines = ["| key | default | what it does |", "| --- | --- | --- |"]
    for name, info in Settings.model_fields.items():
        default = "" if name == "rules" else f"`{yaml_value(info.default)}`"
        lines.append(f"| `{name}` | {default} | {info.description} |")
    for rule in rules.all_rules():
        lines += [
            "",
            f"### {rule.name}",
            "",
            f"{rule.summary} Severity by itself: `{rule.severity}`.",
        ]
        options = list(_options(rule))
        if options:
            lines += ["", "| option | default | what it does |", "| --- | --- | --- |"]
        for name, hint, default in options:
            lines.append(f"| `{name}` | `{yaml_value(default)}` | {hint.__metadata__[0]} |")
    return "\n".join(lines) + "\n"


def yaml_value(value: Any) -> str:
    """A default as one would write it in the file."""
    plain = (
        list(value) if isinstance(value, tuple) else str(value) if value == str(value) else value
    )
    return yaml.safe_dump(plain, default_flow_style=True).removesuffix("...\n").strip()
