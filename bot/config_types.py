"""The kinds of values that the configuration is made of, read as one writes them in YAML."""

from __future__ import annotations

import re
import warnings
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Strict,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot import escape
from rules import Severity

_LEVELS = [level.value for level in Severity]


def _level(value: Any) -> Any:
    """YAML reads a bare `off` as false; `on` asks for what the rule says by itself."""
    if isinstance(value, bool):
        return None if value else Severity.OFF
    return value


def off(value: Any) -> Any:
    """YAML reads a bare `off` as false."""
    return "off" if value is False else value


def _whole(value: Any) -> Any:
    """JSON schema counts 3.0 among the integers."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _expression(value: str) -> str:
    try:
        with warnings.catch_warnings(action="error", category=FutureWarning):
            re.compile(value)
    except (re.error, OverflowError, RecursionError, FutureWarning) as error:
        words = "no regular expression that Python reads: {reason}"
        raise PydanticCustomError("regex", words, {"reason": escape.code(str(error))}) from None
    return value


Level = Annotated[Severity, BeforeValidator(_level), WithJsonSchema({"enum": [*_LEVELS, False]})]
OnOrLevel = Annotated[
    Severity | None, BeforeValidator(_level), WithJsonSchema({"enum": [*_LEVELS, True, False]})
]
Whole = Annotated[int, Strict(), BeforeValidator(_whole)]
YesOrNo = Annotated[bool, Strict()]
Expression = Annotated[str, AfterValidator(_expression)]


class Section(BaseModel):
    """A mapping of the file, with these keys alone; a key with nothing after it is unwritten."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _written(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return {} if data is None else data
        known = {info.alias or name for name, info in cls.model_fields.items()}
        return {key: value for key, value in data.items() if value is not None or key not in known}
