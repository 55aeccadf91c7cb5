from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.merging import Entry, plan
from tests.lists import steady

TREES = st.dictionaries(
    st.sampled_from("abcd"),
    st.builds(Entry, st.sampled_from(["100644", "100755"]), st.just("blob"), st.sampled_from("12")),
)
ONE, TWO = (Entry("100644", "blob", sha) for sha in "12")


@steady(200)
@given(TREES, TREES, TREES)
def test_where_nothing_clashes_each_side_has_its_changes(
    base: dict[str, Entry], tip: dict[str, Entry], head: dict[str, Entry]
) -> None:
    found = plan(base, tip, head, ())
    merged = {**tip, **found.taken}
    for path in {*base, *tip, *head} - set(found.clashing):
        sides = {tip.get(path), head.get(path)} - {base.get(path)}
        assert merged.get(path) == (sides.pop() if sides else base.get(path))
        assert sides == set()
    assert plan(base, tip, base, ()) == plan(base, tip, tip, ()) == plan({}, {}, {}, ())


def test_a_text_that_both_sides_changed_is_to_be_joined_with_its_mode() -> None:
    run = [Entry("100755", "blob", sha) for sha in "123"]
    found = plan(*({"a.md": one, "b.md": one} for one in run), ("a.md",))  # type: ignore[call-arg]
    assert (found.joined, found.clashing, found.taken) == ({"a.md": "100755"}, ("b.md",), {})


def test_what_is_no_plain_file_on_all_sides_is_no_text_to_join() -> None:
    for other in (
        Entry("120000", "blob", "3"),
        Entry("160000", "commit", "3"),
        Entry("100755", "blob", "3"),
        None,
    ):
        head = {"a.md": other} if other else {}
        assert plan({"a.md": ONE}, {"a.md": TWO}, head, ("a.md",)).clashing == ("a.md",)


def test_one_change_on_both_sides_is_one() -> None:
    found = plan({"a": ONE, "b": ONE}, {"a": TWO}, {"a": TWO}, ())
    assert (found.taken, found.joined, found.clashing) == ({}, {}, ())
