"""The seed against its answer key: every defect of it was found by reading row by row."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.real_lists import SEED, acceptance, lint, loud, read

if TYPE_CHECKING:
    from rules import Diagnostic

pytestmark = acceptance

# Rule -> the kinds of defects in the key that it is there for.
COVERED = {
    "arxiv-id": "malformed_arxiv_id",
    "bookmarks": "toc_missing_section anchor_case",
    "column-count": "missing_cell",
    "date-mismatch": "date_vs_arxiv_id venue_year_vs_date",
    "duplicate-paper": "duplicate_other_section",
    "link-column": """code_link_is_paper code_link_other_paper code_link_not_code swapped_links
        code_link_project_page code_link_self""",
    "link-format": "nonstandard_arxiv_host arxiv_version_suffix trailing_slash",
    "missing-code-link": "missing_code_known_elsewhere",
    "shared-link": "same_arxiv_id_two_titles",
    "title-format": """title_trailing_period title_case title_has_author_prefix
        title_stray_footnote""",
    "venue-format": """venue_long_name venue_missing_year_suffix venue_case
        venue_ordinal_wrong""",
}
NOT_COVERED = {
    "http_scheme": "stands in the introduction; rules read tables and contents",
    "mixed_abs_pdf": "off by default: fired 44 times in ten contributions, repaired in none",
    "trailing_whitespace_heading": "shows nowhere, not even in the anchor",
    "maybe_wrong_section": "a question of what the paper is about",
}
# Line of a trap -> the rule that would speak, were its reason taken for a defect.
TEMPTED = {
    30: "link-column",
    41: "missing-code-link",
    68: "title-format",
    84: "arxiv-id",
    107: "table-shape",
    109: "date-order",
    129: "link-column",
    137: "venue-format",
    138: "title-format",
    140: "link-syntax",
    142: "title-format",
    151: "link-format",
    166: "link-format",
    172: "link-format",
    173: "link-format",
    178: "link-column",
    191: "date-mismatch",
    196: "date-order",
    220: "date-mismatch",
}

RECALL = 0.95
# Of rows that share one link, which is the right one (a "group-member") the list does not tell.
ERRORS = {"error", "group-member"}
HEADINGS = ["Time", "Title", "Venue", "Paper", "Code"]
RULE_OF = {kind: rule for rule, kinds in COVERED.items() for kind in kinds.split()}


class Place(NamedTuple):
    """Where a rule is to speak; without a column, anywhere in the line."""

    rule: str
    line: int
    column: str | None


class Answer(NamedTuple):
    place: Place
    kind: str
    certain: bool
    severity: str


def answers() -> list[Answer]:
    """The defects of the key that a rule covers."""
    return [
        Answer(
            Place(RULE_OF[it["kind"]], it["line"], it["column_name"]),
            it["kind"],
            it["certain"],
            it["severity"],
        )
        for it in key("SEED.defects.json")
        if it["kind"] in RULE_OF
    ]


def grave() -> list[Answer]:
    """The certain errors and warnings of the key."""
    return [a for a in answers() if a.certain and a.severity in {*ERRORS, "warning"}]


def key(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(read(SEED / name))
    return found


def column(said: Diagnostic) -> str | None:
    """The heading of the cell that a diagnostic points at; none where it is about a whole line."""
    start = read(SEED / "SEED.md").rfind("\n", 0, said.span.start) + 1
    before, inside = (
        said.row[: said.span.start - start],
        said.row[said.span.start - start : said.span.end - start],
    )
    pipes = before.replace(r"\|", "").count("|")
    return HEADINGS[pipes - 1] if pipes and "|" not in inside else None


def fits(said: Diagnostic, place: Place) -> bool:
    """Whether a diagnostic tells of a place; an absent cell is told of its row, by name."""
    if (said.rule, said.line) != (place.rule, place.line):
        return False
    there = column(said)
    return place.column in {None, there} or (there is None and f"{place.column} " in said.message)


def told() -> list[Diagnostic]:
    return lint(SEED / "SEED.md")


def found(place: Place) -> list[Diagnostic]:
    return [said for said in told() if fits(said, place)]


def report() -> str:
    """Precision and recall of each rule, and what makes them less than 1."""
    due: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers():
        due[answer.place.rule].append(answer)
    lines = [f"{'rule':18}{'told':>5}{'in key':>7}{'precision':>10}{'certain':>9}{'recall':>7}"]
    for rule in sorted({said.rule for said in told()} | set(due)):
        said = [each for each in told() if each.rule == rule]
        right = [each for each in said if any(fits(each, a.place) for a in due[rule])]
        certain = [a for a in due[rule] if a.certain]
        hit = [a for a in certain if found(a.place)]
        precision, recall = share(len(right), len(said)), share(len(hit), len(certain))
        counts = f"{len(said):5}{len(right):7}{precision:>10}{len(certain):9}{recall:>7}"
        lines.append(f"{rule:18}{counts}")
        lines += [
            f"    not in the key: {each.line} {each.severity.value}: {each.message}"
            for each in said
            if each not in right
        ]
        lines += [f"    not found: {a.place.line} {a.kind}" for a in certain if a not in hit]
    return "\n".join(lines)


def share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


def test_each_kind_of_the_key_has_its_rule_or_the_reason_why_none() -> None:
    assert {it["kind"] for it in key("SEED.defects.json")} == {*RULE_OF, *NOT_COVERED}


def test_certain_defects_are_found_at_their_line_and_column() -> None:
    print(f"\n{report()}")  # noqa: T201  the table that -s shows
    certain = [answer for answer in answers() if answer.certain]
    hit = [answer for answer in certain if found(answer.place)]
    assert len(hit) >= RECALL * len(certain), report()


def test_no_error_and_no_warning_of_the_key_is_missed() -> None:
    assert grave()
    assert [answer for answer in grave() if not found(answer.place)] == [], report()


def test_errors_of_the_key_are_told_above_a_note() -> None:
    errors = [answer for answer in grave() if answer.severity in ERRORS]
    assert errors
    assert [answer for answer in errors if not loud(found(answer.place))] == [], report()


def test_trifles_matters_of_taste_and_all_else_are_at_most_notes() -> None:
    places = [answer.place for answer in grave()]
    wrong = [
        (said.line, said.rule, said.message)
        for said in loud(told())
        if not any(fits(said, place) for place in places)
    ]
    assert wrong == [], report()


@pytest.mark.parametrize(("line", "rule"), TEMPTED.items())
def test_a_trap_is_left_alone(line: int, rule: str) -> None:
    assert loud(found(Place(rule, line, None))) == []


def test_each_trap_of_the_key_names_the_rule_it_tempts() -> None:
    assert {trap["line"] for trap in key("SEED.traps.json")} == set(TEMPTED)
