from __future__ import annotations

import rules
from bot import config
from bot.reference import reference

TOP = tuple(
    "files fail_on max_comments fix pushes bots labels requests contributors links language"
    " extends rules paths columns".split()
)
LABELS = "issues pulls prefix map triage added edited removed needs_fix ready".split()
LINKS = "pulls schedule weekday hour confirm_after fix".split()


def rows() -> list[list[str]]:
    lines = [line for line in reference().splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def test_the_reference_holds_every_key_with_its_default() -> None:
    told = reference()
    names = tuple(row[0].strip("`") for row in rows())
    assert names[: len(TOP)] == TOP
    columns = ("rules", "one_of", "max_length", "pattern", "final_period")
    under = (*LABELS, *LINKS, *columns)
    assert names[len(TOP) : len(TOP) + len(under)] == under
    assert "| `max_comments` | `10` | " in told
    assert "| `pdf` | `'off'` | An arXiv link to the PDF" in told
    assert "| `pattern` |  | A regular expression" in told
    for rule in rules.all_rules():
        assert f"\n### {rule.name}\n\n{rule.summary} Severity by itself: `{rule.severity}`." in told
    assert all(len(row) == 3 and row[2] for row in rows())


def test_every_default_of_the_reference_can_be_written_into_the_file() -> None:
    plain = "".join(
        f"{key.strip('`')}: {value.strip('`')}\n" for key, value, _ in rows()[: len(TOP)]
    )
    assert config.load(plain) == config.Configuration()
    for section in ("labels", "links"):
        part = reference().split(f"Under `{section}`:")[1].split("Under")[0]
        cells = [line.split("|") for line in part.splitlines() if line.startswith("| `")]
        given = "".join(f"  {c[1].strip(' `')}: {c[2].strip(' `')}\n" for c in cells)
        assert config.load(f"{section}:\n{given}") == config.Configuration()
    for rule in (rule for rule in rules.all_rules() if rule.options):
        part = reference().split(f"### {rule.name}\n")[1].split("###")[0]
        cells = [line.split("|") for line in part.splitlines() if line.startswith("| `")]
        given = "".join(f"    {c[1].strip(' `')}: {c[2].strip(' `')}\n" for c in cells)
        read = config.load(f"rules:\n  {rule.name}:\n{given}").for_path("README.md")
        assert rule.options is not None
        assert read.options[rule.name] == rule.options()
