"""The JSON schema of `.github/listwright.yml`, from the same models that read the file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from bot.config_model import model

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def schema() -> dict[str, Any]:
    """The schema, as JSON; not to be changed."""
    made: dict[str, Any] = _tidy(model().model_json_schema())
    return {"$schema": _DIALECT, **_or_nothing(made)}


def _tidy(part: Any) -> Any:
    """Without pydantic's titles; a key with nothing after it counts as unwritten."""
    if isinstance(part, list):
        return [_tidy(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _tidy(value) for key, value in part.items() if not _noise(key, value)}
    if "properties" in kept:
        kept["properties"] = {key: _or_nothing(of) for key, of in kept["properties"].items()}
    if isinstance(kept.get("additionalProperties"), dict):
        kept["additionalProperties"] = _or_nothing(kept["additionalProperties"])
    return kept


def _noise(key: str, value: Any) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value is None)


def _or_nothing(part: dict[str, Any]) -> dict[str, Any]:
    """The same, or null."""
    found = dict(part)
    if "$ref" in found:
        found["anyOf"] = [{"$ref": found.pop("$ref")}]
    if "anyOf" in found:
        found["anyOf"] = [*found["anyOf"], {"type": "null"}]
    if "enum" in found:
        found["enum"] = [*found["enum"], None]
    if "type" in found:
        found["type"] = [found["type"], "null"]
    return found


def keys(path: Sequence[str]) -> list[str]:
    """The keys that may stand at a place of the file, such as ("rules", "link-format")."""
    place = schema()
    for part in path:
        inner = _mapping(place)
        place = inner.get("properties", {}).get(part) or inner["additionalProperties"]
    return list(_mapping(place)["properties"])


def _mapping(part: dict[str, Any]) -> dict[str, Any]:
    """The mapping among what may stand at a place."""
    if "anyOf" in part:
        part = next(each for each in part["anyOf"] if "$ref" in each)
    if "$ref" in part:
        found: dict[str, Any] = schema()["$defs"][part["$ref"].rpartition("/")[2]]
        return found
    return part
