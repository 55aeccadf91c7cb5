"""What people read on GitHub, one file per language: an English template -> how it is said there.

`en.yml` has all that is said in English, so that it can be read in one place; it is also what a new
language begins with.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def read(language: str) -> Mapping[str, str]:
    """The catalogue of a language."""
    text = resources.files(__name__).joinpath(f"{language}.yml").read_text(encoding="utf-8")
    return MappingProxyType(yaml.safe_load(text))
