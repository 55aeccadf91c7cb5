"""A repository whose issues are labelled, and what people do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.practice import labels, people
from tests import lists
from tests.busy import Busy
from tests.offline import REPO
from tests.world import CONFIG

if TYPE_CHECKING:
    from collections.abc import Mapping

MAINTAINER = "ann"


def listed(*headings: str, rows: int = 8) -> str:
    """A list with a table of its own papers below each heading."""
    parts = ["# Papers\n"]
    for at, heading in enumerate(headings):
        numbers = range(rows * at, rows * at + rows)
        parts.append(f"## {heading}\n\n{lists.table(lists.rows(numbers))}")
    return "\n".join(parts)


LIST = listed("Survey", "Agent Router", "Reasoning Safety")


def asks(section: str) -> str:
    """What somebody writes who asks for a paper in a section."""
    return f"Please add https://arxiv.org/abs/2507.00001\n\nSection: {section}\n"


class Desk(Busy):
    """A world with a list of three sections."""

    def __init__(self, readme: str = LIST, **files: str) -> None:
        silent = "requests: off\n" + files.pop(CONFIG, "")  # what is said is tested elsewhere
        super().__init__(**{"README.md": readme, CONFIG: silent, **files})

    async def ask(self, section: str, **more: Any) -> int:
        """Somebody asks for a paper; the issue's number, after all is done about it."""
        number = people.open_issue(self.github, REPO, "Add a paper", asks(section), **more)
        await self.answer()
        return number

    async def edit(self, number: int, section: str) -> None:
        """The author names another section."""
        people.edit_issue(self.github, REPO, number, body=asks(section))
        await self.answer()

    def decide(self, number: int, *names: str, off: bool = False) -> None:
        """A maintainer sets labels, or takes them off."""
        people.decide(self.github, REPO, number, *names, user=MAINTAINER, off=off)

    def on(self, number: int) -> list[str]:
        """The labels of an issue or a pull request."""
        return sorted(labels.on(self.repository, number))

    @property
    def labels(self) -> Mapping[str, dict[str, Any]]:
        """The repository's labels by name."""
        return {label["name"]: label for label in self.repository.labels.values()}

    @property
    def writes(self) -> list[tuple[str, str]]:
        """What was written about issues and labels."""
        return [
            (request.method, request.path.removeprefix(f"/repos/{REPO}"))
            for request in self.github.requests
            if request.method != "GET" and request.path.startswith("/repos/")
        ]
