"""End to end beside an independent GitHub: a request becomes a row, a correction its edit."""

from __future__ import annotations

import http.server
import re
import threading
from typing import TYPE_CHECKING, Any

import pytest

import rules
from bot.practice.arxiv import OfflineArxiv
from tests import independent, lists
from tests.requested import CODE, KNOWN, ROUTER, TITLE, listed, news, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.acceptance

REPO = "ann/list"
LINK = f"https://arxiv.org/abs/{ROUTER}"


class Library:
    """The offline arXiv on the loopback."""

    def __init__(self) -> None:
        self.site = site = OfflineArxiv(papers=dict(KNOWN))

        class Answering(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                sent = {name.lower(): value for name, value in self.headers.items()}
                status, headers, body = site.respond("GET", f"http://arxiv{self.path}", sent)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                """Nothing: the site keeps what was asked."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self._server.server_port}/api/query"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    made = Library()
    yield made
    made.close()


@pytest.fixture(scope="module")
def sim(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("server")
    with independent.world(folder, ARXIV_API_URL=library.url) as (found, _):
        rights = {"contents": "write", "issues": "write", "pull_requests": "write"}
        rights |= {"checks": "write", "metadata": "read", "merge_queues": "read"}
        found.patch("/app", permissions=rights)
        found.post("/repos", full_name=REPO, files={"README.md": listed()}, install=True)
        yield found


def ask(sim: Any, title: str, body: str) -> int:
    made = sim.post(f"/repos/{REPO}/issues", title=title, body=body, user="bob")
    return int(made["number"])


def comments(sim: Any, number: int) -> list[dict[str, Any]]:
    found = sim.get(f"/repos/{REPO}/issues")
    issue = next(each for each in found if each["number"] == number)
    return list(issue["comment_list"])


def said(sim: Any, number: int) -> str:
    """Our one comment; "" as long as there is none."""
    bodies = [c["body"] for c in comments(sim, number) if "listwright request" in c["body"]]
    assert len(bodies) <= 1
    return str(bodies[0]) if bodies else ""


def tick(sim: Any, number: int, user: str = "ann") -> None:
    [comment] = [c for c in comments(sim, number) if "- [ ]" in c["body"]]
    body = comment["body"].replace("- [ ]", "- [x]")
    change = {"body": body, "user": user}
    sim.request("PATCH", f"/repos/{REPO}/comments/{comment['id']}", change)


def pull_of(sim: Any, number: int) -> dict[str, Any]:
    told = re.search(r"#(\d+) has it ready", said(sim, number))
    assert told
    return dict(sim.get(f"/repos/{REPO}/pulls/{told[1]}"))


def proposed(sim: Any, number: int) -> str:
    """The list as the pull request for an issue has it."""
    branch = f"listwright/request-{number}"
    text = sim.get(f"/repos/{REPO}/file?path=README.md&ref={branch}")
    return bytes(text).decode()


def test_a_request_becomes_a_pull_request_that_the_rules_accept_in_silence(sim: Any) -> None:
    number = ask(sim, "New paper", f"Please add {LINK} to Agents.")
    independent.until(sim, lambda: said(sim, number))
    [row] = rows_of(said(sim, number))
    assert row == f"| 2025.07 | {TITLE} | ACL'25   | [link]({LINK}) | [link]({CODE}) |"
    tick(sim, number)
    independent.until(sim, lambda: "has it ready" in said(sim, number))
    text = proposed(sim, number)
    assert f"{row}\n" in text
    assert news(listed(), text) == []
    assert "Suggested by @bob." in str(pull_of(sim, number))
    assert sim.violations() == []


def test_a_tick_of_somebody_else_opens_nothing(sim: Any) -> None:
    number = ask(sim, "New paper", "Section: Survey\nhttps://arxiv.org/abs/2507.00002")
    independent.until(sim, lambda: said(sim, number))
    tick(sim, number, user="bob")
    independent.until(sim, lambda: "- [ ] Maintainers" in said(sim, number))
    assert "has it ready" not in said(sim, number)


@pytest.mark.parametrize(
    ("title", "body", "row"),
    [
        (
            "Wrong code link",
            f"The code of {lists.paper(10)} is wrong, it is https://github.com/right/one",
            lists.row(10, code="[link](https://github.com/right/one)"),
        ),
        (
            "Update venue",
            f"{lists.paper(7)} was accepted at ACL 2025.",
            lists.row(7, venue="ACL'25"),
        ),
        (
            "Wrong section",
            f"Please move {lists.paper(8)} to the Survey section, it is in the wrong one.",
            lists.row(8),
        ),
    ],
)
def test_a_correction_gets_its_edit(sim: Any, title: str, body: str, row: str) -> None:
    number = ask(sim, title, body)
    independent.until(sim, lambda: said(sim, number))
    assert rows_of(said(sim, number)) == [row]
    tick(sim, number)
    independent.until(sim, lambda: "has it ready" in said(sim, number))
    text = proposed(sim, number)
    assert text.count(f"{row}\n") == 1
    assert len(rules.parse(text).tables) == len(rules.parse(listed()).tables)
    assert news(listed(), text) == []
    assert sim.violations() == []


def test_while_arxiv_is_down_the_label_comes_and_one_sentence(sim: Any, library: Library) -> None:
    library.site.mood = "down"
    number = ask(sim, "New", "Section: Agents\nhttps://arxiv.org/abs/2507.00099")
    independent.until(sim, lambda: said(sim, number))
    library.site.mood = "well"
    assert said(sim, number).startswith("arXiv does not answer at the moment. I look again")
    issue = next(one for one in sim.get(f"/repos/{REPO}/issues") if one["number"] == number)
    assert "Agents" in str(issue["labels"])
