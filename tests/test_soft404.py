from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.links import soft404
from bot.links.manners import retry_after


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 - Page not found",
        "Page not found | A Site of Papers",
        "A Site: Error 404",
        "Oops! That page can’t be found.",
        "The page you requested does not exist",
        "This repository is no longer available",
        "Site – Not Found",
        "页面不存在",
    ],
)
def test_a_page_that_says_there_is_none_is_known(title: str) -> None:
    assert soft404.says_absent(title)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "404 Media",
        "Attention Not Found: When Transformers Forget",
        "Page Replacement Policies",
        "On pages that do not exist",
        "Lost and found",
        "Error Correcting Codes",
    ],
)
def test_a_paper_about_it_is_no_such_page(title: str) -> None:
    assert not soft404.says_absent(title)


@pytest.mark.parametrize(
    ("title", "wall"),
    [
        ("Just a moment...", True),
        ("Attention Required! | Cloudflare", True),
        ("Access Denied", True),
        ("Attention Is All You Need", False),
        ("Access Denied: How Models Refuse", False),
    ],
)
def test_a_wall_is_known_by_its_title(title: str, wall: bool) -> None:
    assert soft404.is_wall(soft404.Page(title), {}) is wall


@pytest.mark.parametrize(
    ("path", "login"),
    [
        ("/login", True),
        ("/users/sign_in", True),
        ("/accounts/ServiceLogin", True),
        ("/sso/saml", True),
        ("/papers/logins-considered-harmful", False),
        ("/blog/how-to-login-page", False),
    ],
)
def test_where_one_logs_in_is_known(path: str, login: bool) -> None:
    assert soft404.is_login(URL(f"https://a.org{path}")) is login


def test_a_page_is_read_in_its_own_letters() -> None:
    page = "<TITLE lang=x>\n 页面 &amp; 更多 </TITLE><h1 class='a'>\n<b>一</b> 二</h1>"
    headers = {"Content-Type": "text/html; charset=gbk"}
    assert soft404.read(page.encode("gbk"), headers) == ("页面 & 更多", "一 二")
    assert soft404.read(page.encode(), {"Content-Type": "text/html; charset=no"}).heading == "一 二"


@given(st.binary(max_size=300))
def test_any_page_is_read(page: bytes) -> None:
    soft404.read(b"<title>" + page + b"<h1>" + page + b"</h1>", {})


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("0", 0), (" 120 ", 120), ("9" * 40, 86_400), ("soon", None), ("-5", None), ("1.5", None)],
)
def test_the_seconds_of_a_retry_after_are_read(value: str, seconds: float | None) -> None:
    assert retry_after(value) == seconds


@pytest.mark.parametrize("ahead", [-3600, 0, 30, 3600])
def test_its_date_is_read_never_too_early(ahead: int) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=ahead)
    waits = retry_after(format_datetime(moment, usegmt=True))
    assert waits is not None
    assert moment.replace(microsecond=0).timestamp() <= time.time() + waits
    assert waits <= max(0, ahead) + 1
