from __future__ import annotations

import re

import pytest

from bot import check, cut, judge
from bot.comment_life import Said
from bot.config import Configuration, Problem
from bot.inherit import Inherited
from bot.posts import Annotation, CheckRun, ReviewComment
from bot.review import File, Plan, Voice, plan
from tests import lists
from tests.alive import HOSTILE, alive
from tests.changed import WHY, file

COUNT = 60
GOOD = lists.good(COUNT)
PLAIN = Inherited(Configuration(), ())
HEAD = "# A list\n\n## Agents & more\n\n"


def changed(**numbers: str) -> str:
    rows = lists.rows(range(COUNT))
    for name, row in numbers.items():
        rows[int(name[1:])] = row
    return lists.table(rows)


def empty(*numbers: int) -> str:
    return changed(**{f"r{n}": lists.row(n, code="") for n in numbers})


def planned(*files: File, config: Configuration | None = None, said: tuple[str, ...] = ()) -> Plan:
    return plan(files, Said.of(said), config or Configuration(), Voice(WHY.format))


def told(*files: File, config: Configuration | None = None) -> CheckRun:
    config = config or Configuration()
    return check.report(planned(*files, config=config), Inherited(config, ()))


def rows_of(made: CheckRun) -> list[list[str]]:
    """The cells of the table's rows."""
    lines = [line for line in made.summary.splitlines() if line.startswith("| ")]
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines
        if not line.startswith("| line")
    ]


# --- green


def test_a_clean_change_is_green_and_says_what_was_read() -> None:
    made = told(file(HEAD + GOOD, HEAD + changed(r7=lists.row(7, venue="ICLR'25"))))
    assert (made.name, made.conclusion) == ("listwright", "success")
    assert made.title == "1 row changed, nothing to fix"
    assert made.summary == "1 row changed in **Agents \\& more**.\n\nOlder rows: not judged here."
    assert made.annotations == []


@pytest.mark.parametrize(
    ("before", "after", "title"),
    [
        (lists.good(20), lists.good(22), "2 rows added, nothing to fix"),
        (lists.good(22), lists.good(20), "2 rows removed, nothing to fix"),
        (GOOD, GOOD + "\nWords.\n", "No row touched, nothing to fix"),
        (None, lists.good(12), "12 rows added, nothing to fix"),
    ],
)
def test_the_title_counts_rows(before: str | None, after: str, title: str) -> None:
    assert told(file(before, after)).title == title


def test_rows_are_told_by_section_over_all_files() -> None:
    one, other = "## One\n\n", "\n## Other\n\n"
    before = one + lists.good(20) + other + lists.table(lists.rows(range(20, 40)))
    after = one + lists.good(19) + other + lists.table(lists.rows(range(20, 42)))
    made = told(file(before, after), file(lists.good(20), lists.good(21), "more.md"))
    assert made.title == "3 rows added, 1 row removed, nothing to fix"
    assert made.summary.startswith(
        "2 rows added in **Other**, 1 row added, 1 row removed in **One**."
    )


def test_a_check_that_had_nothing_to_do_is_green_and_says_why() -> None:
    for title in (check.WAITING, check.NO_LIST_TOUCHED):
        assert check.quiet(title) == CheckRun("listwright", "success", title, f"{title}.")


# --- rows to speak of


def test_rows_to_mend_are_neutral_in_a_table_of_their_own() -> None:
    double = f"| {lists.month(9)} | {lists.title(8)} | arXiv'24 | [link]({lists.paper(8)}) | - |"
    made = told(file(GOOD, changed(r7=lists.row(7, code=""), r9=double)))
    assert (made.conclusion, made.title) == ("neutral", "2 rows could use a touch")
    assert "\n\nNothing here blocks merging.\n\n| line | what | fix |\n|---|---|---|\n| 10 | " in (
        made.summary
    )
    [first, second] = rows_of(made)
    assert (first[0], first[2]) == ("10", "suggested")
    assert (second[0], second[2]) == ("12", "yours")
    assert first[1].startswith("The Code cell is empty.")
    assert made.annotations == []


def test_a_row_that_another_ones_suggestion_mends_is_suggested_too() -> None:
    rows = lists.rows(range(COUNT))
    rows.insert(4, rows.pop(9))
    rows.insert(6, rows.pop(11))
    assert [row[2] for row in rows_of(told(file(GOOD, lists.table(rows))))] == ["suggested"] * 2


