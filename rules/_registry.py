"""Rules by their presence: a module of this package without an underscore is one, with its page."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

import rules
from rules import _conventions
from rules._context import Context
from rules._diagnostic import Diagnostic, Fix, Severity, apply
from rules._document import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from rules._constraints import Constraint
    from rules._context import ListTable
    from rules._conventions import Conventions
    from rules._document import Document, Row, Span
    from rules._say import Text


class Found(NamedTuple):
    """What a rule yields: a place, in words; the registry adds the rest.

    Outside of a table's rows `listed` and `row` are None, and the line is what it is about, unless
    `anchor` says better what survives when lines move. One that does not explain what other rules
    say about its lines silences none of them.
    """

    listed: ListTable | None
    row: Row | None
    span: Span
    message: Text
    fix: Fix | None = None
    severity: Severity | None = None
    anchor: str = ""
    explains: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, what it says when nothing is configured, and the rules it explains away."""

    name: str
    check: Callable[[Context, Any], Iterator[Found]]
    severity: Severity
    fixes: str
    options: type | None
    silences: tuple[str, ...]
    summary: str


@dataclass(frozen=True)
class Config:
    """By rule name a severity (above what the rule says) and options; by heading a constraint."""

    severities: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, Constraint] = field(default_factory=dict)


_RULES: dict[str, Rule] = {}
_IGNORE = re.compile(r"<!--[ \t]*listwright-ignore-next-row[ \t]([a-z \t,-]*)-->")
_DELIMITER = re.compile(r"[|:\- \t]+")


def rule(
    severity: Severity,
    *,
    fixes: str = "-",
    options: type | None = None,
    silences: tuple[str, ...] = (),
) -> Callable[[Callable[[Context, Any], Iterator[Found]]], Callable[..., Iterator[Found]]]:
    """Declare a module's function to be its rule; the module's name is the rule's.

    Args:
        severity: what it says when nothing is configured.
        fixes: "safe", "unsafe" or "-", for the documentation.
        options: a frozen dataclass whose fields all have defaults.
        silences: rules that have nothing to add on a row where this one speaks.
    """

    def declare(
        check: Callable[[Context, Any], Iterator[Found]],
    ) -> Callable[[Context, Any], Iterator[Found]]:
        name = check.__module__.rpartition(".")[2].replace("_", "-")
        summary = (check.__doc__ or "").partition("\n")[0]
        _RULES[name] = Rule(name, check, severity, fixes, options, silences, summary)
        return check

    return declare


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, by name."""
    for module in pkgutil.iter_modules(rules.__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"rules.{module.name}")
    return tuple(_RULES[name] for name in sorted(_RULES))


def explain(name: str) -> str:
    """The page of a rule, in Markdown.

    Raises:
        KeyError: there is no such rule.
    """
    all_rules()
    page = f"{_RULES[name].name.replace('-', '_')}.md"
    return resources.files(rules).joinpath(page).read_text(encoding="utf-8")


def lint(
    document: Document,
    config: Config | None = None,
    conventions: Conventions | None = None,
    tip: Document | None = None,
    only: set[str] | None = None,
) -> list[Diagnostic]:
    """Judge a list.

    Args:
        document: the list as it is now.
        config: severities and options; nothing is configured by default.
        conventions: what the list did before the change; its own ways when it is judged alone.
        tip: the list as its branch has it now, when others changed it meanwhile.
        only: the rules that matter, when not all do; those that silence them are heard as well.

    Returns:
        Diagnostics by place. On one row a rule that explains another silences it.
    """
    config = config or Config()
    known = conventions or _conventions.infer(document)
    context = Context(document, known, tip, config.columns)
    heard = [r for r in all_rules() if only is None or only & {r.name, *r.silences}]
    spoken = [found for rule in heard for found in _run(rule, context, config)]
    told, ignored = _without_explained(document, spoken), _ignored(document)
    kept = (d for d in told if d.rule not in ignored.get(d.line, ()))
    return sorted(kept, key=lambda d: (d.span, d.rule))


def _without_explained(
    document: Document, spoken: list[tuple[Diagnostic, bool]]
) -> Iterator[Diagnostic]:
    """Those that no other rule on the same row explains; a note explains notes alone."""
    explained: defaultdict[tuple[int, str], int] = defaultdict(int)
    for diagnostic, explains in spoken:
        silences = _RULES[diagnostic.rule].silences if explains else ()
        loudness = Severity.ERROR if diagnostic.severity is not Severity.NOTE else Severity.NOTE
        last = document.position(diagnostic.span.end)[0] if silences else 0
        for line in range(diagnostic.line, last + 1):
            for name in silences:
                explained[line, name] = max(explained[line, name], loudness.rank)
    yield from (d for d, _ in spoken if d.severity.rank > explained[d.line, d.rule])


def _ignored(document: Document) -> Mapping[int, Sequence[str]]:
    """Line -> rules that the row before silences: `<!-- listwright-ignore-next-row RULE ... -->`.

    A comment on a line of its own would end the table, so it stands in a cell of that row, or in
    the header for the first row.
    """
    found: dict[int, Sequence[str]] = {}
    for match in _IGNORE.finditer(document.text):
        line = document.position(match.start())[0] + 1
        if line < len(document.starts) and _DELIMITER.fullmatch(document.line(line).strip()):
            line += 1
        found.setdefault(line, match[1].replace(",", " ").split())
    return found


def _run(rule: Rule, context: Context, config: Config) -> Iterator[tuple[Diagnostic, bool]]:
    configured = config.severities.get(rule.name)
    options = config.options.get(rule.name) or (rule.options() if rule.options else None)
    for found in rule.check(context, options) if configured is not Severity.OFF else ():
        severity = configured or found.severity or rule.severity
        if severity is not Severity.OFF:
            yield _diagnostic(rule, severity, found, context.document), found.explains


def _diagnostic(rule: Rule, severity: Severity, found: Found, document: Document) -> Diagnostic:
    line = found.row.line if found.row else document.position(found.span.start)[0]
    text = found.row.stripped if found.row else document.line(line).strip()
    about = found.listed.anchor(found.row) if found.listed and found.row else ""
    return Diagnostic(
        rule.name,
        severity,
        found.message,
        found.span,
        line,
        found.anchor or about or text,
        text,
        found.fix,
    )


def fix(text: str, config: Config | None = None, *, unsafe: bool = False) -> str:
    """The text with everything mended that can be mended; what is not touched stays as it is.

    A mended row may uncover another fix, so this goes on until nothing fixable remains.
    """
    for _ in range(_ROUNDS):
        edits = [
            edit
            for diagnostic in lint(parse(text), config)
            if diagnostic.fix and (diagnostic.fix.safe or unsafe)
            for edit in diagnostic.fix.edits
        ]
        mended = apply(text, edits)
        if mended == text:
            break
        text = mended
    return text


_ROUNDS = 50
