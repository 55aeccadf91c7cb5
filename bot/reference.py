"""The reference of all keys in Markdown, for docs/configuration.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

import rules
from bot.config_model import Column, PathSection, Settings, options_of
from bot.config_sections import Labels, Links

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.config_types import Section

MAPPINGS = ("labels", "links", "map", "rules", "paths", "columns")


def reference() -> str:
    """Every key with its default and its sentence."""
    parts = [
        *_keys(Settings),
        "",
        "Under `labels`:",
        "",
        *_keys(Labels),
        "",
        "Under `links`:",
        "",
        *_keys(Links),
        "",
        "Under each pattern of `paths`:",
        "",
        *_keys(PathSection),
        "",
        "Under each heading of `columns`:",
        "",
        *_keys(Column),
    ]
    for rule in rules.all_rules():
        parts += ["", *_rule(rule)]
    return "\n".join(parts) + "\n"


def _keys(section: type[Section]) -> list[str]:
    facts = section.model_fields.items()
    rows = ((key, "" if key in MAPPINGS else of.default, of.description) for key, of in facts)
    return list(_table("key", rows))


def _rule(rule: rules.Rule) -> Iterator[str]:
    yield from (f"### {rule.name}", "")
    yield f"{rule.summary} Severity by itself: `{rule.severity}`."
    rows = [(name, default, sentence) for name, _, sentence, default in options_of(rule)]
    if rows:
        yield ""
        yield from _table("option", rows)


def _table(what: str, rows: Iterable[tuple[str, Any, str | None]]) -> Iterator[str]:
    yield f"| {what} | default | what it does |"
    yield "| --- | --- | --- |"
    for name, default, sentence in rows:
        shown = "" if default in {"", None} else f"`{yaml_value(default)}`"
        yield f"| `{name}` | {shown} | {sentence} |"


def yaml_value(value: Any) -> str:
    """A default as one would write it in the file."""
    plain = (
        list(value) if isinstance(value, tuple) else str(value) if value == str(value) else value
    )
    return yaml.safe_dump(plain, default_flow_style=True).removesuffix("...\n").strip()
