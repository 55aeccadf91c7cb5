"""A first configuration for a list, with what was inferred, and a report of its rows. Pure."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from typing import TYPE_CHECKING

import rules
from bot import escape, overview
from bot.config_model import Settings
from bot.reference import MAPPINGS, yaml_value
from bot.report import statistics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rules import Conventions, Diagnostic

_HEAD = """\
# Listwright's configuration. All of it is optional: what stands here as a comment is what happens
# by itself. Every key is described in docs/configuration.md of Listwright.

files: [{path}]

{keys}

# Each rule: off, note, warning or error, or a mapping with its own options.
# rules:
{rules}

# What was inferred from {path}, to read and not to configure:
#
{inferred}
"""
_CLEAN = "Nothing to mend in the older rows."


def configuration(path: str, conventions: Conventions) -> str:
    """A commented `.github/listwright.yml` for one list.

    Args:
        path: the list's path from the repository's root.
        conventions: what was inferred of it.
    """
    known = [f"#   {rule.name}: {rule.severity}  # {rule.summary}" for rule in rules.all_rules()]
    inferred = overview.as_text(overview.as_data(conventions))
    return _HEAD.format(
        path=f'"{path}"',
        keys="\n\n".join(_keys()),
        rules="\n".join(known),
        inferred="\n".join(f"# {li}" for li in inferred),
    )


def _keys() -> Iterator[str]:
    """Every other key as a comment: its sentence, then its default."""
    for name, of in Settings.model_fields.items():
        if name not in {"files", "rules"}:
            lines = textwrap.wrap(str(of.description), 96)
            default = {} if name in MAPPINGS else of.default
            said = "" if default is None else f" {yaml_value(default)}"
            yield "\n".join(f"# {line}" for line in (*lines, f"{name}:{said}"))


def report(path: str, found: Sequence[Diagnostic]) -> str:
    """What the rows of a list have, in Markdown, by rule, with lines; the worst first."""
    if not found:
        return f"# {escape.plain(path)}\n\n{_CLEAN}\n"
    by_rule: defaultdict[str, list[Diagnostic]] = defaultdict(list)
    for diagnostic in found:
        by_rule[diagnostic.rule].append(diagnostic)
    worst = sorted(by_rule, key=lambda name: (-max(d.severity.rank for d in by_rule[name]), name))
    parts = [f"# {escape.plain(path)}", "\n".join(statistics(found))]
    parts += ["\n".join(_of_rule(name, by_rule[name])) for name in worst]
    return "\n\n".join(parts) + "\n"


def _of_rule(name: str, found: Iterable[Diagnostic]) -> Iterator[str]:
    yield f"## {name}\n"
    for diagnostic in found:
        yield f"- line {diagnostic.line}, {diagnostic.severity}: {diagnostic.message}"
