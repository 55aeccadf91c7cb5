from __future__ import annotations

from bot import check, judge
from bot.config import Configuration, Problem
from bot.inherit import Inherited
from bot.posts import Annotation
from bot.review import File
from tests import lists
from tests.changed import (
    GOOD,
    checked,
    empty,
    file,
    planned,
    rows_of,
)

PLAIN = Inherited(Configuration(), ())
HEAD = "# A list\n\n## Agents & more\n\n"


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
    broken = File(judge.Judgement("a_b.md", problem="The file is not UTF-8 text."), "", (), ())
    made = checked(broken, file(GOOD, GOOD))
    assert (made.conclusion, made.title) == ("neutral", "a_b.md could not be judged")
    assert "a\\_b\\.md: The file is not UTF-8 text." in made.summary
    both = checked(broken, file(GOOD, empty(7)))
    assert both.title == "1 row could use a touch"
    assert "UTF-8" in both.summary


def test_judging_that_was_stopped_is_neutral_and_named() -> None:
    made = check.too_slow("huge_list.md")
    assert (made.conclusion, made.title) == ("neutral", "Judging took too long")
    assert made.summary.startswith("Reading huge\\_list\\.md took longer than allowed")
