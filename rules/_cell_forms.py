"""How cells are written: as forms, source with holes that the facts of another paper can fill."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rules import _date_forms
from rules._dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

# A constant of a column stands in so many of its cells, at least and of all.
_TWICE, _QUARTER, _MOST = 2, 0.25, 0.9
_HALF = 0.5
# What sets a text off from what stands before it, and closes it.
_AROUND_START = re.compile(r"(?:\s|<br\s*/?>|[*_`(\[,;:·-])*$", re.IGNORECASE)
_AROUND_END = re.compile(r"^[*_`)\]]*")
_ARXIV = re.compile(
    r"https?://(?:www\.)?arxiv\.org/(?P<form>abs|pdf)/(?P<id>[^?#]+?)(?:v\d+)?(?P<end>\.pdf)?/?"
)
_OPENREVIEW = re.compile(r"https?://openreview\.net/(?P<form>forum|pdf)\?id=(?P<id>[\w-]+)")


class Hole(NamedTuple):
    """A fact's place and its form; under the name `?` what only this one row tells."""

    name: str
    form: str = ""


ET_AL = "et al."
# Known of papers on a site whose links have forms: lists often link others in another way.
PREPRINT = "preprint"
_SEVERAL = 3
UNKNOWN, LABEL, OWN, OWN_URL = "?", "label", "own", "own url"
Form = tuple[str | Hole, ...]


@dataclass(frozen=True)
class Facts:
    """What is known of a paper, as Markdown, by the name of its hole; `zeros`: in dates."""

    values: Mapping[str, str] = field(default_factory=dict)
    zeros: bool = True

    def told(self, hole: Hole) -> str:
        """What to write into a hole; empty where that is not known."""
        value = self.values.get(hole.name, "")
        if hole.name == "date" and value:
            date = parse_date(value)
            return (date and _date_forms.like(date, hole.form, zeros=self.zeros)) or ""
        if hole.name == "authors" and hole.form == ET_AL:
            return f"{value.partition(', ')[0]} {ET_AL}" if value else ""
        return _links_like(value, hole.form) if hole.name == "link" else value


class Sample(NamedTuple):
    """One cell's form, and the names of all that its row tells."""

    form: Form
    known: frozenset[str]


def names(form: Form) -> set[str]:
    return {piece.name for piece in form if isinstance(piece, Hole)}


def fill(form: Form, facts: Facts) -> str:
    return "".join(facts.told(piece) if isinstance(piece, Hole) else piece for piece in form)


def fits(form: Form, facts: Facts) -> bool:
    return all(facts.told(piece) for piece in form if isinstance(piece, Hole))


def with_constants(forms: Sequence[Form]) -> list[Form]:
    """The forms of a column, with what many of its cells say as a part of the form.

    A label or picture that stands there twice is the column's, other text only where nearly all
    cells have it that tell the same; and a text that is all of a cell is no constant at all.
    """
    alike = [frozenset(names(form) - {UNKNOWN, LABEL}) for form in forms]
    total = Counter(alike)
    said = Counter(
        (piece, facts)
        for form, facts in zip(forms, alike, strict=True)
        for piece in set(form)
        if isinstance(piece, Hole) and piece.name in (UNKNOWN, LABEL)
    )
    everywhere = Counter[Hole]()
    for (piece, _), uses in said.items():
        everywhere[piece] += uses
    often = {piece.form for piece, n in everywhere.items() if n >= _least(piece, len(forms))}
    return [
        _joined(
            form,
            often
            | {
                p.form
                for p in form
                if isinstance(p, Hole) and said[p, f] >= max(_TWICE, _MOST * total[f])
            },
        )
        for form, f in zip(forms, alike, strict=True)
    ]


def _least(piece: Hole, total: int) -> float:
    """How often a label or address must stand in a column to be its own."""
    if piece.name == LABEL:
        return _TWICE
    return max(_TWICE, _QUARTER * total) if "://" in piece.form else total + 1


def _joined(form: Form, constant: Container[str]) -> Form:
    """A form with these constants; one text or address besides is the column's own."""
    holes = [piece for piece in form if isinstance(piece, Hole)]
    unknown = [it for it in holes if it.name != LABEL or it.form not in constant]
    if len(unknown) == 1 and unknown[0].name == UNKNOWN:
        own = Hole(OWN_URL if "://" in unknown[0].form else OWN)
        return tuple(_merged(_settled(it, constant, own) for it in form))
    return tuple(_merged(_settled(it, constant, None) for it in form))


