"""GitHub's published rules for issue forms, and the text that a filled one becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_KEYS = {
    "name": str,
    "description": str,
    "body": list,
    "assignees": list,
    "labels": list,
    "title": str,
    "type": str,
    "projects": list,
}
_REQUIRED = ("name", "description", "body")
_ATTRIBUTES = {
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
}


def read(text: str) -> dict[str, Any]:
    """A form, or an AssertionError that says which of GitHub's rules it breaks."""
    form: dict[str, Any] = yaml.safe_load(text)
    assert set(_REQUIRED) <= form.keys() <= set(_KEYS)
    assert all(isinstance(form[key], _KEYS[key]) and form[key] for key in form)
    elements = form["body"]
    assert elements
    for element in elements:
        assert element.keys() <= {"type", "id", "attributes", "validations"}
        assert set(element["id"]) <= set("abcdefghijklmnopqrstuvwxyz-_")
        assert element["attributes"].keys() <= _ATTRIBUTES[element["type"]]
        assert isinstance(element["attributes"]["label"], str)
        assert element.get("validations", {}).keys() <= {"required"}
        if element["type"] == "dropdown":
            _check_options(element["attributes"])
    for names in ([e["id"] for e in elements], [e["attributes"]["label"] for e in elements]):
        assert len(set(names)) == len(names)
        assert all(names)
    return form


def _check_options(attributes: Mapping[str, Any]) -> None:
    options = attributes["options"]
    assert options
    assert all(isinstance(option, str) and option.strip() for option in options)
    assert len({option.casefold() for option in options}) == len(options)
    assert "none" not in {option.casefold() for option in options}
    assert 0 <= attributes.get("default", 0) < len(options)


def filled(form: Mapping[str, Any], **values: str) -> str:
    """The issue that GitHub makes of a form; `values` by the elements' ids."""
    return "\n\n".join(_filled(form, values))


def _filled(form: Mapping[str, Any], values: Mapping[str, str]) -> Iterator[str]:
    for element in form["body"]:
        label = element["attributes"]["label"]
        yield f"### {label}\n\n{values.get(element['id'], '_No response_')}"
