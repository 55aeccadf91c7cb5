"""Venues, values, cells and titles: what is said beyond the examples on the pages."""

from __future__ import annotations

import pytest

import rules
from rules import Config, Constraint, Diagnostic
from tests import lists
from tests.lists import month, row, rows, table
from tests.told import change, mended

MINE = frozenset(
    """alphabet-order column-values date-format date-mismatch empty-cell title-format
    venue-format""".split()
)
GOOD = lists.good(20)


def said(text: str, config: Config | None = None) -> list[Diagnostic]:
    """What the rules of this file say of a whole list."""
    return [d for d in rules.lint(rules.parse(text), config) if d.rule in MINE]


def added(*lines: str, before: str = GOOD) -> list[Diagnostic]:
    """What they say of rows added at a list's end."""
    after = before + "".join(f"{line}\n" for line in lines)
    return [d for d in change(before, after) if d.rule in MINE]


def words(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(d.rule, d.severity.value) for d in found]


# --- venue-format


@pytest.mark.parametrize(
    ("written", "better"),
    [("ICML 2023", "ICML'23"), ("ICML2023", "ICML'23"), ("ICML '23", "ICML'23"),
     ("ICML’23", "ICML'23"), ("ICML (2023)", "ICML'23"), ("ICML:2023", "ICML'23"),
     ("ACL Findings 2023", "ACL Findings'23")],
)  # fmt: skip
def test_a_year_is_written_as_the_list_writes_it(written: str, better: str) -> None:
    found = added(row(20, venue=written))
    assert words(found) == [("venue-format", "warning")]
    whole = GOOD + row(20, venue=written) + "\n"
    assert mended(whole, found) == whole.replace(written, better)


def test_short_years_become_long_ones_and_emphasis_stays() -> None:
    spaced = table(row(n, venue=f"ICML {month(n)[:4]}") for n in range(20))
    new = row(20, venue="*ICLR'23*")
    found = added(new, before=spaced)
    assert "| *ICLR 2023* |" in mended(f"{spaced}{new}\n", found)


def test_a_year_glued_to_capitals_is_one() -> None:
    venues = table(row(n, venue=f"ICML'{month(n)[2:4]}") for n in range(24))
    for venue, expected in (("LLM@SIGIR24", []), ("Workshop on Pebbles", ["venue-format"])):
        found = added(row(24, venue=venue), before=venues)
        assert [d.rule for d in found if "have a year" in d.message] == expected


def test_it_is_a_note_where_other_venues_differ_too() -> None:
    lines = [row(n, venue="Nature") if n in (3, 9) else row(n) for n in range(40)]
    assert words(said(table(lines))) == [("venue-format", "note")] * 2


@pytest.mark.parametrize(
    ("common", "written"),
    [("ICCV", "ECCV"), ("ACL", "EACL"), ("ACL", "TACL"), ("KDD", "TKDD"), ("CoRL", "CoRLW"),
     ("ICML", "ICLM"), ("arXiv", "bioRxiv"), ("TPAMI", "T-PAMI"), ("ICASSP", "ICASSQ"),
     ("Nature Methods", "Nature Method"), ("ICLR", "ICLR Workshop")],
)  # fmt: skip
def test_a_name_near_another_may_be_its_own(common: str, written: str) -> None:
    venues = table(row(n, venue=f"{common}'25") for n in range(24))
    assert added(row(24, venue=f"{written}'25", paper="-", code="-"), before=venues)[1:] == []
    slips = added(row(24, venue=f"{written}'25"), before=venues)
    assert [d for d in slips if "slip" in d.message] == []


@pytest.mark.parametrize(
    ("common", "written"),
    [("arXiv", "arvix"), ("arXiv", "Avrxi"), ("NeurIPS", "NuerIPS"), ("NeurIPS", "NeurlPS"),
     ("Interspeech", "Interspeach"), ("EMNLP Findings", "EMNLP Findigns")],
)  # fmt: skip
def test_a_slip_is_told_and_never_mended(common: str, written: str) -> None:
    venues = table(row(n, venue=f"{common}'25", paper="[l](https://a.example)") for n in range(24))
    new = row(
        24, title="A new row about nothing", venue=f"{written}'25", paper="[l](https://b.example)"
    )
    found = [d for d in change(venues, f"{venues}{new}\n") if d.rule == "venue-format"]
    assert words(found) == [("venue-format", "warning")]
    assert f"`{common}`" in found[0].message
    assert found[0].fix is None


