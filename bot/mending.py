"""Mending a pull request: what its lists would be with all safe fixes of its own rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import lists, own_rows, review
from bot.texts import Text, blob_oid
from rules import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.comment_life import Said
    from bot.config import Configuration
    from bot.reading import Reading
    from bot.review import File, Row

_ROUNDS = 20  # a mended row may uncover another fix
_NAMED = 20  # rows that a commit's message names


@dataclass(frozen=True, slots=True)
class Mended:
    """What mending makes of a pull request.

    Attributes:
        files: path -> its new content, where it is another one.
        rows: the rows that change, as they are now.
        fingerprints: of what is not to be said any more.
    """

    files: Mapping[str, bytes]
    rows: tuple[Row, ...]
    fingerprints: frozenset[str]

    @property
    def message(self) -> str:
        """The message of the commit: how many rows, and which."""
        what = [_named(row) for row in self.rows[:_NAMED]]
        more = len(self.rows) - len(what)
        one = len(self.rows) == 1
        head = say("Mend one row") if one else say("Mend {number} rows", number=len(self.rows))
        rest = [say("and {number} more", number=more)] if more else []
        return say("{lines:\n}", lines=[head, "", *what, *rest])


def _named(row: Row) -> str:
    names = ", ".join(dict.fromkeys(d.rule for d in row.remark.diagnostics if d.fix))
    return f"{' '.join(row.path.split())}:{row.remark.line}: {names}"


@dataclass(frozen=True, slots=True)
class Work:
    """What there is to mend.

    Attributes:
        found: the pull request.
        settings: its configuration.
        said: what was said on it, and what is to be left as it is.
        chosen: which rows to mend.
    """

    found: Reading
    settings: Configuration
    said: Said
    chosen: Callable[[Row], bool] = lambda _row: True

    def own(self, file: File) -> list[Row]:
        """The rows that a safe fix mends, each with the edits that keep to own lines."""
        rows = [row for row in review.rows_of(file, self.said) if self.chosen(row)]
        text = self.found.state.texts.get(f"base {file.path}")
        before = text.data.decode() if text else ""
        kept = own_rows.narrowed(file.text, before, [row.remark for row in rows])
        return [replace(row, remark=k) for row, k in zip(rows, kept, strict=True) if k.edits]

    def with_edits(self, file: File, rows: Sequence[Row]) -> str:
        """A file's text with the edits of some of these rows, once."""
        return own_rows.applied(file.text, [r.remark for r in rows if r.path == file.path])

    async def finished(self, file: File) -> File:
        """A file when all is mended; where it takes comments is not known."""
        for _ in range(_ROUNDS):
            text = own_rows.applied(file.text, [row.remark for row in self.own(file)])
            if text == file.text:
                break
            data = text.encode()
            texts = {**self.found.state.texts, f"head {file.path}": Text(blob_oid(data), data)}
            judgement, _ = await lists.judge_file(texts, file.path, self.settings)
            file = review.File(judgement, text, (), ())
        return file


async def mended(work: Work, files: Sequence[File]) -> Mended:
    """All safe fixes of a pull request's own rows applied, until none is left.

    Raises:
        TooSlowError: judging took longer than its time limit.
    """
    contents, rows, gone = dict[str, bytes](), list[review.Row](), frozenset[str]()
    for file in files:
        once, left = work.own(file), await work.finished(file)
        if left.text != file.text:
            now = {mark for row in review.rows_of(left, work.said) for mark in row.fingerprints}
            contents[file.path] = left.text.encode()
            rows += once
            gone |= {mark for row in once for mark in row.fingerprints} - now
    return Mended(contents, tuple(rows), gone)
