"""The command that sorts: which section of a list an issue belongs to."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

import rules
from bot import files

_DIGITS = 2
_SHARES = ("top1", "top3", "macro", "coverage", "accuracy")


@click.command()
@click.option("--list", "path", type=click.Path(path_type=Path), help="The list.")
@click.option("--title", help="The issue's title.")
@click.option("--body", default="", help="The issue's text.")
@click.option("--evaluate", is_flag=True, help="Measure the list on its own entries instead.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def classify(path: Path | None, title: str | None, body: str, evaluate: bool, form: str) -> None:
    """Say which section of a list an issue belongs to, best first; nothing where it is unsure."""
    try:
        click.echo(_answer(path, title, body, evaluate, form))
    except files.InputError as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def _answer(path: Path | None, title: str | None, body: str, evaluate: bool, form: str) -> str:
    if path is None:
        raise files.InputError("--list is missing: the file with the list")
    if not evaluate and not (title or "").strip():
        raise files.InputError("--title is missing: the issue's title (or ask for --evaluate)")
    document = files.parse(path)
    if evaluate:
        return _measures(document, form)
    guesses = rules.classify(document, title or "", body)
    return _as_json(document, guesses) if form == "json" else _as_text(document, guesses)


def _measures(document: rules.Document, form: str) -> str:
    """The shares, rounded; in JSON whatever is asked for, since they are read by programs too."""
    measured = rules.evaluate(document)
    found = {name: round(getattr(measured, name), 3) for name in _SHARES}
    return json.dumps(found, indent=2 if form == "json" else None)


def _as_json(document: rules.Document, guesses: tuple[rules.Guess, ...]) -> str:
    found = [
        {"section": _name(document, guess), "score": round(guess.score, _DIGITS)}
        for guess in guesses
    ]
    return json.dumps(found, ensure_ascii=False)


def _as_text(document: rules.Document, guesses: tuple[rules.Guess, ...]) -> str:
    lines = [f"{guess.score:.2f}  {_name(document, guess)}  ({guess.why})" for guess in guesses]
    return "\n".join(lines) or "Nothing is sure enough to be said."


def _name(document: rules.Document, guess: rules.Guess) -> str:
    """A section's headings from the outermost down, without the title of the whole list."""
    return " > ".join(guess.path[_is_titled(document) and len(guess.path) > 1 :])


def _is_titled(document: rules.Document) -> bool:
    """Whether one first heading of the highest level stands over all others."""
    outermost = {section.path[:1] for section in document.sections}
    return len(outermost) == 1 and document.sections[0].level == 1
