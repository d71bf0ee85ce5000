"""The frame of every page: what it is sent with, in which language, what it weighs."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.http import HttpResponse

from xianxue.web.kit.joining import joined_in

YEAR = 365 * 24 * 3600


def test_it_says_where_it_is_and_nothing_else(site):
    assert site.output == f"{site.url}\n"


def test_the_first_address_leads_to_the_door(site):
    answer = site.visitor().ask("HEAD", "/")
    assert (answer.status, answer.goes_to) == (302, f"{site.url}login")
    assert answer.body == b""


@pytest.mark.parametrize("path", ["/", "/login", "/no-such-page", "/login/in", "/static/none.js"])
def test_every_answer_carries_what_keeps_it_safe(site, path):
    headers = site.visitor().ask("HEAD", path).headers
    policy = dict(
        each.strip().partition(" ")[::2] for each in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] in {"'none'", "'self'"}
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Server" not in headers


@pytest.mark.parametrize("old", [False, True], ids=["today", "oldest"])
def test_the_door_is_for_everybody(visit, look, old):
    page = visit("/login", old=old)
    assert page.title() == "登录 - 县学"
    assert page.evaluate("document.activeElement.name") == "login"
    look(page, f"login{'-oldest' * old}")


def test_an_address_without_a_page_says_so(site, visit):
    answer = site.visitor().get("/no-such-page")
    assert answer.status == 404
    assert "没有" in answer.text
    assert "Traceback" not in answer.text
    page = visit("")
    with page.watch.expecting(404):
        page.goto("/no-such-page")


@pytest.mark.parametrize("path", ["/static/", "/static/none.js", "/static/../site.py", "/%00"])
def test_no_file_is_given_out_that_is_not_meant_to_be(site, path):
    assert site.visitor().get(path).status in {400, 404}


def test_what_is_only_for_sending_is_not_shown(site):
    assert site.visitor().get("/login/in").status == 405


def test_a_form_from_elsewhere_is_refused_in_words(site):
    visitor = site.visitor()
    answer = visitor.ask("POST", "/login/in", b"login=a&password=b")
    assert answer.status == 403
    assert "请重新打开" in answer.text


def test_the_language_is_the_browsers_until_it_is_chosen(site, visit):
    visitor = site.visitor()
    assert '<html lang="zh-CN">' in visitor.get("/login", **{"Accept-Language": "fr,zh"}).text
    assert '<html lang="en">' in visitor.get("/login", **{"Accept-Language": "en-GB,en"}).text

    page = visit("/login")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/login")
    assert page.get_by_label("Password").is_visible()
    page.get_by_role("button", name="中文").click()
    page.get_by_label("密码").wait_for()


def test_without_javascript_the_language_is_still_chosen(visit):
    page = visit("/login", javascript=False)
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_static_files_are_kept_for_a_year_and_packed(site):
    visitor = site.visitor()
    files = visitor.get("/login").files()
    assert any(each.endswith(".js") for each in files)
    for each in files:
        answer = visitor.get(each)
        assert answer.status == 200, each
        assert f"max-age={YEAR}" in answer.headers["Cache-Control"], each
        assert len(answer.body) < 1500 or answer.headers["Content-Encoding"] == "gzip", each


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/86.0.4240 Safari/537.36", "太旧"),
        ("Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", "极速模式"),
        ("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1)", "极速模式"),
        ("Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/78.0", "太旧"),
        ("Mozilla/5.0 (iPhone) AppleWebKit Version/12.1 Mobile Safari/604.1", "太旧"),
        ("Mozilla/5.0 (Linux; Android 12) Chrome/107.0 MicroMessenger/8.0.30", "在浏览器打开"),
        ("Mozilla/5.0 (Windows) Chrome/108 MicroMessenger/7.0 wxwork/4.1.0", "在浏览器打开"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/92.0.4515 Safari/537.36", ""),
        ("Mozilla/5.0 (Macintosh) Version/17.0 Safari/605.1.15", ""),
        ("curl/8.0", ""),
    ],
)
def test_n8_f10_a_browser_that_cannot_is_told_and_never_shown_a_white_page(site, agent, told):
    """The page is whole without any script; what will not work stands above it."""
    for visitor, path in ((site.visitor(), "/login"), (site.visitor("office_clerk"), "/places/")):
        text = visitor.get(path, **{"User-Agent": agent}).text
        caution = text.partition('<p class="caution')[2].partition("</p>")[0]
        assert told in caution
        assert bool(caution) == bool(told)
        assert "</main>" in text


def test_f9_a_second_click_on_an_export_joins_the_first():
    """Five at once are one piece of work; whoever comes after it is done gets a new one."""
    made, begun, go_on = [], threading.Event(), threading.Event()

    def make():
        made.append(1)
        begun.set()
        assert go_on.wait(20)
        return HttpResponse(b"file", content_type="x/y")

    with ThreadPoolExecutor(6) as pool:
        first = pool.submit(joined_in, ("somebody", "/list?as=xlsx"), make)
        assert begun.wait(20)
        others = [pool.submit(joined_in, ("somebody", "/list?as=xlsx"), make) for _ in range(4)]
        other = pool.submit(joined_in, ("somebody else", "/list?as=xlsx"), make)
        while len(made) < 2:
            time.sleep(0.01)
        go_on.set()
        answers = [one.result(20) for one in (first, *others)]
        other.result(20)
    assert len(made) == 2, "one for each person"
    assert {one.content for one in answers} == {b"file"}
    assert {one["Content-Type"] for one in answers} == {"x/y"}
    assert len({id(one) for one in answers}) == 5
    assert joined_in(("somebody", "/list?as=xlsx"), make).content == b"file"
    assert len(made) == 3


def test_f9_what_fails_fails_for_all_and_is_tried_anew():
    def broken():
        raise OSError

    with pytest.raises(OSError, match=r"^$"):
        joined_in(("a", "b"), broken)
    assert joined_in(("a", "b"), lambda: HttpResponse(b"1")).content == b"1"
