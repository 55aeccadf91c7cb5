"""Text that can be said in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Text(str):
    """English text that remembers its template and values: a catalogue can say it otherwise.

    Everywhere else it is a string like any other. Whatever is done with it as a string (joined,
    stripped, put into another one) gives a plain string, which stays English.
    """

    __slots__ = ("template", "values")
    template: str
    values: dict[str, Any]

    def told(self, catalogue: Mapping[str, str]) -> str:
        """The text as a catalogue (template -> template) has it; in English where it has none."""
        values = {name: _told(value, catalogue) for name, value in self.values.items()}
        return catalogue.get(self.template, self.template).format(**values)

    def shown(self, show: Callable[[Line], str]) -> Text:
        """The same text with each line's number as `show` writes it: as a link."""
        values = {name: _shown(value, show) for name, value in self.values.items()}
        return _made(self.template, values)


class Several(tuple[Any, ...]):
    """Values side by side; what stands between them is in the template: `{names: and }`."""

    __slots__ = ()

    def __format__(self, between: str) -> str:
        return between.join(map(str, self))


class Line(int):
    """The number of another line of the same file: where there are links, it can be one."""

    __slots__ = ()


def say(template: str, /, **values: Any) -> Text:
    """The template with its values.

    Args:
        template: English. Templates are what catalogues know, so each is written out where it is
            said, with `1 row` and `{number} rows` as two.
        **values: what it is about; each may be such a text itself, or a list of them.
    """
    return _made(
        template,
        {n: Several(v) if isinstance(v, list | tuple) else v for n, v in values.items()},
    )


def _made(template: str, values: dict[str, Any]) -> Text:
    made = Text(template.format(**values))
    made.template, made.values = template, values
    return made


def _told(value: Any, catalogue: Mapping[str, str]) -> Any:
    if isinstance(value, Several):
        return Several(_told(each, catalogue) for each in value)
    return value.told(catalogue) if isinstance(value, Text) else value


def _shown(value: Any, show: Callable[[Line], str]) -> Any:
    if isinstance(value, Several):
        return Several(_shown(each, show) for each in value)
    if isinstance(value, Line):
        return show(value)
    return value.shown(show) if isinstance(value, Text) else value
