"""The words of one review comment. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import comment_life, cut, escape, suggest
from bot.voice import more
from rules import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.review import Row
    from bot.voice import Voice
    from rules import Diagnostic

_MARKS, _MARK = 500, 17  # fingerprints in one comment, and the bytes of each
_WHY = 4_000  # bytes
_SHOWN = 10_000  # bytes of a row to copy
_JOINTS = 500  # bytes between the parts


def body(row: Row, new: Sequence[Diagnostic], marks: Sequence[str], voice: Voice) -> str:
    """A comment on a row.

    Args:
        row: the row.
        new: what to say about it; nothing: the suggestion speaks for itself.
        marks: the fingerprints of all there is to say about it.
        voice: how to speak.
    """
    suggestion = row.suggestion.markdown if row.suggestion else ""
    shown = _to_copy(row, voice)
    why = _why(new, voice)
    fixed = sum(map(cut.size, (suggestion, *shown, *why))) + _MARK * len(marks[:_MARKS])
    before, after = _words(row, new, voice, cut.COMMENT - fixed - _JOINTS)
    parts = [part for part in (*before, suggestion, *after, *shown, *why) if part]
    return comment_life.marked(say("{parts:\n\n}", parts=parts), marks[:_MARKS])


def _why(new: Sequence[Diagnostic], voice: Voice) -> list[str]:
    if not new:
        return []
    why = voice.why(dict.fromkeys(d.rule for d in new), _WHY)
    return [say("<sub>{why} · Not right? Reply `/listwright ignore` and say why.</sub>", why=why)]


def _words(
    row: Row, new: Sequence[Diagnostic], voice: Voice, room: int
) -> tuple[list[str], list[str]]:
    """What to say before a suggestion and after it: there what it does not mend."""
    said = list(dict.fromkeys(d.message for d in new))
    mended = {d.message for d in new if row.mends(d)}
    told = {message: voice.told(message, row.path) for message in said}
    if not row.suggestion or not mended.intersection(said):
        kept, left = cut.whole(told.values(), room)
        above: list[str] = [say("The suggestion above mends it too.")] if row.by and mended else []
        return [*kept, *more(left)], above
    kept, left = cut.whole([told[m] for m in said if m in mended], room)
    room -= sum(cut.size(words) + 2 for words in kept)
    eye, others = cut.whole([told[m] for m in said if m not in mended], room)
    left += others
    if not row.suggestion.lines:
        kept.append(say("The suggestion takes this row out."))
    needs = [say("Needs your eye: {what: }", what=eye)] if eye else []
    return kept, [*needs, *more(left)]


def _to_copy(row: Row, voice: Voice) -> list[str]:
    """The corrected row, where no button can put it there: for those who are new here.

    Everybody sees how a row begins that is too long for a button.
    """
    text = row.corrected
    if not text or row.mended:
        return []
    if not voice.newcomer and cut.size(text) <= suggest.BYTES:
        return []
    words = say("The row to copy:")
    if cut.size(text) > _SHOWN:
        words = say("The row is too long to be shown whole. Corrected, it begins:")
        text = text.encode(errors="surrogatepass")[:_SHOWN].decode(errors="ignore") + "…"
    ticks = escape.fence(text)
    return [words, f"{ticks}\n{text}\n{ticks}"]
