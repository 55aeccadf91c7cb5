"""The GitHub calls about labels, and what people decided about them, which stays so.

A label of ours is known by its description, whatever people call it. On an issue it is ours to take
back where we were the last to set it; what somebody took off never comes back there.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import gidgethub

from bot.pulls import place_of
from bot.words import Language, Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.github import Client
    from bot.labels.sections import Existing
    from rules import Label

_ON_ONE = 100  # labels that GitHub lets an issue have
_EVENTS = 1000  # of an issue; where there are more, nobody can say whose a label is
_ISSUE = "/repos/{owner}/{name}/issues/{number}"


class Group(NamedTuple):
    """Labels of which an issue is to have some and none of the others."""

    wanted: tuple[Label, ...]
    among: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """An issue or a pull request, the names of its labels, and those of the repository."""

    repo: str
    number: int
    on: tuple[str, ...]
    known: tuple[Existing, ...]
    us: str


@dataclass(frozen=True, slots=True)
class History:
    """What became of an issue's labels, by names in lower case.

    Attributes:
        ours: those that we were the last to set.
        refused: those that somebody else took off, once at least.
    """

    ours: frozenset[str]
    refused: frozenset[str]


def find(label: Label, known: Sequence[Existing]) -> Existing | None:
    """The repository's label of that name, or else of that description if it has just one."""
    named = next((each for each in known if each.name.casefold() == label.key), None)
    told = _told(label)
    same = [each for each in known if each.description in told]
    return named or (same[0] if len(same) == 1 else None)


def is_ours(label: Label, known: Existing) -> bool:
    """Whether a label of the repository is still as we made it, in any language."""
    return known.description in _told(label)


def _told(label: Label) -> tuple[str, ...]:
    return tuple(Words(language)(label.description) for language in get_args(Language))


async def settle(gh: Client, subject: Subject, groups: Sequence[Group]) -> None:
    """Set and take back labels, as far as people left that to us.

    Where somebody else chose among a group's labels and we did not, the choice stands as it is.
    """
    if not any(_differs(subject, group) for group in groups):
        return
    past = await history(gh, subject)
    if past is None:
        return
    decided = [_decided(subject, group, past) for group in groups]
    put = [label for _, labels in decided for label in labels]
    off = [name for names, _ in decided for name in names]
    await _put(gh, subject, put[: max(0, _ON_ONE - len(subject.on))])
    for name in off:
        await _take_off(gh, subject, name)


def _differs(subject: Subject, group: Group) -> bool:
    """Whether a group's labels are not all as wanted."""
    wanted, among = ({_key(subject, label) for label in labels} for labels in group)
    on = _keys(subject).keys()
    return wanted != (wanted | among) & on


def _decided(subject: Subject, group: Group, past: History) -> tuple[list[str], list[Label]]:
    """The names of the labels to take off, and the labels to set."""
    on = _keys(subject)
    wanted = {_key(subject, label): label for label in group.wanted}
    standing = {_key(subject, label) for label in group.among} & on.keys()
    own = standing & past.ours
    off = [on[key] for key in sorted(own - wanted.keys())]
    if standing and not own:
        return off, []
    left = wanted.keys() - on.keys() - past.refused
    return off, [label for key, label in wanted.items() if key in left]


def _keys(subject: Subject) -> dict[str, str]:
    return {name.casefold(): name for name in subject.on}


def _key(subject: Subject, label: Label) -> str:
    return _name(subject, label).casefold()


def _name(subject: Subject, label: Label) -> str:
    """How the repository calls a label."""
    known = find(label, subject.known)
    return known.name if known else label.name


async def history(gh: Client, subject: Subject) -> History | None:
    """What became of an issue's labels; None where more happened than can be read."""
    last: dict[str, bool] = {}
    refused: set[str] = set()
    seen = 0
    async for event in gh.getiter(f"{_ISSUE}/events?per_page=100", _place(subject)):
        seen += 1
        if seen > _EVENTS:
            return None
        if event["event"] in {"labeled", "unlabeled"}:
            _remember(event, subject.us, last, refused)
    return History(frozenset(key for key, ours in last.items() if ours), frozenset(refused))


def _remember(event: Mapping[str, Any], us: str, last: dict[str, bool], refused: set[str]) -> None:
    key = event["label"]["name"].casefold()
    ours = (event["actor"] or {}).get("login") == us  # an account that is gone is none
    if event["event"] == "labeled":
        last[key] = ours
    elif not ours:
        refused.add(key)


def _place(subject: Subject) -> dict[str, Any]:
    return place_of(subject.repo) | {"number": str(subject.number)}


async def _put(gh: Client, subject: Subject, labels: Sequence[Label]) -> None:
    """Set labels, each made first where the repository has none of it."""
    if not labels:
        return
    missing = [label for label in labels if find(label, subject.known) is None]
    gh.require_writes(len(missing) + 1)  # one made by setting it would have no colour
    for label in missing:
        await create(gh, subject.repo, label)
    names = [_name(subject, label) for label in labels]
    await gh.post(f"{_ISSUE}/labels", _place(subject), data={"labels": names})


async def _take_off(gh: Client, subject: Subject, name: str) -> None:
    try:
        await gh.delete(f"{_ISSUE}/labels/{{label}}", _place(subject) | {"label": name})
    except gidgethub.BadRequest as error:
        if error.status_code != HTTPStatus.NOT_FOUND:  # somebody else was faster
            raise


async def create(gh: Client, repo: str, label: Label) -> None:
    """Make a label in the repository; another job may have made it meanwhile."""
    data = {"name": label.name, "color": label.color, "description": label.description}
    try:
        await gh.post("/repos/{owner}/{name}/labels", place_of(repo), data=data)
    except gidgethub.BadRequest as error:
        if not _is_there(error):
            raise


async def rename(gh: Client, repo: str, known: Existing, label: Label, name: str) -> None:
    """Let a label of the repository be another one of ours, called `name`."""
    url, place = "/repos/{owner}/{name}/labels/{label}", place_of(repo) | {"label": known.name}
    try:
        await gh.patch(url, place, data={"new_name": name, "description": label.description})
    except gidgethub.BadRequest as error:
        if error.status_code != HTTPStatus.NOT_FOUND and not _is_there(error):
            raise


def _is_there(error: gidgethub.BadRequest) -> bool:
    """Whether GitHub refused a label because there is one of that name."""
    errors = error.errors if isinstance(error, gidgethub.InvalidField) else None
    return any(each.get("code") == "already_exists" for each in errors or ())
