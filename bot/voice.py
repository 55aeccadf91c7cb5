"""How to speak on one pull request, and the words that several texts share. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

import rules
from bot import cut, escape
from bot.words import Words
from rules import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.pulls import Commit
    from bot.reading import Reading

_NEWCOMERS = frozenset({"FIRST_TIME_CONTRIBUTOR", "FIRST_TIMER", "NONE"})
_NICKNAME, _SHORT = 24, 60  # characters


@dataclass(frozen=True, slots=True)
class Voice:
    """How to speak on one pull request.

    Attributes:
        page_of: a rule's name -> the address of its page, None when nobody could open it.
        about: the rules that are worth a comment; None: all of them.
        tree: the address of the files at the head; None: lines are no links.
        guide: the address of the list's own advice to contributors.
        newcomer: whether the author is new here.
        revert: whether the pull request only takes back what stood before.
        words: the language.
    """

    page_of: Callable[[str], str | None]
    about: frozenset[str] | None = None
    tree: str | None = None
    guide: str | None = None
    newcomer: bool = False
    revert: bool = False
    words: Words = field(default_factory=Words)

    @classmethod
    def on(
        cls,
        found: Reading,
        page_of: Callable[[str], str | None],
        words: Words,
        about: frozenset[str] | None = None,
    ) -> Voice:
        """The voice for a pull request."""
        state = found.state
        tree = f"{state.url}/blob/{state.head.sha}"
        newcomer = state.association in _NEWCOMERS
        return cls(page_of, about, tree, found.guide, newcomer, _takes_back(state.commits), words)

    def told(self, text: str, path: str) -> str:
        """A text as it is posted, with links where it names lines of a file."""
        if isinstance(text, rules.Text):
            text = text.shown(lambda line: self.link(str(line), path, line))
        return self.words(text)

    def link(self, words: str, path: str, line: int) -> str:
        """Words that lead to a line of a file as it is at the head."""
        if self.tree is None:
            return words
        return f"[{words}]({self.tree}/{quote(path, errors='replace')}?plain=1#L{line})"

    def why(self, names: Iterable[str], room: int) -> str:
        """Where to read about some rules."""
        pages = {name: self.page_of(name) for name in names}
        if len(pages) == 1 and (page := next(iter(pages.values()))):
            return say("[Why]({page})", page=page)
        links = [f"[{name}]({page})" if page else f"`{name}`" for name, page in pages.items()]
        kept, left = cut.whole(links, room)
        return say("Why: {rules: · }", rules=[*kept, *more(left)])


def _takes_back(commits: Iterable[Commit]) -> bool:
    own = [c.message for c in commits if not c.message.startswith("Merge ")]
    return bool(own) and all(
        message.startswith('Revert "') or "This reverts commit " in message for message in own
    )


def more(left: int) -> list[str]:
    """`and 3 more`, where any are left."""
    return [say("and {number} more", number=left)] if left else []


def name_of(title: str) -> str:
    """How to call a paper in a sentence: `RouterDC` for `RouterDC: Query-Based Router`."""
    nickname = " ".join(title.partition(":")[0].split())
    return short(nickname if 0 < len(nickname) <= _NICKNAME else title)


def short(text: str) -> str:
    """The beginning of a text of others, harmless."""
    text = " ".join(text.split())
    if len(text) > _SHORT:
        words, _, cut_off = text[:_SHORT].rpartition(" ")
        text = (words or cut_off[:-1]) + "…"
    return escape.plain(text)