def test_a_row_reads_as_one_line_whatever_rules_say_of_it() -> None:
    both = lists.row(7, code="", paper=f"[link]({lists.paper(7)}?utm_source=x)")
    [row] = rows_of(told(file(GOOD, changed(r7=both))))
    assert "The Code cell is empty" in row[1]
    assert "utm_source" in row[1]


def test_of_several_files_each_line_names_its_own() -> None:
    made = told(file(GOOD, empty(7)), file(GOOD, empty(9), "papers/a_b.md"))
    assert [row[0] for row in rows_of(made)] == ["README\\.md:10", "papers\\/a\\_b\\.md:12"]


@pytest.mark.parametrize(
    ("fail_on", "text", "conclusion"),
    [
        ("never", "error", "neutral"),
        ("error", "error", "failure"),
        ("error", "warning", "neutral"),
        ("warning", "warning", "failure"),
        ("warning", "error", "failure"),
        ("warning", "note", "success"),
        ("warning", "clean", "success"),
    ],
)
def test_the_check_fails_only_when_the_configuration_says_so(
    fail_on: str, text: str, conclusion: str
) -> None:
    texts = {
        "error": changed(r7=lists.row(7).removesuffix("- |")),
        "warning": empty(7),
        "note": changed(r7=lists.row(7, paper=f"[link]({lists.paper(7)}v2)")),
        "clean": GOOD,
    }
    made = told(file(GOOD, texts[text]), config=Configuration(fail_on=fail_on))  # type: ignore[arg-type]  # one of its three words
    assert made.conclusion == conclusion
    asked = "asks to mend this before merging" in made.summary
    assert asked is (conclusion == "failure")
    assert ("Nothing here blocks" in made.summary) is (conclusion == "neutral")


def test_notes_are_one_collapsed_count() -> None:
    pinned = {f"r{n}": lists.row(n, paper=f"[link]({lists.paper(n)}v2)") for n in (7, 8)}
    made = told(file(GOOD, changed(**pinned)))
    assert (made.conclusion, made.title) == ("success", "2 rows changed, nothing to fix")
    assert "<details><summary>2 smaller things, worth knowing</summary>\n\n- README" in made.summary
    assert "\n- README\\.md:11 " in made.summary
    assert made.annotations == []
    one = told(file(GOOD, changed(r7=pinned["r7"])))
    assert "<summary>1 smaller thing, worth knowing</summary>" in one.summary


# --- what stands where


def test_only_what_is_not_commented_on_is_annotated() -> None:
    judged = file(GOOD, empty(7, 41))
    outside = File(judged.judgement, judged.text, (range(7, 14),))
    [note] = told(outside).annotations
    assert (note.path, note.start_line, note.end_line, note.level) == (
        "README.md",
        44,
        44,
        "warning",
    )
    assert note.message.startswith("The Code cell is empty.")


def test_rows_beyond_the_review_are_annotated_and_nobody_calls_them_suggested() -> None:
    numbers = lists.without_code(12)
    made = told(file(GOOD, empty(*numbers)))
    assert [note.start_line for note in made.annotations] == [n + 3 for n in numbers[5:]]
    assert [row[2] for row in rows_of(made)] == ["suggested"] * 5 + ["yours"] * 7
    assert made.title == "12 rows could use a touch"


def test_a_comment_that_github_refused_comes_back_as_an_annotation() -> None:
    made = planned(file(GOOD, empty(7, 9)))
    refused: tuple[ReviewComment, ...] = made.comments[1:]
    [note] = check.report(made, PLAIN, refused).annotations
    assert note.start_line == 12


def test_what_was_said_before_stays_in_the_table_and_is_not_annotated() -> None:
    judged = file(GOOD, empty(7))
    first = planned(judged)
    again = planned(judged, said=(first.body, *(c.body for c in first.comments)))
    made = check.report(again, PLAIN)
    assert (made.conclusion, made.title) == ("neutral", "1 row could use a touch")
    assert [row[::2] for row in rows_of(made)] == [["10", "suggested"]]
    assert made.annotations == []


# --- what could not be done


