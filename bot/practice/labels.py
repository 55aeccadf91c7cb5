"""Labels on the offline GitHub: what the app does with them over REST, and what people do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.practice.access import Refusal
from bot.practice.site import BOT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.practice.site import Repository, Site

_NAME, _DESCRIPTION, _ON_ONE = 50, 100, 100
_COLOR = re.compile("[0-9a-fA-F]{6}")
_ABSENT = Refusal(404, "Not Found")


def answer(
    site: Site, repository: Repository, route: tuple[str, ...], asked: Any
) -> list[dict[str, Any]] | dict[str, Any]:
    """Answer a request about labels; `route`: the method and the parts of the path after them."""
    match route:
        case ("GET", "labels"):
            return list(repository.labels.values())
        case ("POST", "labels"):
            return _create(repository, asked)
        case ("PATCH", "labels", name):
            return _change(repository, name, asked)
        case ("GET", "issues", number, "events"):
            return [e for e in repository.events if e["number"] == int(number)]
        case ("POST", "issues", number, "labels"):
            return put(site, repository, int(number), asked["labels"], BOT)
        case ("DELETE", "issues", number, "labels", name):
            return take_off(site, repository, int(number), name, BOT)
    raise _ABSENT


def _create(repository: Repository, asked: Mapping[str, Any]) -> dict[str, Any]:
    _check(asked["name"], asked.get("color"), asked.get("description"))
    key = asked["name"].casefold()
    if key in repository.labels:
        raise _invalid("name", "already_exists")
    made = {"color": "ededed", "description": None} | dict(asked)
    repository.labels[key] = made
    return made


def _change(repository: Repository, name: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    found = repository.labels.get(name.casefold())
    if found is None:
        raise _ABSENT
    new = asked.get("new_name", name)
    _check(new, asked.get("color"), asked.get("description"))
    if new.casefold() != name.casefold() and new.casefold() in repository.labels:
        raise _invalid("name", "already_exists")
    del repository.labels[name.casefold()]
    kept = {key: asked[key] for key in ("color", "description") if key in asked}
    repository.labels[new.casefold()] = found | kept | {"name": new}
    for labels in (*(issue["labels"] for issue in repository.issues), *_of_pulls(repository)):
        labels[:] = [new if one.casefold() == name.casefold() else one for one in labels]
    return repository.labels[new.casefold()]


def _of_pulls(repository: Repository) -> list[list[str]]:
    return [pull.labels for pull in repository.pulls.values()]


def _check(name: str, color: str | None, description: str | None) -> None:
    if not name.strip() or len(name) > _NAME:
        raise _invalid("name", "invalid")
    if color is not None and not _COLOR.fullmatch(color):
        raise _invalid("color", "invalid")
    if len(description or "") > _DESCRIPTION:
        raise Refusal(422, "Validation Failed", ["description is too long"])


def _invalid(field: str, code: str) -> Refusal:
    return Refusal(422, "Validation Failed", [{"resource": "Label", "field": field, "code": code}])


def on(repository: Repository, number: int) -> list[str]:
    """The names of the labels on an issue or a pull request."""
    if number in repository.pulls:
        return repository.pulls[number].labels
    found = next((issue for issue in repository.issues if issue["number"] == number), None)
    if found is None:
        raise _ABSENT
    labels: list[str] = found["labels"]
    return labels


def put(
    site: Site,
    repository: Repository,
    number: int,
    names: Sequence[str],
    by: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Set labels, made without a colour where there are none of that name."""
    labels = on(repository, number)
    for name in names:
        if name.casefold() not in repository.labels:
            _create(repository, {"name": name})
        known = repository.labels[name.casefold()]
        if known["name"] not in labels:
            if len(labels) >= _ON_ONE:
                raise Refusal(422, "Validation Failed", ["an issue can have at most 100 labels"])
            labels.append(known["name"])
            repository.events.append(_event(site, number, "labeled", known["name"], by))
    return [repository.labels[name.casefold()] for name in labels]


def take_off(
    site: Site, repository: Repository, number: int, name: str, by: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Take a label off."""
    labels = on(repository, number)
    found = next((one for one in labels if one.casefold() == name.casefold()), None)
    if found is None:
        raise Refusal(404, "Label does not exist")
    labels.remove(found)
    repository.events.append(_event(site, number, "unlabeled", found, by))
    return [repository.labels[name.casefold()] for name in labels]


def _event(site: Site, number: int, event: str, name: str, by: Mapping[str, str]) -> dict[str, Any]:
    told = {"event": event, "number": number, "actor": by, "created_at": site.now()}
    return told | {"label": {"name": name, "color": "ededed"}}
