"""`/listwright` commands in what people write. Pure.

A command is a line of its own. One that is quoted, or shown as code, is spoken about and not given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 10_000  # characters of a comment that are read
_MOST = 5  # commands of one comment
_REASON = 300  # characters
_NEAR = 0.8  # how alike a misspelt rule is to its name, of 1

Name = Literal["fix", "recheck", "ignore", "explain", "update", "add", "dismiss", "help", "unknown"]
_ALONE: dict[str, Name] = {n: n for n in ("fix", "recheck", "update", "help")}

_COMMAND = re.compile(r"\s*/listwright(?=\s|\Z)(.*)", re.IGNORECASE)
# Whatever begins first hides the rest: a fence within a comment is none, nor the reverse.
_SILENT = re.compile(
    r"""
      ^[ ]{0,3}>[^\n]*                                              # a quote
    | ^[ ]{0,3}(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*             # a fence, to its end
      (?:\n.*?^[ ]{0,3}(?P=fence)[`~]*[ \t]*$|.*\Z)
    | <!--.*?(?:-->|\Z)
    | \\`
    | (?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`)  # within a paragraph
    | (?:\A|(?<=\n)[ \t]*\n)(?:(?:[ ]{4}|[ ]{0,3}\t)[^\n]*(?:\n|\Z))+     # indented code
    """,
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Command:
    """What somebody asks for; "unknown" is what we did not understand.

    `rule` is "" where none is named; `explain` may name one that does not exist. `section` is the
    heading that a row is to be added under, "" where none is named. The `reason` of `dismiss` is
    the link.
    """

    name: Name
    rule: str = ""
    reason: str = ""
    section: str = ""


def parse(text: str) -> tuple[Command, ...]:
    """The commands in a comment, each once, five at most."""
    return tuple(dict.fromkeys(_commands(text)))[:_MOST]


def nearest(name: str) -> str | None:
    """The rule that was perhaps meant."""
    near = get_close_matches(name, [rule.name for rule in rules.all_rules()], 1, _NEAR)
    return near[0] if near else None


def _commands(text: str) -> Iterator[Command]:
    text = text[:LONGEST].replace("\r\n", "\n")
    spoken = _SILENT.sub(lambda found: re.sub(r"[^\n]", "\0", found[0]), text)
    # Only where a line begins decides: code within a reason stays as it was written.
    for line, said in zip(text.split("\n"), spoken.split("\n"), strict=True):
        if _COMMAND.match(said) and (found := _COMMAND.match(line)):
            yield _command(found[1].split())


def _command(words: list[str]) -> Command:
    name = words[0].casefold() if words else ""
    named = words[1].strip("`").casefold() if len(words) > 1 else ""
    if name in _ALONE:
        return Command(_ALONE[name])
    if name == "dismiss" and named:
        return Command("dismiss", reason=words[1].strip("<>`"))
    if name == "explain" and named:
        return Command("explain", named)
    if name == "add":
        return Command("add", section=" ".join(words[1:])[:_REASON])
    return _ignore(named, words[1:]) if name == "ignore" else Command("unknown")


def _ignore(named: str, words: list[str]) -> Command:
    """The rule may be left out; a misspelt one is not taken for the reason."""
    known = named in {rule.name for rule in rules.all_rules()}
    if not known and nearest(named):
        return Command("unknown")
    reason = " ".join(words[1:] if known else words)[:_REASON]
    return Command("ignore", named if known else "", reason)