def test_a_table_that_writes_its_venues_in_its_own_way_is_left_alone() -> None:
    own = table(row(n, venue=f"ICML {month(n)[:4]}") for n in range(30, 35))
    text = f"## A\n\n{lists.good(60)}\n## B\n\n"
    assert [d for d in change(text, text + own) if d.rule == "venue-format"] == []


def test_a_venue_that_was_cut_off_is_not_judged() -> None:
    assert added("| 2023.10 | Half a row | International Journal of") == []


# --- column-values

KINDS = "| Name | Licence | Rating |\n| --- | --- | --- |\n"


def licensed(*extra: str) -> str:
    values = ["MIT", "Apache-2.0", "`closed`"]
    lines = [f"| Tool {n} of many | {values[n % 3]} | {'*' * (n % 3 + 1)} |" for n in range(45)]
    return KINDS + "".join(f"{line}\n" for line in (*lines, *extra))


@pytest.mark.parametrize(
    ("written", "meant"),
    [("mit", "MIT"), ("closed", "`closed`"), ("`MIT`", "MIT"), ("`colsed`", "`closed`"),
     ("Apache-2.0\u200b", "Apache-2.0"), ("Apahce-2.0", "Apache-2.0")],
)  # fmt: skip
def test_a_value_written_otherwise_is_mended(written: str, meant: str) -> None:
    text = licensed(f"| Odd tool | {written} | * |")
    found = said(text)
    assert words(found) == [("column-values", "warning")]
    assert mended(text, found) == licensed(f"| Odd tool | {meant} | * |")


@pytest.mark.parametrize(
    "written", ["BSD", "Apache-1.0", "MITX", "**MIT**", "MIT / BSD", "`closer`s", "", "?"]
)
def test_a_rare_value_is_left_alone(written: str) -> None:
    assert said(licensed(f"| Odd tool | {written} | **** |")) == []


def test_two_spellings_in_use_are_left_alone() -> None:
    lines = [f"| Tool {n} | {'Yes' if n % 4 else 'yes'} |" for n in range(40)]
    assert said("| Name | Free |\n| --- | --- |\n" + "\n".join(lines) + "\n") == []


def allow(**constraint: object) -> Config:
    return Config(columns={"Licence": Constraint(**constraint)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("config", "written", "better"),
    [
        (allow(one_of=("MIT", "Apache-2.0", "closed")), "mit", "MIT"),
        (allow(final_period=True), "MIT", None),
        (allow(final_period=False), "MIT.", "MIT"),
    ],
)
def test_what_the_configuration_asks_for_is_mended(
    config: Config, written: str, better: str | None
) -> None:
    text = licensed(f"| Odd tool | {written} | * |")
    found = [d for d in said(text, config) if d.line == 48]
    assert words(found) == [("column-values", "warning")]
    expected = f"| Odd tool | {better or written + '.'} | * |\n"
    assert mended(text, found).endswith(expected)


def test_what_the_configuration_forbids_is_told_with_what_it_allows() -> None:
    odd = licensed("| Odd tool | GPL | * |")
    (found,) = [d for d in said(odd, allow(one_of=("MIT", "Apache-2.0", "closed"))) if d.line > 40]
    assert found.message == (
        "`GPL` is none of the values allowed here: `MIT`, `Apache-2.0`, `closed`."
    )
    (found,) = said(licensed("| Odd tool | A long licence | * |"), allow(max_length=12))
    assert "14 characters where 12 are allowed" in found.message
    (found,) = said(licensed("| Odd tool | 17 | * |"), allow(pattern="[A-Za-z].*"))
    assert found.message == "`17` does not match `[A-Za-z].*`."


def test_code_ticks_do_not_matter_to_a_value_that_is_allowed_without_them() -> None:
    assert said(licensed(), allow(one_of=("MIT", "Apache-2.0", "closed"))) == []


# --- empty-cell


def test_a_first_mark_in_the_paper_column_is_told_and_a_second_says_what_it_means() -> None:
    bare = row(20, paper="-")
    assert words(added(bare)) == [("empty-cell", "warning")]
    used = table([*rows(range(60)), row(60, paper="-")])
    assert added(row(61, paper="-"), before=used) == []
    assert words(added(row(61, paper=""), before=used)) == [("empty-cell", "warning")]


def test_a_column_that_is_often_empty_may_be_empty() -> None:
    lines = [row(n, paper="") if n % 10 == 0 else row(n) for n in range(40)]
    assert said(table(lines)) == []


def test_a_row_that_lost_a_cell_is_not_told_of_the_wrong_one() -> None:
    assert added(row(20).replace(" arXiv'23 |", "")) == []
    assert added(row(20).replace("| arXiv", "| | arXiv")) == []


# --- title-format

BOLD = table(row(n, title=f"**{lists.title(n)}**") for n in range(20))
LINKED = table(row(n, title=f"[{lists.title(n)}](https://a.example/{n})") for n in range(20))


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("**Half of it", "**Half of it**"),
        ("Half of it**", "**Half of it**"),
        ("None of it", "**None of it**"),
        ("** Blanks inside**", "**Blanks inside**"),
    ],
)
def test_a_title_is_set_as_the_others_are(written: str, better: str) -> None:
    found = added(row(20, title=written), before=BOLD)
    assert words(found) == [("title-format", "warning")]
    whole = BOLD + row(20, title=written) + "\n"
    assert mended(whole, found) == whole.replace(written, better)


