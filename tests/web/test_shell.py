"""The frame of every page: what it is sent with, in which language, what it weighs."""

from __future__ import annotations

import pytest

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
    assert page.get_by_label("密码").is_visible()


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