def _settled(piece: str | Hole, constant: Container[str], own: Hole | None) -> str | Hole:
    if isinstance(piece, str) or piece.name not in (UNKNOWN, LABEL):
        return piece
    if piece.name == UNKNOWN and own:
        return own
    return piece.form if piece.form in constant else Hole(UNKNOWN)


def _merged(found: Iterable[str | Hole]) -> Iterator[str | Hole]:
    """Pieces without two texts side by side, so that one form is one value."""
    for is_text, group in groupby(found, lambda piece: isinstance(piece, str)):
        if is_text:
            yield "".join(piece for piece in group if isinstance(piece, str))
        else:
            yield from group


def choose(samples: Sequence[Sample], facts: Facts) -> Form | None:
    """The form that most rows have which tell as much; None where no form can be filled."""
    ever = set().union(*(names(sample.form) for sample in samples)) - {UNKNOWN}
    ever |= {PREPRINT} if "link" in ever else set()
    wanted = {name for name in ever if facts.values.get(name)}
    for compared in (ever, ever - {"name", PREPRINT}):
        alike = [sample for sample in samples if sample.known & compared == wanted & compared]
        if sum(fits(sample.form, facts) for sample in alike) >= _SEVERAL:
            return _most_used(alike, facts, _by_use)
    alike = [sample for sample in samples if sample.known & ever == wanted]
    return _most_used(alike, facts, _by_use) or _most_used(samples, facts, _by_facts(wanted))


def choose_without(samples: Sequence[Sample], facts: Facts, optional: set[str]) -> Form | None:
    """The usual form of richer rows, without what is not known and need not be there."""
    lesser = Counter(
        without_unknown(sample.form, facts)
        for sample in samples
        if _lacks(sample.form, facts) <= optional
    )
    return max(lesser, key=lambda form: (len(names(form)), lesser[form]), default=None)


def _lacks(form: Form, facts: Facts) -> set[str]:
    return {piece.name for piece in form if isinstance(piece, Hole) and not facts.told(piece)}


def _most_used(
    samples: Sequence[Sample], facts: Facts, rank: Callable[[Form, int], tuple[int, int]]
) -> Form | None:
    fitting = Counter(s.form for s in samples if fits(s.form, facts))
    usual = {form: n for form, n in fitting.items() if _is_usual(form, n, len(samples))}
    return max(usual, key=lambda form: rank(form, usual[form]), default=None)


def without_unknown(form: Form, facts: Facts) -> Form:
    """A form without the holes that cannot be filled, and without what sets them off."""
    kept: list[str | Hole] = []
    gone = False
    for piece in form:
        if isinstance(piece, str):
            kept.append(_AROUND_END.sub("", piece) if gone else piece)
            gone = False
        elif facts.told(piece):
            kept.append(piece)
        else:
            if kept and isinstance(kept[-1], str):
                kept[-1] = _AROUND_START.sub("", kept[-1])
            gone = True
    return tuple(_merged(kept))


def _is_usual(form: Form, uses: int, total: int) -> bool:
    """Whether a form is no chance; a nickname need not be what a paper's title begins with."""
    return "name" not in names(form) or uses >= _HALF * total


def _by_use(_form: Form, uses: int) -> tuple[int, int]:
    return 0, uses


def _by_facts(wanted: set[str]) -> Callable[[Form, int], tuple[int, int]]:
    return lambda form, uses: (len(names(form) & wanted), uses)


def link_form(url: str) -> str:
    """Which of a paper's pages an address is: `abs`, `pdf`, `forum`; empty for other sites."""
    match = _ARXIV.fullmatch(url) or _OPENREVIEW.fullmatch(url)
    return match["form"] + (match.groupdict().get("end") or "") if match else ""


def _links_like(url: str, form: str) -> str:
    """The address of the same page in another form, on a site that has both."""
    match = _ARXIV.fullmatch(url)
    if match and form.startswith(("abs", "pdf")):
        page = form if form.startswith("pdf") else "abs"
        page, _, end = page.partition(".")
        return f"https://arxiv.org/{page}/{match['id']}" + (end and f".{end}")
    match = _OPENREVIEW.fullmatch(url)
    if match and form in ("forum", "pdf"):
        return f"https://openreview.net/{form}?id={match['id']}"
    return url


def pieces(raw: str, holes: Iterable[tuple[int, int, Hole]]) -> Iterator[str | Hole]:
    """A source with holes in place of its stretches."""
    at = 0
    for start, end, hole in holes:
        yield raw[at:start]
        yield hole
        at = end
    yield raw[at:]
