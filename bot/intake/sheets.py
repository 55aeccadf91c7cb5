"""The lists of a request: as they are, and as they become row by row. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from rules import Conventions, Diagnostic, Document, Edit, Standing


class Sheet:
    """A list.

    Its conventions, its sections and the lines that people are shown are those of the list as it
    is; rows are found and written in it as it has become, so that each sees those before it.
    """

    def __init__(self, path: str, document: Document, config: rules.Config) -> None:
        self.path, self.document, self.config = path, document, config
        self.known: Conventions = rules.infer(document)
        self.now = document

    def change(self, edits: Iterable[Edit]) -> None:
        self.now = rules.parse(rules.apply(self.now.text, list(edits)))

    @property
    def changed(self) -> bool:
        return self.now is not self.document

    def rows(
        self, identities: Collection[str], title: str, *, nicknames: bool, now: bool = False
    ) -> tuple[Standing, ...]:
        """The rows of a paper, in the list as it is or as it has become.

        Args:
            identities: those of the paper's links.
            title: its title.
            nicknames: whether what stands before a title's colon is enough.
            now: which of the two.
        """
        document = self.now if now else self.document
        found = rules.find_rows(document, self.known, identities, title)
        if found or not nicknames:
            return found
        return rules.find_mentioned(document, self.known, title, nicknames=True)

    def said(self, rows: Collection[str]) -> tuple[Diagnostic, ...]:
        """What the rules newly say of some rows."""
        if not rows:
            return ()
        return rules.said_on(self.document, self.now, self.known, self.config, rows)


def read(lists: Mapping[str, str], configs: Mapping[str, rules.Config]) -> list[Sheet]:
    """The lists that hold a table.

    Args:
        lists: path -> text.
        configs: path -> what its owners want to hear of.
    """
    found = []
    for path, text in lists.items():
        try:
            document = rules.parse(text)
        except rules.DocumentError:
            continue  # of it the check run tells
        if document.tables:
            found.append(Sheet(path, document, configs.get(path, rules.Config())))
    return found
