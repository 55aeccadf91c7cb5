from __future__ import annotations

from rules import Severity
from tests import lists
from tests.lists import row, table
from tests.told import GOOD, added, change, lint, mended


def test_a_reference_or_an_entity_is_told_but_not_rewritten() -> None:
    text = f"{GOOD}{row(20, paper='[link][ref]')}\n\n[ref]: https://www.arxiv.org/abs/2310.90020\n"
    (said,) = change(GOOD, text)
    assert (said.rule, said.fix) == ("link-format", None)


def test_a_badge_is_no_link_of_the_row() -> None:
    badge = "[![s](http://github.com/a/b/x.svg?utm_source=x)](https://github.com/a/b)"
    assert added(row(20, code=badge)) == []


def test_every_link_of_a_cell_is_looked_at() -> None:
    both = "[a](https://www.arxiv.org/abs/2310.90020), [b](https://a.example/?utm_source=x)"
    text = f"{GOOD}{row(20, paper=both)}\n"
    said = change(GOOD, text)
    assert [d.severity for d in said] == [Severity.WARNING] * 2
    plain = "[a](https://arxiv.org/abs/2310.90020), [b](https://a.example/)"
    assert mended(text, said) == f"{GOOD}{row(20, paper=plain)}\n"


def test_a_list_that_pins_all_its_versions_may_go_on() -> None:
    lines = [row(n, paper=f"[l]({lists.paper(n)}v1)") for n in range(21)]
    assert change(table(lines[:20]), table(lines)) == []


def test_the_campaign_of_a_lists_sponsor_is_the_lists_own() -> None:
    def sponsored(number: int, campaign: str = "our-sponsors") -> str:
        counted = f"https://site{number}.example/?utm_source=list&utm_campaign={campaign}"
        return row(number, code=f"[link]({counted})")

    many = [sponsored(n) if n % 3 == 0 else row(n) for n in range(24)]
    said = change(table(many), table([*many, sponsored(24)]))
    assert [d for d in said if d.rule == "link-format"] == []
    said = change(table(many), table([*many, sponsored(24, "their-launch")]))
    assert [d.rule for d in said if d.rule == "link-format"] == ["link-format"]
    few = many[:21]
    assert len([d for d in lint(table(few)) if d.rule == "link-format"]) == 7
