"""The parts of the configuration that have keys of their own: labels, and the check of links."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from bot.config_types import Section, Whole, YesOrNo, off

LONGEST = 50  # characters of a label's name that GitHub takes


def _written(value: Any) -> Any:
    """A key with nothing after it is unwritten."""
    if not isinstance(value, dict):
        return {} if value is None else value
    return {key: name for key, name in value.items() if name is not None}


_Name = Annotated[str, Field(max_length=LONGEST)]
_NameOrOff = Annotated[
    _Name,
    BeforeValidator(off),
    WithJsonSchema({"anyOf": [{"type": "string", "maxLength": LONGEST}, {"const": False}]}),
]


class Labels(Section):
    issues: YesOrNo = Field(
        default=True,
        description="Whether an issue that asks for a paper gets the label of the section where it "
        "belongs. The lists are those of `files`; without any, README or, where that has no table, "
        "every Markdown file that has one.",
    )
    pulls: YesOrNo = Field(
        default=False,
        description="Whether a pull request gets the labels of the sections whose rows it touches, "
        "and those of what it does to them.",
    )
    prefix: str = Field(
        default="",
        max_length=25,
        description="What the names of sections' labels begin with, such as `section: `.",
    )
    map: Annotated[dict[str, _NameOrOff], BeforeValidator(_written)] = Field(
        default_factory=dict,
        description="Headings, or their paths such as `Papers > Survey`, with the label for all "
        "below them, or `off` for none.",
    )
    triage: _Name = Field(
        default="",
        description="A label for issues without any other in which no section was recognised, such "
        "as `needs-triage`; nothing here: none.",
    )
    added: _Name = Field(
        default="new paper", description="The label of pull requests that add rows."
    )
    edited: _Name = Field(
        default="correction", description="The label of those that change or move rows."
    )
    removed: _Name = Field(default="removal", description="The label of those that take rows out.")
    needs_fix: _Name = Field(
        default="",
        description="The label of those with a row that could use a touch, such as `needs fix`.",
    )
    ready: _Name = Field(default="", description="The label of those without any, such as `ready`.")


class Links(Section):
    pulls: YesOrNo = Field(
        default=True,
        description="Whether the links that a pull request adds are checked, in a check run of "
        "their own.",
    )
    schedule: Annotated[
        Literal["weekly", "daily", "monthly", "off"],
        BeforeValidator(off),
        WithJsonSchema({"enum": ["weekly", "daily", "monthly", "off", False]}),
    ] = Field(default="weekly", description="How often all links are checked.")
    weekday: Literal[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
    ] = Field(
        default="monday", description="On which day of the week; monthly: on the first such day."
    )
    hour: Whole = Field(
        default=3,
        ge=0,
        le=23,
        description="In which hour (UTC); when exactly differs by repository.",
    )
    confirm_after: Whole = Field(
        default=3,
        ge=1,
        le=10,
        description="How many checks in a row, over two days at least, must find a link dead "
        "before it is reported.",
    )
    fix: Annotated[
        Literal["off", "pull_request"],
        BeforeValidator(off),
        WithJsonSchema({"enum": ["off", "pull_request", False]}),
    ] = Field(
        default="off",
        description="Whether links that moved for good are mended in one pull request, for which "
        "GitHub wants `contents: write`.",
    )
