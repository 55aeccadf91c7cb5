"""New people in a list's section of contributors: each form that lists have, and none to break."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contributors.section import Person, add, person

HEAD = "# A list\n\n## Contributors\n\n"
TAIL = "\n## Licence\n\nMIT, [here](https://github.com/zoe).\n"
EVE, DAN = Person("Eve-1", 501), Person("dan", 502)
AVATARS = "https://avatars.githubusercontent.com/u"
CELL = (
    '<td align="center"><a href="https://{login}.example"><img src="{avatars}/{id}?v=4?s=100" '
    'alt="{name}"/><br /><sub><b>{name}</b></sub></a>'
)
WORK = '<br /><a href="https://github.com/o/r/commits?author={login}" title="Code">x</a></td>\n'


def new(text: str, *people: Person) -> list[str]:
    """The lines that adding people adds or changes."""
    made = add(people or (EVE,), text)
    assert made
    before = text.splitlines()
    return [line for line in made.text.splitlines() if line not in before]


def html(login: str, number: int, end: str = " \n") -> str:
    image = f'<img src="{AVATARS}/{number}?v=4" alt="{login}" width="96" height="96"/>'
    return f'<a href="https://github.com/{login}" target="_blank">{image}</a>{end}'


def cells(count: int) -> str:
    made = [
        (CELL + WORK).format(login=f"p{n}", name=f"Pat O'{n}", id=n + 1, avatars=AVATARS)
        for n in range(count)
    ]
    return "".join(f"      {cell}" for cell in made)


def rows(*counts: int) -> str:
    body = "".join(f"    <tr>\n{cells(count)}    </tr>\n" for count in counts)
    return f"{HEAD}<table>\n  <tbody>\n{body}  </tbody>\n</table>\n{TAIL}"


def test_avatars_in_html_get_one_more_and_no_other_byte_changes() -> None:
    ann = html("ann", 1).replace("?v=4", "?s=64&v=4")
    text = HEAD + ann + html("bob", 2) + "\n\n" + TAIL
    made = add((EVE, DAN), text)
    assert made
    assert made.text == (
        HEAD + ann + html("bob", 2) + html("Eve-1", 501) + html("dan", 502) + "\n\n" + TAIL
    )
    assert made.people == (EVE, DAN)


@pytest.mark.parametrize(
    ("section", "lines"),
    [
        ("- [@ann](https://github.com/ann)\n", ["- [@Eve-1](https://github.com/Eve-1)"]),
        ("* [Ann Lee](https://github.com/ann/)\n", ["* [Eve-1](https://github.com/Eve-1/)"]),
        ("- @ann, who began it\n- @bob\n", ["- @Eve-1"]),
        ("- @ann\n- @bob - words\n", ["- @Eve-1"]),
        ("1. [A](https://github.com/ann)\n2. @bob\n", ["3. @Eve-1"]),
        ("@ann, @bob and @cyd.\n", ["@ann, @bob, @cyd and @Eve-1."]),
        ("Thanks to @ann and @bob!\n", ["Thanks to @ann, @bob and @Eve-1!"]),
        (
            "[![ann](https://github.com/ann.png?size=50)](https://github.com/ann)\n",
            ["[![Eve-1](https://github.com/Eve-1.png?size=50)](https://github.com/Eve-1)"],
        ),
        (
            (
                f"[![avatar]({AVATARS}/1?v=4)](https://github.com/ann)\n"
                f"[![avatar]({AVATARS}/2?v=4)](https://github.com/bob)\n"
            ),
            [f"[![avatar]({AVATARS}/501?v=4)](https://github.com/Eve-1)"],
        ),
        (
            (
                f'<a href="https://github.com/ann">\n  <img src="{AVATARS}/1" title="Ann"/>\n'
                "  <br /><sub><b>Ann</b></sub>\n</a>\n"
            ),
            [
                '<a href="https://github.com/Eve-1">',
                f'  <img src="{AVATARS}/501" title="Eve-1"/>',
                "  <br /><sub><b>Eve-1</b></sub>",
            ],
        ),
        (
            (
                '<ul>\n  <li><a href="https://github.com/ann">ann</a></li>\n'
                '  <li><a href="https://github.com/bob">bob</a> (words)</li>\n</ul>\n'
            ),
            ['  <li><a href="https://github.com/Eve-1">Eve-1</a></li>'],
        ),
    ],
)
def test_each_form_goes_on_as_it_is(section: str, lines: list[str]) -> None:
    assert new(HEAD + section + TAIL) == lines


@pytest.mark.parametrize(
    ("counts", "tags"),
    [((3,), []), ((7,), ["<tr>", "</tr>"]), ((3, 2), []), ((3, 3), ["<tr>", "</tr>"])],
)
def test_a_table_of_cells_gets_a_cell_and_where_the_row_is_full_a_row(
    counts: tuple[int, ...], tags: list[str]
) -> None:
    text = rows(*counts)
    made = add((EVE,), text)
    assert made
    cell = CELL.format(login="", name="Eve-1", id=501, avatars=AVATARS)
    cell = "      " + cell.replace("https://.example", "https://github.com/Eve-1") + "</td>\n"
    added = "".join(["    </tr>\n    <tr>\n" if tags else "", cell])
    assert made.text == text.replace("    </tr>\n  </tbody>", added + "    </tr>\n  </tbody>")


@pytest.mark.parametrize(
    "heading",
    [
        "## Contributors",
        "### ✨ Thanks to our contributors",
        "**Contributor**",
        "## 贡献者",
        "## 致谢",
        "Contributors\n---",
        '<h2 align="center">Our <b>Contributors</b></h2>',
    ],
)
def test_the_section_is_known_by_its_heading(heading: str) -> None:
    assert new(f"# A list\n\n{heading}\n\n- @ann\n{TAIL}") == ["- @Eve-1"]


def test_the_heading_of_contributors_goes_above_thanks_to_others() -> None:
    text = f"# A list\n\n## Acknowledgements\n\n- @zoe\n\n## Contributors\n\n- @ann\n{TAIL}"
    made = add((EVE,), text)
    assert made
    assert "- @ann\n- @Eve-1\n" in made.text


@pytest.mark.parametrize(
    "text",
    [
        "# A list\n\n- @ann\n",
        "# A list\n\n## Guide for contributors\n\n- @ann\n",
        f"{HEAD}Thanks to [all](https://github.com/o/r/graphs/contributors)!\n{TAIL}",
        f"{HEAD}- @ann\n\n![all](https://contrib.rocks/image?repo=o/r)\n{TAIL}",
        f"{HEAD}<!-- readme: contributors -start -->\n- @ann\n{TAIL}",
        f"{HEAD}Thanks to @ann, who wrote most of it.\n{TAIL}",
        f"{HEAD}| [![ann]({AVATARS}/1)](https://github.com/ann) | b |\n| --- | --- |\n{TAIL}",
        f'{HEAD}<a href="https://github.com/ann"><img src="ann.png"/></a>\n{TAIL}',
        f"{HEAD}Write to ann@example.org, see @scope/package.\n{TAIL}",
        f"{HEAD}<p>(<a href='#top'>back to top</a>)</p>\n",
    ],
)
def test_without_a_form_that_is_understood_nothing_is_added(text: str) -> None:
    assert add((EVE,), text) is None


@pytest.mark.parametrize(
    "section",
    [
        "- @eve-1\n",
        "- [Eve](https://github.com/EVE-1)\n",
        html("eve-was-renamed", 501),
        f'<a href="https://eve.example"><img src="{AVATARS}/501"/></a>\n',
        "- @ann, with [her](https://github.com/eve-1)\n",
    ],
)
def test_nobody_is_added_twice(section: str) -> None:
    text = HEAD + section + TAIL
    made = add((EVE,), text)
    assert made
    assert (made.text, made.people) == (text, ())


def test_line_ends_stay_as_they_are() -> None:
    text = f"{HEAD}- @ann\n{TAIL}".replace("\n", "\r\n")
    made = add((EVE,), text)
    assert made
    assert made.text == text.replace("- @ann\r\n", "- @ann\r\n- @Eve-1\r\n")


@pytest.mark.parametrize("login", ["a b", "<b>", "", "x" * 101, "bot[bot]", "a](b", "-a"])
def test_what_cannot_be_a_login_is_nobody(login: str) -> None:
    assert person(login, 1) is None


def test_an_account_has_a_positive_number() -> None:
    assert person("eve", 0) is None
    assert person("Eve-1", 501) == EVE


PIECES = st.sampled_from(
    [
        *("- @ann", "@bob", html("cyd", 3, ""), "[![x](", "](https://github.com/dee)", "words"),
        *("<td>", "</td>", "<tr>", "</tr>", "<a ", "<br/>", "## Contributors\n", "| ", "- "),
        *("\n", "\n\n", " ", ", ", " and "),
    ]
)


@given(st.lists(PIECES, max_size=20))
def test_whatever_stands_there_only_gains_and_only_once(pieces: list[str]) -> None:
    text = HEAD + "".join(pieces)
    made = add((EVE,), text)
    if made and made.people:
        assert "eve-1" in made.text.lower()
        assert all(word in made.text for word in ("ann", "bob", "cyd") if word in text)
        assert len(made.text) > len(text)
        again = add((EVE,), made.text)
        assert again is None or again.people == ()
