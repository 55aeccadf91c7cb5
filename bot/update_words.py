"""What an update is answered with: places to decide, rows that were there, a patch. Pure."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot import escape
from rules import Conflict, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.commits import Refused
    from bot.joined import Joined
    from bot.patch import Patch
    from bot.reading import Reading
    from rules import Clash, Known, Text

_TOLD = 10  # places that a reply names

_WHY: Mapping[Conflict, Text] = {
    Conflict.TEXT: say("changed on both sides, and no row of a table"),
    Conflict.EDITED: say("this row was edited on both sides, each in its own way"),
    Conflict.REMOVED: say("edited here, and removed meanwhile"),
    Conflict.KEPT: say("removed here, and edited meanwhile"),
    Conflict.TABLE: say("its table is gone meanwhile or has other columns"),
}


def clashing(joined: Joined) -> Text:
    places = [(p, clash) for p, one in sorted(joined.lists.items()) for clash in one.clashes]
    lines = [_place(joined.found, path, clash) for path, clash in places[:_TOLD]]
    if len(places) > _TOLD:
        lines.append(say("- and {number} more", number=len(places) - _TOLD))
    return say(
        "Somebody has to decide here first, so nothing was changed:\n\n{places:\n}\n\n"
        "Write the row as it should be in {branch}, or as {branch} has it here; then "
        "`/listwright update` does the rest.",
        places=lines,
        branch=escape.code(joined.found.state.base_ref),
    )


def _place(found: Reading, path: str, clash: Clash) -> Text:
    there = clash.conflict is Conflict.KEPT
    branch = escape.code(found.state.base_ref) if there else say("this pull request")
    commit = found.changes.base_tip if there else found.state.head.sha
    return say(
        "- [line {line}]({address}) of {path} in {branch}: {why}",
        line=clash.line,
        address=f"{found.state.url}/blob/{commit}/{quote(path)}?plain=1#L{clash.line}",
        path=escape.code(path),
        branch=branch,
        why=_WHY[clash.conflict],
    )


def known(joined: Joined) -> str:
    """What to say of rows that are in the list already."""
    rows = [row for _, one in sorted(joined.lists.items()) for row in one.known]
    lines = [_known(row) for row in rows[:_TOLD]]
    if len(rows) > _TOLD:
        lines.append(say("- and {number} more", number=len(rows) - _TOLD))
    if not rows:
        return ""
    return say(
        "Done. What was merged meanwhile from elsewhere stands there once, as "
        "{branch} has it:\n\n{rows:\n}",
        branch=escape.code(joined.found.state.base_ref),
        rows=lines,
    )


def _known(row: Known) -> Text:
    title, section = escape.code(row.title), escape.plain(row.section)
    if not section:
        return say("- {title}", title=title)
    return say("- {title}, in **{section}**", title=title, section=section)


def by_hand(joined: Joined, why: Refused, made: Patch) -> Text:
    """The commands and the patch that do the same, and why."""
    found = joined.found
    if made.left:
        return say(
            "{why} And the patch does not fit into a comment, so somebody has to merge {branch} by "
            "hand.",
            why=why.words,
            branch=escape.code(found.state.base_ref),
        )
    commands = _commands(joined, made.command if made.text else "")
    return say(
        "{why} This does the same in a checkout of the branch of this pull request.\n\n"
        "<details><summary>Commands and patch</summary>\n\nSave the patch as `mend.patch`, "
        "then:\n\n{fence}sh\n{commands:\n}\n{fence}\n\n{fence}diff\n{patch}{fence}\n\n</details>",
        why=why.words,
        commands=commands,
        fence=escape.fence("\n".join([*commands, made.text])),
        patch=made.text,
    )


def _commands(joined: Joined, apply: str) -> list[str]:
    """Merge in name, take the base branch's files, and lay this pull request's upon them."""
    found, tip = joined.found, joined.found.changes.base_tip
    taken = [shlex.quote(path) for path, entry in joined.plan.taken.items() if entry]
    gone = [shlex.quote(path) for path, entry in joined.plan.taken.items() if not entry]
    return [
        f"git fetch {found.state.url} {shlex.quote(found.state.base_ref)}",
        f"git merge --no-commit --no-ff --strategy=ours {tip}",
        f"git read-tree -u --reset {tip}",
        *([f"git checkout HEAD -- {' '.join(taken)}"] if taken else []),
        *([f"git rm -qf -- {' '.join(gone)}"] if gone else []),
        *([apply] if apply else []),
        "git commit --all --no-edit",
        "git push",
    ]
