"""What may stand in `.github/listwright.yml`: pydantic models around what the rules declare."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_type_hints

from pydantic import BeforeValidator, Field, WithJsonSchema, create_model

import rules
from bot.config_sections import Labels, Links
from bot.config_types import Expression, Level, OnOrLevel, Section, Whole, YesOrNo, off
from rules import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_create_model: Any = create_model  # its types know no fields that come at run time
_UNSAID: Any = None  # the default where a key has none
_ADDRESS = r"^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+(:[^:]+)?$"
# How the types that a rule's options may have are read; the others as pydantic reads them.
_READ: dict[Any, Any] = {Severity: Level, int: Whole, bool: YesOrNo}


class Column(Section):
    one_of: tuple[str, ...] = Field((), description="The values that a cell may hold.")
    max_length: Whole = Field(
        _UNSAID, ge=1, description="The most characters that a reader sees in a cell."
    )
    pattern: Expression = Field(
        _UNSAID,
        max_length=200,
        description="A regular expression of Python's that the whole text of a cell matches.",
        json_schema_extra={"format": "regex"},
    )
    final_period: YesOrNo = Field(
        _UNSAID,
        description="Whether a cell ends with a full stop: `true`, always, or `false`, never.",
    )


class PathSection(Section):
    """What is different for the files that a pattern names."""

    rules: Any = Field(
        default_factory=dict, description="Rules as at the top; only what is different here."
    )


class Settings(Section):
    """Everything has a default: an empty file, or none, is a good configuration."""

    files: tuple[str, ...] = Field(
        (),
        description="Which files hold lists, as glob patterns such as `papers/**/*.md`. "
        "Nothing here: every Markdown file with a table.",
    )
    fail_on: Literal["never", "error", "warning"] = Field(
        "never",
        description="From which severity on the check run fails. It never blocks by surprise.",
    )
    max_comments: Whole = Field(
        10,
        ge=0,
        le=50,
        description="Rows to comment on in one review; where there are more, the first five get a "
        "comment and the rest stands in the check run.",
    )
    fix: Annotated[
        Literal["suggest", "commit", "off"],
        BeforeValidator(off),
        WithJsonSchema({"enum": ["suggest", "commit", "off", False]}),
    ] = Field(
        "suggest",
        description="What is done about rows that can be mended without asking: `suggest` puts "
        "the corrected row into the comment, `commit` mends the pull request itself where GitHub "
        "lets the app (`contents: write`, and edits by maintainers for a fork), `off` only says "
        "what is wrong.",
    )
    pushes: Annotated[
        Literal["comment", "check", "off"],
        BeforeValidator(off),
        WithJsonSchema({"enum": ["comment", "check", "off", False]}),
    ] = Field(
        "comment",
        description="What a push to the default branch gets: a check run and, for certain errors, "
        "one comment on the commit, for which GitHub wants `contents: write`; the check run alone; "
        "or nothing.",
    )
    bots: YesOrNo = Field(
        False,
        description="Whether pull requests that bots open are reviewed.",
    )
    labels: Labels = Field(default_factory=Labels, description="Labels on what comes in.")
    requests: Annotated[
        Literal["preview", "pull_request", "off"],
        BeforeValidator(off),
        WithJsonSchema({"enum": ["preview", "pull_request", "off", False]}),
    ] = Field(
        "preview",
        description="What becomes of an issue that asks for a paper or corrects a row: `preview` "
        "shows the row in one comment, `pull_request` opens a pull request with it at once, for "
        "which GitHub wants `contents: write`, `off` does nothing.",
    )
    contributors: YesOrNo = Field(
        False,
        description="Whether whoever contributes for the first time is added to the list's section "
        "of contributors, if it has one; by a pull request, for which GitHub wants `contents: "
        "write`.",
    )
    links: Links = Field(default_factory=Links, description="The check of all links.")
    language: Literal["auto", "en", "zh"] = Field(
        "auto",
        description="In which language comments are written: English, Chinese, or the list's own.",
    )
    extends: str = Field(
        _UNSAID,
        pattern=_ADDRESS,
        description="Another configuration to build upon, `owner/repository` or "
        "`owner/repository:path`; what stands here goes above it.",
    )
    rules: Any = Field(
        default_factory=dict,
        description="Rules by name: `off`, `note`, `warning` or `error`, or a mapping with "
        "`severity` and the rule's own options.",
    )
    paths: Any = Field(
        default_factory=dict,
        description="Glob patterns with `rules` of their own for the files that they name; a later "
        "pattern goes above an earlier one, and all of them above the top.",
    )
    columns: dict[str, Column] = Field(
        default_factory=dict,
        description="Headings with what the filled cells under them must be.",
    )


@cache
def model() -> type[Settings]:
    """The settings, with one field for each rule that is there."""
    table: Any = _create_model("Rules", __base__=Section, **dict(map(_rule, rules.all_rules())))
    path: Any = _create_model("Path", __base__=PathSection, rules=_redefined(PathSection, table))
    made: Any = _create_model(
        "Settings",
        __base__=Settings,
        rules=_redefined(Settings, table),
        paths=(dict[str, path], Settings.model_fields["paths"]),
    )
    return cast("type[Settings]", made)


def _redefined(section: type[Section], table: Any) -> tuple[Any, Any]:
    return table, section.model_fields["rules"]


def _rule(rule: rules.Rule) -> tuple[str, Any]:
    """A field for a rule: a bare severity, or a mapping of severity and options."""
    said = Field(
        _UNSAID, description="Above all that the rule says; `on` is what it says by itself."
    )
    options = {
        name: (_READ.get(kind, kind), Field(default, description=sentence))
        for name, kind, sentence, default in options_of(rule)
    }
    made: Any = _create_model(rule.name, __base__=Section, severity=(OnOrLevel, said), **options)
    short: Any = OnOrLevel
    kind = Annotated[made, BeforeValidator(_spelled_out, json_schema_input_type=short | made)]
    field: Any = Field(default_factory=dict, alias=rule.name, description=rule.summary)
    return rule.name.replace("-", "_"), (kind, field)


def _spelled_out(value: Any) -> Any:
    return {"severity": value} if isinstance(value, str | bool) else value


def options_of(rule: rules.Rule) -> Iterator[tuple[str, Any, str, Any]]:
    """Name, type, sentence and default of each option that a rule declares beside itself."""
    if rule.options:
        hints = get_type_hints(rule.options, include_extras=True)
        for option in fields(rule.options):
            hint = hints[option.name]
            yield option.name, hint.__origin__, hint.__metadata__[0], option.default
