"""The templates of all that is said on GitHub, from the code that says it, for the catalogues."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING

import bot
import rules
from bot import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "zh")

_HEADS = {
    "en": "All that is said in English, by the file that says it.\n"
    "# bin/generate.py writes it from the code: it is changed there.",
    "zh": "The same in Chinese, in the order of en.yml, which bin/generate.py keeps.\n"
    "# Below each English template stands the Chinese one.",
}


def templates() -> dict[str, str]:
    """Template -> the first file that says it, in order of files and lines.

    Raises:
        SyntaxError: a template is not written out where it is said.
    """
    found: dict[str, str] = {}
    for package in (rules, bot):
        folder = Path(package.__path__[0])
        for path in sorted(folder.rglob("*.py")):
            for template in said_in(path):
                found.setdefault(template, path.relative_to(folder.parent).as_posix())
    return found


def written(language: str) -> str:
    """A language's catalogue, with what it has of all templates: English has them all."""
    known = templates()
    said = {each: each for each in known} if language == "en" else catalogue.read(language)
    parts, place = [f"# {_HEADS[language]}\n"], ""
    for template, file in known.items():
        if template in said:
            parts += [f"\n# {file}\n"] if file != place else []
            parts.append(f"{_quoted(template)}:\n  {_quoted(said[template])}\n")
            place = file
    return "".join(parts)


def missing(language: str) -> list[str]:
    """The templates that a language cannot say yet."""
    return [] if language == "en" else [t for t in templates() if t not in catalogue.read(language)]


def said_in(path: Path) -> Iterator[str]:
    """The templates of one file, from top to bottom."""
    calls = [n for n in ast.walk(_tree(path)) if isinstance(n, ast.Call) and _is_say(n.func)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        match call.args[0]:
            case ast.Constant(value=str(template)):
                yield template
            case other:
                words = f"{path}:{call.lineno}: write the template out, not {ast.unparse(other)}"
                raise SyntaxError(words)


def _tree(path: Path) -> ast.AST:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _is_say(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return ast.unparse(function) == "rules.say"
    return isinstance(function, ast.Name) and function.id == "say"


def _quoted(text: str) -> str:
    """A string as JSON and YAML write it alike, on one line."""
    return json.dumps(text, ensure_ascii=False)
