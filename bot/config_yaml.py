"""The YAML of a configuration: its data, and where in the file each part of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from bot import escape
from rules import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PATH = ".github/listwright.yml"
_MAX_CHARACTERS = 50_000  # about a second for PyYAML at worst


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at a place of a configuration; line and column are 1-based."""

    line: int
    column: int
    message: str
    file: str = PATH


class ConfigError(ValueError):
    """A configuration that cannot be used as it is."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            "\n".join(f"line {p.line}, column {p.column}: {p.message}" for p in problems)
        )
        self.problems = list(problems)


class _Loader(yaml.SafeLoader):
    """No aliases: a few lines of them can stand for more than any memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # the stubs forgot
            words = say("an alias is not read here; write out what it stands for")
            raise ConfigError([Problem(mark.line + 1, mark.column + 1, words)])
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


class Tree:
    """What a file says, and where."""

    def __init__(self, text: str) -> None:
        """Read a file.

        Raises:
            ConfigError: this is no YAML, or too much of it.
        """
        if len(text) > _MAX_CHARACTERS:
            words = say("the file is longer than {most:,} characters", most=_MAX_CHARACTERS)
            raise ConfigError([Problem(1, 1, words)])
        try:
            loader = _Loader(text)
            self._root = loader.get_single_node()
            self.data: Any = loader.construct_document(self._root) if self._root else None
        except ConfigError:
            raise
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise ConfigError([_unreadable(error)]) from None

    def place(self, path: Sequence[str]) -> tuple[int, int]:
        """Line and column of the deepest part on a path that the file really holds."""
        found = node = self._root
        for part in path:
            if isinstance(node, yaml.MappingNode):
                pair = next(((k, v) for k, v in node.value if k.value == part), None)
                if pair is None:
                    break
                found, node = pair
            elif isinstance(node, yaml.SequenceNode) and part.isdigit():
                found = node = node.value[int(part)]
        return _place(found) if found else (1, 1)

    def duplicates(self) -> Iterator[Problem]:
        """Keys that stand twice in one mapping; YAML itself would silently take the last one."""
        waiting = [self._root]
        while waiting:
            node = waiting.pop()
            if isinstance(node, yaml.SequenceNode):
                waiting += node.value
            elif isinstance(node, yaml.MappingNode):
                waiting += [value for _, value in node.value]
                yield from _repeated(node)


def _repeated(mapping: yaml.MappingNode) -> Iterator[Problem]:
    first: dict[tuple[str, str], int] = {}
    for key, _ in mapping.value:
        line, column = _place(key)
        name = key.tag, str(key.value)
        if name in first:
            words = say(
                "{key} stands in line {line} already; put the two together",
                key=escape.code(name[1]),
                line=first[name],
            )
            yield Problem(line, column, words)
        first.setdefault(name, line)


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _unreadable(error: Exception) -> Problem:
    """A plain ValueError is a date or number that is none; YAML's own errors know their place."""
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    reason = escape.code(getattr(error, "problem", None) or str(error))
    return Problem(line, column, say("this is no YAML: {reason}", reason=reason))
