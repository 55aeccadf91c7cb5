"""GitHub's issue forms for a list: to add a paper, and to correct an entry. Pure.

GitHub writes what is filled in as `### Label`, an empty line and the value, so the labels here are
what the reader of requests looks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

import rules
from rules import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bot.words import Words
    from rules import Document, Text

FOLDER = ".github/ISSUE_TEMPLATE"
_HEAD = "# Written by `listwright forms`; with --force it writes the list's sections anew.\n"
_LONGEST = 200  # characters of an option
_RESERVED = {"none", "_no response_"}  # what GitHub itself says where nothing is chosen
_WRONG = (
    say("Code link"),
    say("Paper link"),
    say("Title"),
    say("Authors"),
    say("Venue"),
    say("Date"),
    say("Section"),
    say("Something else"),
)


def forms(document: Document, words: Words) -> Mapping[str, str]:
    """The forms for a list, by the names of their files; none where it has no table."""
    if not document.tables:
        return {}
    made = {
        "add-paper.yml": _add(sections(document)),
        "correct-entry.yml": _correct(),
    }
    return {name: _HEAD + _yaml(words.within(form)) for name, form in made.items()}


def sections(document: Document) -> list[str]:
    """The headings over tables of papers, as a person would name them; each one once.

    A heading that stands in several places is told by its path.
    """
    tables = rules.infer(document).tables
    papers = [
        path
        for (path, _, _), known in tables.items()
        if known.columns.title is not None or known.columns.paper is not None
    ]
    paths = dict.fromkeys(papers or (path for path, _, _ in tables))
    titles = [path[-1] for path in paths if path]
    named = (path[-1:] if titles.count(path[-1]) == 1 else path for path in paths if path)
    return _distinct(_clean(" > ".join(parts)) for parts in named)


def _clean(text: str) -> str:
    shown = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    shown = shown[:_LONGEST].strip()
    return f'"{shown}"' if shown.casefold() in _RESERVED else shown


def _distinct(options: Iterable[str]) -> list[str]:
    """Filled options, each one once."""
    return list({option.casefold(): option for option in options if option}.values())


def _add(titles: Sequence[str]) -> dict[str, Any]:
    return {
        "name": say("Add a paper"),
        "description": say("Suggest a paper for this list."),
        "title": say("Add a paper"),
        "body": [
            _input("title", say("Title"), say("The paper's full title."), required=True),
            _input(
                "paper",
                say("Paper link"),
                say("arXiv, OpenReview, DOI or GitHub."),
                example="https://arxiv.org/abs/...",
                required=True,
            ),
            _input("code", say("Code link"), say("If there is code.")),
            _input("venue", say("Venue"), say("If it is accepted: where, and in which year.")),
            *_section(titles),
        ],
    }


def _section(titles: Sequence[str]) -> Iterator[dict[str, Any]]:
    """GitHub lets people choose nothing, and then says `_No response_`."""
    if titles:
        where = say("Where it would fit best; leave it empty if you are not sure.")
        yield _dropdown("section", say("Section"), where, [_Option(title) for title in titles])


def _correct() -> dict[str, Any]:
    return {
        "name": say("Correct an entry"),
        "description": say("Tell what is wrong or out of date in this list."),
        "title": say("Correct an entry"),
        "body": [
            _input("entry", say("Entry"), say("Its title, or its link."), required=True),
            _dropdown(
                "wrong",
                say("What is wrong"),
                say("One thing or several."),
                _WRONG,
                multiple=True,
                required=True,
            ),
            {
                "type": "textarea",
                "id": "right",
                "attributes": {
                    "label": say("What is right"),
                    "description": say("For a section: which one it belongs to."),
                },
                "validations": {"required": True},
            },
        ],
    }


def _input(
    name: str, label: Text, description: Text, *, example: str = "", required: bool = False
) -> dict[str, Any]:
    shown = {"label": label, "description": description}
    attributes = shown | ({"placeholder": example} if example else {})
    validations = {"required": required}
    return {"type": "input", "id": name, "attributes": attributes, "validations": validations}


def _dropdown(  # noqa: PLR0913  what a dropdown is made of
    name: str,
    label: Text,
    description: Text,
    options: Sequence[str],
    *,
    multiple: bool = False,
    required: bool = False,
) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": label, "description": description}
    attributes |= {"multiple": True} if multiple else {}
    attributes["options"] = list(options)
    validations = {"required": required}
    return {"type": "dropdown", "id": name, "attributes": attributes, "validations": validations}


class _Option(str):
    """Text of the list's; in quotes, as readers differ on what `1,000` and `:robot:` are."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    """Writes YAML with options in quotes."""


def _quoted(dumper: yaml.SafeDumper, option: _Option) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", option, style="'")


_Dumper.add_representer(_Option, _quoted)


def _yaml(form: Any) -> str:
    made = yaml.dump(form, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000)
    return str(made)
