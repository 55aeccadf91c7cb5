"""The offline GitHub's GraphQL: any query over the nodes of `bot.practice.nodes`.

A node is a mapping from a field's name to its value, or to a function of the field's arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import language

Node = Mapping[str, Any]
_PAGE = 100


class QueryError(Exception):
    """A field that cannot be answered: its message, and GitHub's name for the kind of error."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def answer(roots: Mapping[str, Node], asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to an operation: `data`, and an error for each top field that has none.

    Args:
        roots: the fields of a "query" and of a "mutation".
        asked: the request's `query` and `variables`.
    """
    document = language.parse(asked["query"])
    definitions = list(document.definitions)
    fragments = {
        definition.name.value: definition
        for definition in definitions
        if isinstance(definition, language.FragmentDefinitionNode)
    }
    operation = next(d for d in definitions if isinstance(d, language.OperationDefinitionNode))
    reader = _Reader(fragments, asked.get("variables") or {})
    root = roots[operation.operation.value]
    data: dict[str, Any] = {}
    errors = []
    fields = list(reader.fields(root, operation.selection_set))
    if len(fields) > _PAGE:  # our own measure of what is still polite
        told = f"More than {_PAGE} fields at a time"
        return {"errors": [{"type": "RESOURCE_LIMITS_EXCEEDED", "message": told}]}
    for field in fields:
        key = field.alias.value if field.alias else field.name.value
        try:
            data[key] = reader.value(root, field)
        except QueryError as error:
            data[key] = None
            errors.append({"type": error.kind, "path": [key], "message": str(error)})
    return {"data": data} | ({"errors": errors} if errors else {})


@dataclass(frozen=True, slots=True)
class _Reader:
    fragments: Mapping[str, language.FragmentDefinitionNode]
    variables: Mapping[str, Any]

    def fields(
        self, node: Node, selected: language.SelectionSetNode
    ) -> Iterator[language.FieldNode]:
        """The fields that are asked of a node, those of fragments of its type too."""
        for selection in selected.selections:
            if isinstance(selection, language.FieldNode):
                yield selection
                continue
            if isinstance(selection, language.FragmentSpreadNode):
                part = self.fragments[selection.name.value]
                wanted = part.type_condition
            else:
                assert isinstance(selection, language.InlineFragmentNode)
                part, wanted = selection, selection.type_condition  # type: ignore[assignment]
            if node.get("__typename", "") in {"", wanted.name.value if wanted else ""}:
                yield from self.fields(node, part.selection_set)

    def value(self, node: Node, field: language.FieldNode) -> Any:
        name = field.name.value
        if name not in node:
            raise QueryError("undefinedField", f"The offline GitHub knows no field '{name}' here")
        value = node[name]
        if callable(value):
            value = value(**{a.name.value: self._input(a.value) for a in field.arguments or ()})
        return self._read(value, field.selection_set)

    def _read(self, value: Any, selected: language.SelectionSetNode | None) -> Any:
        if selected is None or value is None:
            return value
        if isinstance(value, list):
            return [self._read(item, selected) for item in value]
        return {
            field.alias.value if field.alias else field.name.value: self.value(value, field)
            for field in self.fields(value, selected)
        }

    def _input(self, value: language.ValueNode) -> Any:
        if isinstance(value, language.VariableNode):
            return self.variables.get(value.name.value)
        if isinstance(value, language.ObjectValueNode):
            return {field.name.value: self._input(field.value) for field in value.fields}
        if isinstance(value, language.ListValueNode):
            return [self._input(item) for item in value.values]
        if isinstance(value, language.IntValueNode):
            return int(value.value)
        return getattr(value, "value", None)


def connection(nodes: list[Any]) -> Callable[..., Node]:
    """A list as GraphQL pages it, a hundred at most."""

    def page(
        first: int | None = None, after: str | None = None, last: int | None = None, **_: Any
    ) -> Node:
        if max(first or last or _PAGE + 1, 0) > _PAGE:
            raise QueryError("EXCESSIVE_PAGINATION", f"Between 1 and {_PAGE} records a page")
        start = int(after) if after else max(len(nodes) - last, 0) if last else 0
        end = min(start + (first or last or 0), len(nodes))
        info = {"hasNextPage": end < len(nodes), "endCursor": str(end) if end > start else None}
        return {"nodes": nodes[start:end], "pageInfo": info, "totalCount": len(nodes)}

    return page
