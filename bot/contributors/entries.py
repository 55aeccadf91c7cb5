"""People as a list's section of contributors shows them: each one's entry, and one like it. Pure.

What an entry says of a person beside the name is not made up for another one, so it is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

Kind = Literal["image", "text"]

# GitHub's own logins have no underscore, those of managed users do.
LOGIN = r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}"
_PROFILE = re.compile(rf"(https?://(?:www\.)?github\.com/)({LOGIN})(/?)", re.IGNORECASE)
_AVATAR = re.compile(
    rf"(avatars\d*\.githubusercontent\.com/)(?:u/(\d+)|({LOGIN})(?![/\w]))"
    rf"|(github\.com/)({LOGIN})(?=\.png)",
    re.IGNORECASE,
)
# Images that are made anew by themselves, and sections that a workflow writes.
SELF_MADE = re.compile(
    r"contrib\.rocks|contributors-img\.|/contributors\.svg|<!--\s*readme:\s*\S*contributors",
    re.IGNORECASE,
)
_BELOW = (
    r"(?:\s{0,200}<br\s*/?>\s{0,200}(?:<(?:sub|sup|small|b|strong)>){1,3}[^<>\n]{1,100}"
    r"(?:</(?:sub|sup|small|b|strong)>){1,3})?"
)
_IMAGE = r'!\[[^\[\]]{0,200}\]\([^()\s]{1,500}(?:\s+"[^"\n]{0,200}")?\)'
_ENTRY = re.compile(
    rf"(?P<html><a\s[^<>]{{1,1000}}>(?:(?!</?a\b).){{0,2000}}</a>{_BELOW})"
    rf"|(?P<md>\[(?:{_IMAGE}|<img\b[^<>]{{0,1000}}>)[^\[\]]{{0,300}}\]\([^()\s]{{1,500}}\){_BELOW})"
    r"|(?P<link>(?<!!)\[[^\[\]\n]{1,200}\]\([^()\s]{1,500}\))"
    rf"|(?P<mention>(?<![\w/.@`-])@{LOGIN}(?![\w/@]))",
    re.IGNORECASE | re.DOTALL,
)
_TARGET = re.compile(
    r"""(?P<before><a\s[^<>]*?\bhref\s*=\s*["'])(?P<html>[^"'<>]*)|(?P<last>\]\()(?P<md>[^()\s]+)"""
    r"(?=\)[^()]*\Z)",
    re.IGNORECASE,
)
# What names somebody: an attribute, what a tag shows, a label of Markdown.
_NAME = re.compile(
    r"""\b(?:alt|title)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')"""
    r"|>\s*([^\s<>][^<>]*?)\s*<|\[([^\[\]<>]*)\]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever is to be added: the name and the number of an account on GitHub."""

    login: str
    id: int


@dataclass(frozen=True)
class Entry:
    """One person in a text, from `start` to `end`."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @cached_property
    def target(self) -> str:
        """Where it leads."""
        found = _TARGET.search(self.text)
        return (found["html"] or found["md"] or "") if found else ""

    @cached_property
    def login(self) -> str | None:
        """Whose profile it leads to; None where it leads elsewhere."""
        if self.text.startswith("@"):
            return self.text[1:]
        found = _PROFILE.fullmatch(self.target)
        return found[2] if found else None

    @cached_property
    def has_avatar(self) -> bool:
        return bool(_AVATAR.search(self.text))

    @property
    def kind(self) -> Kind | None:
        if self.has_avatar:
            return "image"
        if not self.login:
            return None
        return "image" if "<img" in self.text.lower() or "![" in self.text else "text"

    @cached_property
    def names(self) -> tuple[Entry, ...]:
        """Where it says who it is."""
        found = ((match, match.lastindex or 0) for match in _NAME.finditer(self.text))
        return tuple(Entry(match.start(group), match[group]) for match, group in found)


def read(text: str) -> list[Entry]:
    """The entries of a text, in their order; links to anything but people are none."""
    found = (Entry(match.start(), match[0]) for match in _ENTRY.finditer(text))
    return [entry for entry in found if entry.kind]


def shown(text: str) -> tuple[Collection[str], Collection[int]]:
    """Who is there already, whatever the form: logins in lower case, and accounts' numbers."""
    avatars = list(_AVATAR.finditer(text))
    logins = {entry.login for entry in read(text)} | {a[3] or a[5] for a in avatars}
    logins |= {match[2] for match in _PROFILE.finditer(text)}
    return {login.lower() for login in logins if login}, {int(a[2]) for a in avatars if a[2]}


def like(entries: Sequence[Entry], person: Person) -> str | None:
    """An entry for a person in the form of the others; None where none of them tells it.

    The last entry that leads to its person's profile is the model.
    """
    usable = [entry for entry in entries if entry.kind == "text" or entry.has_avatar]
    model = next((entry for entry in reversed(usable) if entry.login), None)
    model = model or (usable[-1] if usable else None)
    if model is None:
        return None
    if model.text.startswith("@"):
        return f"@{person.login}"
    text = "".join(_renamed(model, _constant(entries), person))
    text = _TARGET.sub(lambda found: _retargeted(found, person), text, count=1)
    return _AVATAR.sub(lambda found: _pictured(found, person), text)


def _constant(entries: Sequence[Entry]) -> Collection[str]:
    """What every entry says alike, such as "avatar", names nobody."""
    alike = set.intersection(*({name.text for name in entry.names} for entry in entries))
    return alike if len(entries) > 1 else ()


def _renamed(model: Entry, constant: Collection[str], person: Person) -> Iterator[str]:
    """The model's text in pieces, with the person's name where the model has its own."""
    at = 0
    for name in model.names:
        yield model.text[at : name.start]
        yield _name(name.text, model.login, person.login, kept=name.text in constant)
        at = name.end
    yield model.text[at:]


def _name(said: str, old: str | None, new: str, *, kept: bool) -> str:
    if old and said.lower() in {old.lower(), f"@{old}".lower()}:
        return said[: -len(old)] + new
    if old and re.search(rf"(?<![\w-]){re.escape(old)}(?![\w-])", said):  # "Avatar of ann"
        return re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, said)
    if kept or not any(letter.isalnum() for letter in said):
        return said
    return f"@{new}" if said.startswith("@") else new


def _retargeted(found: re.Match[str], person: Person) -> str:
    before, target = found["before"] or found["last"], found["html"] or found["md"] or ""
    profile = _PROFILE.fullmatch(target)
    if profile:
        return f"{before}{profile[1]}{person.login}{profile[3]}"
    return f"{before}https://github.com/{person.login}"


def _pictured(found: re.Match[str], person: Person) -> str:
    if found[2]:
        return f"{found[1]}u/{person.id}"
    return f"{found[1] or found[4]}{person.login}"