@pytest.mark.parametrize("before", ["", "![stars](https://img.example/a.svg) <br> "])
def test_bold_that_one_asterisk_closes_is_mended_beside_a_badge_too(before: str) -> None:
    written = f"{before}[**Half of it*](https://a.example/half)"
    found = added(row(20, title=written), before=BOLD)
    whole = BOLD + row(20, title=written) + "\n"
    assert mended(whole, found) == whole.replace("it*]", "it**]")


@pytest.mark.parametrize(
    "written",
    [r"**A\*-Star of it**", "**Snakes 2\\*\\*3**", "`**kwargs` in code", "$a**b$ in a formula",
     "**(A)I and I**", "**Plans by A***", "**Bold** and starred*",
     "1) First", "Smile :)", "Weep :(", "雨（全角)", "From [0, 1) to (0, 1]",
     "By Someone et al.", "To be continued...", "Made in the U.S.", "**Two** of **them**"],
)  # fmt: skip
def test_signs_that_belong_to_a_title_are_left_alone(written: str) -> None:
    assert added(row(20, title=written)) == []


@pytest.mark.parametrize("written", ["Brackets (open", "Brackets open)", "[Brackets (both)"])
def test_a_bracket_without_a_partner_is_told_and_left_to_people(written: str) -> None:
    (found,) = added(row(20, title=written))
    assert (found.rule, found.severity.value, found.fix) == ("title-format", "warning", None)


def test_a_bold_title_among_plain_ones_is_meant_to_stand_out() -> None:
    assert added(row(20, title="**The one that matters**")) == []


@pytest.mark.parametrize(
    ("before", "written", "better"),
    [
        (GOOD, "It ends.", "It ends"),
        (BOLD, "**It ends.**", "**It ends**"),
        (LINKED, "[It ends.](https://a.example/z)", "[It ends](https://a.example/z)"),
    ],
)
def test_a_full_stop_at_the_end_is_a_note(before: str, written: str, better: str) -> None:
    found = added(row(20, title=written), before=before)
    assert words(found) == [("title-format", "note")]
    whole = before + row(20, title=written) + "\n"
    assert mended(whole, found) == whole.replace(written, better)


# --- all of them


def test_a_good_list_stays_silent_and_fixing_twice_is_fixing_once() -> None:
    odd = [
        row(40, time="2022-02"), row(41, venue="ICML 2022"), row(42, title="Ends."),
        row(43, title="**Half"), row(44, time="2021.1"),
    ]  # fmt: skip
    text = table([*rows(range(40)), *odd])
    once = rules.fix(text)
    assert once != text
    assert rules.fix(once) == once
    assert said(lists.good(60)) == []
