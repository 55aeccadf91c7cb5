"""Commits to a pull request's branch: several files at once, and never over somebody's push."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from bot.responses import GraphQLError
from rules import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bot.github import Client
    from bot.pulls import Head
    from rules import Text

# The last line of each message: our commits are known by it, and those that nobody asked for.
TRAILER = "Mended-by: Listwright"
UNASKED = f"{TRAILER} (fix: commit)"
_TRAILED = re.compile(rf"(?m)^{TRAILER}(?: \(fix: commit\))?$")
_UNASKED = re.compile(rf"(?m)^{re.escape(UNASKED)}$")
_WORKFLOWS = ".github/workflows/"
_PROTECTED = re.compile(r"(?i)protected (?:branch|ref)|rule violations|through a pull request")
_BEHIND = re.compile(r"(?i)not a fast.forward")
_OUT_OF_REACH = frozenset({403, 404})
_WORKFLOW = re.compile(r"(?i)workflows?. permission|create or update workflow")
_COMMIT = """
mutation($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}
"""


class Reason(StrEnum):
    """Why there is no commit."""

    DELETED = "deleted"
    ORGANISATION = "organisation"
    NOT_EDITABLE = "not editable"
    UNGRANTED = "ungranted"
    FORK = "fork"
    PROTECTED = "protected"
    WORKFLOWS = "workflows"
    MOVED = "moved"
    TAKEN = "taken"


_WORDS: Mapping[Reason, Text] = {
    Reason.DELETED: say("The fork that this pull request came from is gone or out of sight."),
    Reason.ORGANISATION: say(
        "This fork belongs to an organisation, and GitHub lets no app commit to such a fork."
    ),
    Reason.NOT_EDITABLE: say(
        "Only its author can commit to this fork; with **Allow edits by maintainers** ticked, on "
        "the right of this page, I can do it too."
    ),
    Reason.UNGRANTED: say("I may not commit here: *contents: write* was not granted to this app."),
    Reason.FORK: say("GitHub does not let me commit to this fork."),
    Reason.PROTECTED: say("The branch is protected, so that I cannot commit to it."),
    Reason.WORKFLOWS: say("GitHub does not let me commit where workflows are changed."),
    Reason.MOVED: say("The branch keeps moving; please ask again when it has come to rest."),
    Reason.TAKEN: say("Somebody else has committed to my branch for this, so I leave it as it is."),
}


@dataclass(frozen=True, slots=True)
class Pushed:
    sha: str


@dataclass(frozen=True, slots=True)
class Refused:
    """No commit was made; MOVED: another head is there now, so start over on it."""

    reason: Reason

    @property
    def words(self) -> Text:
        """One sentence for people."""
        return _WORDS[self.reason]


Outcome: TypeAlias = Pushed | Refused


def obstacle(head: Head) -> Refused | None:
    """What is known to stand in the way of a commit to this head, without asking GitHub."""
    if head.repository is None:
        return Refused(Reason.DELETED)
    if not head.fork:  # for which `editable` is always false
        return None
    if head.of_organisation:  # whatever `editable` says
        return Refused(Reason.ORGANISATION)
    return None if head.editable else Refused(Reason.NOT_EDITABLE)


def is_ours(message: str) -> bool:
    """Whether a commit's message says that we made it."""
    return bool(_TRAILED.search(message))


def is_unasked(message: str) -> bool:
    """Whether we made a commit without being asked, as `fix: commit` says."""
    return bool(_UNASKED.search(message))


async def push(  # noqa: PLR0913  what a commit is made of
    gh: Client,
    head: Head,
    files: Mapping[str, bytes],
    message: str,
    deleted: Iterable[str] = (),
    *,
    trailer: str = TRAILER,
) -> Outcome:
    """Commit on a head, only if the branch is still there: one call, none where it is hopeless.

    Args:
        gh: a client.
        head: what the new texts were made from.
        files: path -> its new content.
        message: a headline, and after an empty line more if there is more to say.
        deleted: paths to remove.
        trailer: the message's last line, TRAILER or UNASKED.

    Raises:
        GraphQLError: GitHub's refusal is none that we know.
    """
    gone = list(deleted)
    if known := obstacle(head):
        return known
    if touches_workflows((*files, *gone)):
        return Refused(Reason.WORKFLOWS)
    asked = {
        "branch": {"repositoryNameWithOwner": head.repository, "branchName": head.branch},
        "expectedHeadOid": head.sha,
        "message": _signed(gh.words(message), trailer),
        "fileChanges": _changes(files, gone),
    }
    async with gh.committing() as granted:
        if not granted:
            return Refused(Reason.UNGRANTED)
        try:
            answer = await gh.mutate(_COMMIT, input=asked)
        except GraphQLError as error:
            why = reason(str(error), head, error.kinds)
            if why is None:
                raise
            return Refused(why)
    return Pushed(answer["createCommitOnBranch"]["commit"]["oid"])


def _signed(message: str, trailer: str) -> dict[str, str]:
    headline, _, body = message.partition("\n")
    return {"headline": headline, "body": "\n\n".join(filter(None, (body.strip(), trailer)))}


def _changes(files: Mapping[str, bytes], gone: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    return {
        "additions": [
            {"path": path, "contents": base64.b64encode(data).decode()}
            for path, data in files.items()
        ],
        "deletions": [{"path": path} for path in gone],
    }


def touches_workflows(paths: Iterable[str]) -> bool:
    """Whether GitHub asks for a permission of its own to commit to one of these."""
    return any(path.startswith(_WORKFLOWS) for path in paths)


def reason(told: str, head: Head, kinds: Collection[str] = (), http: int = 0) -> Reason | None:
    """What GitHub's refusal means; None where nobody has seen it before.

    Args:
        told: its message.
        head: what was to be committed on.
        kinds: GraphQL's names for it.
        http: REST's status.
    """
    if "STALE_DATA" in kinds or _BEHIND.search(told):
        return Reason.MOVED
    if _PROTECTED.search(told):
        return Reason.PROTECTED
    if _WORKFLOW.search(told):
        return Reason.WORKFLOWS
    if head.fork and ({"FORBIDDEN", "NOT_FOUND"} & set(kinds) or http in _OUT_OF_REACH):
        return Reason.FORK
    # A token is kept for an hour, and the owner may take a permission back meanwhile.
    return Reason.UNGRANTED if "not accessible by integration" in told else None
