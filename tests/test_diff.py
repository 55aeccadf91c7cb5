from __future__ import annotations

from difflib import SequenceMatcher, unified_diff

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.diff import commentable, fits, unbroken
from tests.lists import steady

PATCH = """@@ -3,2 +3,3 @@ ## Papers
 | a | b |
+| c | d |
 | e | f |
@@ -40 +41 @@
-old
+new
\\ No newline at end of file"""

# What a line may hold that looks like the diff's own signs, or that splits lines elsewhere.
lines = st.lists(
    st.one_of(
        st.sampled_from(
            ["-- a", "++ b", "@@ -1 +1 @@", "\\ No newline", "", "a\r", "x\u2028y\x0c"]
        ),
        st.text(st.characters(blacklist_characters="\n", blacklist_categories=["Cs"]), max_size=5),
    ),
    max_size=30,
)


def test_each_hunk_gives_the_lines_of_the_new_file_that_it_shows() -> None:
    assert commentable(PATCH) == (range(3, 6), range(41, 42))


def test_a_patch_that_github_left_out_takes_no_comment() -> None:
    assert commentable(None) == ()


def test_a_removed_file_takes_no_comment() -> None:
    assert commentable("@@ -1,2 +0,0 @@\n-a\n-b") == ()


def test_lines_are_parted_where_the_patch_deletes_some() -> None:
    patch = "@@ -1,7 +1,6 @@\n a\n+b\n-x\n-y\n c\n-z\n+d\n e\n-v\n f\n@@ -40 +41 @@\n-o\n+n"
    assert unbroken(patch) == (range(1, 3), range(3, 4), range(4, 6), range(6, 7), range(41, 42))
    assert unbroken(PATCH) == commentable(PATCH)
    assert (unbroken(None), unbroken("@@ -1,2 +0,0 @@\n-a\n-b")) == ((), ())


@pytest.mark.parametrize(
    ("first", "last", "fit"),
    [(3, 5, True), (4, 4, True), (2, 3, False), (5, 41, False), (41, 41, True), (42, 42, False)],
)
def test_a_comment_fits_when_one_hunk_holds_all_its_lines(first: int, last: int, fit: bool) -> None:
    assert fits(commentable(PATCH), first, last) is fit


@given(lines, lines)
@steady(100)
@example(["a"], ["a", "@@ -9,9 +9,9 @@"])
def test_every_added_line_is_commentable_and_every_hunk_lies_in_the_new_file(
    old: list[str], new: list[str]
) -> None:
    hunks = commentable("\n".join(list(unified_diff(old, new, lineterm=""))[2:]))
    covered = [number for hunk in hunks for number in hunk]
    kept = [line for number, line in enumerate(new, 1) if number not in covered]
    assert covered == sorted(set(covered))
    assert set(covered) <= set(range(1, len(new) + 1))
    # What no hunk shows is unchanged, so it stands in the old file in the same order.
    rest = iter(old)
    assert all(line in rest for line in kept)


@given(lines, lines)
@example(["a", "b", "c"], ["a", "c"])
def test_no_line_is_deleted_within_the_parts_that_take_suggestions(
    old: list[str], new: list[str]
) -> None:
    patch = "\n".join(list(unified_diff(old, new, lineterm=""))[2:])
    parts = unbroken(patch)
    shown = [number for hunk in commentable(patch) for number in hunk]
    assert [number for part in parts for number in part] == shown
    matcher = SequenceMatcher(None, old, new)
    for kind, _, _, first, last in matcher.get_opcodes():
        if kind == "delete":
            assert not any(first in part and first + 1 in part for part in parts)
        if kind == "replace":  # the new lines stand after the deleted ones
            assert not any(first in part and first + 1 in part for part in parts)
            assert last == first or any(first + 1 in part and last in part for part in parts)
