"""The comment that answers a request, as people read it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commits import Reason, Refused
from bot.intake import preview
from bot.intake.draft import Draft, Drafted, Kind
from bot.intake.preview import Place
from bot.proposal import Opened

PLACE = Place("https://github.com/ann/list", "main", "abc123")
ROW = Draft(
    Kind.ROW,
    "RouterDC: Query-Based Routing",
    "README.md",
    31,
    "Agents",
    "at the top of 2025.05",
    "| 2025.05 | RouterDC |",
)
LISTED = Draft(Kind.LISTED, "HRPO: Hybrid Reasoning", "papers/a b.md", 165, "Latent")


def test_one_row_is_shown_with_its_place_and_a_box_for_maintainers() -> None:
    assert preview.compose(Drafted((ROW,)), PLACE) == (
        "Thanks! I would put it here, at the top of 2025.05 in **Agents**:\n\n"
        "```\n| 2025.05 | RouterDC |\n```\n\n"
        "A preview; the maintainers decide.\n\n"
        "- [ ] Maintainers: open a pull request with this row\n\n"
        "<!-- listwright request -->"
    )


@pytest.mark.parametrize(
    ("missing", "asked"),
    [
        (("code",), "Is there code? Reply with the link."),
        (("venue", "code"), "Where was it published? Reply with the venue. Is there code?"),
        (("Model", "Task"), "Reply with what belongs under Model and Task."),
    ],
)
def test_what_is_unknown_is_asked_for_by_name(missing: tuple[str, ...], asked: str) -> None:
    draft = Draft(Kind.ROW, "X", "README.md", 3, "Agents", "at the end", "| X |", missing=missing)
    assert asked in preview.compose(Drafted((draft,)), PLACE)


def test_a_listed_paper_is_answered_with_where_it_stands() -> None:
    told = preview.compose(Drafted((LISTED,)), PLACE)
    assert (
        "HRPO is listed at "
        "[line 165](https://github.com/ann/list/blob/abc123/papers/a%20b.md?plain=1#L165), "
        "in **Latent**." in told
    )
    assert "- [ ]" not in told


def test_what_is_wrong_without_what_is_right_is_asked_for() -> None:
    draft = Draft(Kind.VAGUE, "HRPO", "README.md", 165, "Latent", wrong=("authors", "code"))
    told = preview.compose(Drafted((draft,)), PLACE)
    assert "You report the authors and the code link. Reply with what would be right" in told


def test_a_correction_shows_the_row_as_it_becomes() -> None:
    draft = Draft(
        Kind.CORRECTION, "HRPO", "README.md", 165, "Latent", row="| new |", before="| old |"
    )
    told = preview.compose(Drafted((draft,)), PLACE)
    assert "With what you say it becomes:\n\n```\n| new |\n```" in told
    assert "open a pull request with this edit" in told


def test_a_paper_without_a_sure_section_is_asked_about() -> None:
    draft = Draft(Kind.UNPLACED, "Foo: A Bar")
    told = preview.compose(Drafted((draft,), sections=("Agents", "Survey")), PLACE)
    assert "Which section is right for Foo?" in told
    assert "Sections here: Agents · Survey." in told


def test_the_box_gives_way_to_the_pull_request() -> None:
    told = preview.opened(Drafted((ROW,)), PLACE, Opened(12, "", new=True))
    assert "#12 has it ready for the maintainers." in told
    assert "- [ ]" not in told
    assert preview.pull_of(told) == 12


def test_where_nothing_may_be_committed_the_edit_page_is_linked() -> None:
    told = preview.refused(Drafted((ROW,)), PLACE, Refused(Reason.UNGRANTED))
    assert "[edit README\\.md](https://github.com/ann/list/edit/main/README.md)" in told
    assert "*contents: write* was not granted" in told


@pytest.mark.parametrize(("mark", "ticked"), [("[ ]", False), ("[x]", True), ("[X]", True)])
def test_a_tick_is_seen(mark: str, ticked: bool) -> None:
    body = preview.compose(Drafted((ROW,)), PLACE).replace("[ ]", mark)
    assert preview.is_preview(body)
    assert preview.is_ticked(body) is ticked


@given(
    name=st.text(max_size=300), row=st.text(st.characters(exclude_characters="\n"), max_size=300)
)
def test_what_others_wrote_stays_within_its_place(name: str, row: str) -> None:
    drafts = (
        Draft(Kind.ROW, name, "README.md", 3, name, "at the end", row),
        Draft(Kind.LISTED, name, name, 3, name),
        Draft(Kind.UNPLACED, name),
        Draft(Kind.UNTITLED, name),
    )
    told = str(preview.compose(Drafted(drafts, sections=(name,)), PLACE))
    outside = told.replace(f"\n{row}\n", "\n\n", 1)
    assert outside.splitlines()[-1] == "<!-- listwright request -->"
    assert outside.count("<!--") - name.count("<!--") <= 1
    assert preview.is_ticked(outside) is False


def test_a_request_for_more_than_a_comment_holds_is_cut_whole() -> None:
    many = [Draft(Kind.LISTED, f"Paper {n} " + "x" * 50, "a" * 900, n, "S") for n in range(90)]
    told = preview.compose(Drafted(tuple(many)), PLACE)
    assert len(told.encode()) < 65_536
    assert "more." in told
    assert preview.is_preview(told)
