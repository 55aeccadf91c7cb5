"""A list whose readers ask for papers, and an arXiv that knows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import rules
from bot.outside import Outside
from bot.practice import people
from bot.practice.arxiv import Paper
from tests import lists
from tests.arxiv import Library
from tests.busy import Busy
from tests.offline import REPO
from tests.world import CONFIG

if TYPE_CHECKING:
    from bot.practice.site import Pull

OWNER = "ann"
READER = "reader"
ROUTER = "2507.00001"
TITLE = "RouterDC: Query-Based Routing by Dual Contrastive Learning"
CODE = "https://github.com/eve/routerdc"
KNOWN = {
    ROUTER: Paper(TITLE, "2025-07-03", comment=f"Accepted at ACL 2025. Code: {CODE}"),
    "2507.00002": Paper("Sparks of Nothing: A Study of Empty Prompts", "2025-07-04"),
}


def listed() -> str:
    """Two sections with a table each."""
    agents, survey = lists.rows(range(0, 40, 2)), lists.rows(range(1, 40, 2))
    return f"# Papers\n\n## Agents\n\n{lists.table(agents)}\n## Survey\n\n{lists.table(survey)}"


class Requested(Busy):
    """What people ask for, and what they are answered."""

    def __init__(self, configuration: str = "", readme: str = "") -> None:
        self.arxiv = Library()
        self.arxiv.site.papers |= KNOWN
        files = {CONFIG: configuration} if configuration else {}
        self.outside = Outside(arxiv=self.arxiv.client)
        super().__init__(**{"README.md": readme or listed(), **files})
        self.github.access.granted["contents"] = "write"

    async def ask(self, title: str, body: str = "", user: str = READER) -> int:
        """Open an issue; its number, after all is done about it."""
        number = people.open_issue(self.github, REPO, title, body, user=user)
        await self.answer()
        return number

    async def say(self, number: int, body: str, user: str = READER) -> None:
        """Comment on it."""
        people.comment(self.github, REPO, number, body, user=user)
        await self.answer()

    async def tick(self, number: int, user: str = OWNER) -> None:
        """Tick the box under the preview."""
        said = next(c for c in self.comments(number) if "- [ ]" in c["body"])
        ticked = said["body"].replace("- [ ]", "- [x]")
        people.edit_comment(self.github, REPO, number, said["id"], ticked, user=user)
        await self.answer()

    def comments(self, number: int) -> list[dict[str, Any]]:
        written = people.conversation(self.repository, number)
        return [comment for comment in written if (comment["user"] or {}).get("type") == "Bot"]

    def said(self, number: int) -> str:
        """Our one comment."""
        [comment] = self.comments(number)
        return str(comment["body"])

    @property
    def pulls(self) -> list[Pull]:
        return list(self.repository.pulls.values())

    def text(self, pull: Pull, path: str = "README.md") -> str:
        return self.repository.store.commits[pull.head].files[path].decode()


def rows_of(told: str) -> list[str]:
    """The rows that a comment shows."""
    return re.findall(r"(?m)^```\n(.*)\n```$", told)


def news(before: str, after: str) -> list[rules.Diagnostic]:
    """What the rules say of a list that they did not say before."""
    old, new = rules.parse(before), rules.parse(after)
    known = rules.infer(old)
    found = rules.compare(rules.lint(old, conventions=known), rules.lint(new, conventions=known))
    return list(found)
