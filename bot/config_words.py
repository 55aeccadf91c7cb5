"""What is wrong with a value of the configuration: pydantic speaks of Python, the file is YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rules import Text, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

_PLAIN = {
    "model_type": say("should be a mapping of keys to values"),
    "dict_type": say("should be a mapping of keys to values"),
    "tuple_type": say("should be a list"),
    "string_type": say("should be text; put it into quotes"),
    "bool_type": say("should be true or false"),
    "string_pattern_mismatch": say("should be owner/repository or owner/repository:path"),
    "int_type": say("input should be a valid integer"),
    "invalid_key": say("keys should be strings"),
}


def wrong(error: ErrorDetails) -> str:
    """What is wrong, beginning in lower case; in pydantic's own English where it is news to us."""
    kind, told = error["type"], error.get("ctx", {})
    return _PLAIN.get(kind) or _about(kind, told) or error["msg"][:1].lower() + error["msg"][1:]


def _about(kind: str, told: Mapping[str, Any]) -> Text | None:
    """Errors that name what would be right."""
    if kind in {"literal_error", "enum"}:
        *values, last = told["expected"].replace(" or ", ", ").split(", ")
        return say("input should be {values:, } or {last}", values=values, last=last)
    if kind == "less_than_equal":
        return say("input should be less than or equal to {most}", most=told["le"])
    if kind == "greater_than_equal":
        return say("input should be greater than or equal to {least}", least=told["ge"])
    if kind == "string_too_long":
        return say("string should have at most {most} characters", most=told["max_length"])
    if kind == "regex":
        return say("no regular expression that Python reads: {reason}", reason=told["reason"])
    return None
