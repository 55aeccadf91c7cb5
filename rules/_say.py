"""Text that can be said in another language."""

from __future__ import annotations

from typing import Any


class Text(str):
    """English text that remembers its template and values: a catalogue can say it otherwise.

    Everywhere else it is a string like any other.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, Any]


class Line(int):
    """The number of another line of the same file: where there are links, it can be one."""

    __slots__ = ()


def say(template: str, /, **values: Any) -> Text:
    """The template with its values, each of which may be such a text itself.

    Templates are what catalogues know, so they are written out where they are said.
    """
    made = Text(template.format(**values))
    made.template, made.values = template, values
    return made
