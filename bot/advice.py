"""What we say about ourselves when somebody asks: the commands, and a rule. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules
from bot import commands, escape
from rules import say

if TYPE_CHECKING:
    from collections.abc import Collection

HELP = "<!-- listwright help -->"  # in every comment with the table of commands
ON_ISSUES = frozenset({"add", "dismiss"})
_PARAGRAPHS = 3  # of a rule's page

_ROWS = {
    "fix": say("| `/listwright fix` | commits what is safe to mend in this pull request's rows |"),
    "recheck": say("| `/listwright recheck` | looks at this pull request again |"),
    "ignore": say(
        "| `/listwright ignore WHY` | in a thread of mine: leaves that row as it is |\n"
        "| `/listwright ignore RULE WHY` | leaves all rows here as they are, as far as that rule "
        "goes |"
    ),
    "explain": say("| `/listwright explain RULE` | says what a rule looks for, and why |"),
    "update": say(
        "| `/listwright update` | puts this pull request's rows into the list as it is now, after "
        "a conflict |"
    ),
    "help": say("| `/listwright help` | shows this table |"),
}


def table(known: Collection[str]) -> str:
    """The commands, those that are known, in a comment that is marked as our help."""
    rows = [row for name, row in _ROWS.items() if name in known]
    return say(
        "Each command stands on a line of its own. The author of this pull request may give them, "
        "and whoever may write to this repository.\n\n"
        "| command | what it does |\n"
        "| --- | --- |\n"
        "{rows:\n}\n\n"
        "{mark}",
        rows=rows,
        mark=HELP,
    )


def on_issues() -> str:
    """The commands that issues know, in a comment that is marked as our help."""
    return say(
        "Each command stands on a line of its own; whoever may write to this repository may give "
        "it.\n\n"
        "| command | what it does |\n"
        "| --- | --- |\n"
        "| `/listwright add` | opens a pull request with the row that I showed here |\n"
        "| `/listwright add SECTION` | the same, under that heading |\n"
        "| `/listwright dismiss LINK` | on my issue about dead links: leaves that one alone until "
        "it changes |\n\n"
        "{mark}",
        mark=HELP,
    )


def explained(name: str, address: str | None) -> str:
    """The first paragraphs of a rule's page, and where the rest is if anybody can open it."""
    page = rules.explain(name).partition("```")[0].partition("\n## Example")[0]
    paragraphs = [part for part in page.split("\n\n") if not part.lstrip().startswith("#")]
    told = say("**{rule}**: {page}", rule=name, page="\n\n".join(paragraphs[:_PARAGRAPHS]).strip())
    if not address:
        return told
    return say("{told}\n\n[The whole page, with examples]({address})", told=told, address=address)


def no_such_rule(name: str) -> str:
    """What to say about a rule that does not exist."""
    near = commands.nearest(name)
    if near:
        return say("There is no rule {name}. Did you mean `{near}`?", name=_code(name), near=near)
    known = [f"`{rule.name}`" for rule in rules.all_rules()]
    return say("There is no rule {name}. There are: {known:, }.", name=_code(name), known=known)


def _code(name: str) -> str:
    return escape.code(name[:60])