def test_a_broken_configuration_is_neutral_and_names_the_place() -> None:
    problems = (Problem(3, 5, "`miror` is no key here"), Problem(9, 1, "`x`: wrong", "a/b:c.yml"))
    made = check.report(planned(file(GOOD, GOOD)), Inherited(Configuration(), problems))
    assert (made.conclusion, made.title) == ("neutral", "The configuration needs a look")
    assert made.summary.startswith("The configuration on the base branch has 2 problems. A file")
    assert "docs/configuration.md" in made.summary
    lines = [line for line in made.summary.splitlines() if line.startswith("- ")]
    assert lines == [
        "- `.github/listwright.yml`, line 3, column 5: `miror` is no key here",
        "- `a/b:c.yml`, line 9, column 1: `x`: wrong",
    ]
    one = check.report(planned(file(GOOD, empty(7))), Inherited(Configuration(), problems[:1]))
    assert "has a problem." in one.summary
    assert len(rows_of(one)) == 1


def test_a_proposed_configuration_is_annotated_before_the_rows_and_never_fails_the_check() -> None:
    config = Configuration(fail_on="error")
    made = check.report(
        planned(file(GOOD, empty(*lists.without_code(12))), config=config),
        Inherited(config, ()),
        proposed=[Problem(3, 5, "wrong"), Problem(1, 1, "elsewhere", "a/b:c.yml")],
    )
    assert (made.conclusion, made.title) == ("neutral", "The configuration needs a look")
    assert made.annotations[0] == Annotation(
        ".github/listwright.yml", 3, 3, "warning", "Column 5: wrong"
    )
    assert {note.path for note in made.annotations[1:]} == {"README.md"}
    assert "The configuration in this pull request has 2 problems." in made.summary
    assert "- `a/b:c.yml`, line 1, column 1: elsewhere" in made.summary


def test_a_file_that_cannot_be_judged_is_neutral_and_named() -> None:
    broken = File(judge.Judgement("a_b.md", problem="The file is not UTF-8 text."), "", ())
    made = told(broken, file(GOOD, GOOD))
    assert (made.conclusion, made.title) == ("neutral", "a_b.md could not be judged")
    assert "a\\_b\\.md: The file is not UTF\\-8 text\\." in made.summary
    both = told(broken, file(GOOD, empty(7)))
    assert both.title == "1 row could use a touch"
    assert "UTF\\-8" in both.summary


def test_judging_that_was_stopped_is_neutral_and_named() -> None:
    made = check.too_slow("huge_list.md")
    assert (made.conclusion, made.title) == ("neutral", "Judging took too long")
    assert made.summary.startswith("Reading huge\\_list\\.md took longer than allowed")


# --- what others wrote


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_path_or_section_comes_alive_in_a_check_run(title: str) -> None:
    rows = {
        "r5": lists.row(5, title=title, code=""),
        "r9": lists.row(8, title=title),
        "r20": lists.row(30, title=title),
        "r21": f"| 2020.01 | {title} |",
        "r22": lists.row(22, title=title) + f" {title} |",
        "r23": lists.row(23, paper=f"[{title}](https://arxiv.org/abs/2310.90023v2)"),
    }
    head = f"## {title}\n\n"
    path = f"{title}.md".replace("/", "")
    files = (file(head + GOOD, head + changed(**rows), path), file(GOOD, empty(3)))
    broken = File(judge.Judgement(path, problem=title), "", ())
    made = told(*files, broken)
    assert len(rows_of(made)) >= 4
    assert all(len(row) == 3 for row in rows_of(made))
    for text in (made.summary, check.too_slow(path).summary):
        assert alive(text) == []
        assert "listwright: 0123" not in re.sub(r"`[^`]*`|\\.", "", text)


def test_a_table_that_github_cuts_leaves_no_code_span_open() -> None:
    title = "@team " * 9
    made = told(file(None, lists.table(lists.row(n // 2, title=title) for n in range(1000))))
    assert len(made.summary) > 70_000
    for taken in range(1, 60, 7):
        assert alive(cut.text(made.summary[taken:])) == []


def test_a_flood_of_rows_is_annotated_two_hundred_times_and_all_stands_in_the_table() -> None:
    flood = [lists.row(n, code="") for n in range(1000, 1250)]
    made = told(file(GOOD, lists.table([*lists.rows(range(COUNT)), *flood])))
    assert len(made.annotations) == 200
    assert len(rows_of(made)) == 250
