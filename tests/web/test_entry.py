"""Coming in and going out, as each of the people that the workbench is for."""

from __future__ import annotations

import pytest
from kit.looks import WIDTHS
from kit.workspaces import run

FIRST_PAGE = 350_000
"""Bytes of a first page with all its files, as they come over the wire."""
LATER_PAGE = 60_000
ROLES = [
    "school_clerk",
    "school_head",
    "central_school",
    "inspector",
    "office_clerk",
    "leader",
    "auditor",
    "administrator",
]


def test_a_wrong_password_and_an_unknown_login_are_told_alike(site):
    known = site.account("school_clerk")["login"]
    told = [
        site.visitor().knock(login, "不是这个密码").text.replace(login, "")
        for login in (known, "nobody-of-that-name")
    ]
    one, other = (text.partition("</h1>")[0].partition("<form")[0] for text in told)
    assert one == other


def test_nobody_is_led_elsewhere_by_a_link_to_the_door(site):
    account = site.account("school_clerk")
    for lure in ("https://example.invalid/", "//example.invalid/", "javascript:alert(1)"):
        visitor = site.visitor()
        fields = {"login": account["login"], "password": account["password"], "next": lure}
        assert visitor.post("/login/in", fields, of="/login").goes_to == site.url


def test_what_one_person_sees_is_kept_nowhere(site):
    assert site.visitor("leader").get("/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("role", ROLES)
def test_a_first_page_and_a_later_one_are_light(site, role):
    visitor = site.visitor(role)
    page = visitor.get("/", follow=True)
    files = sum(visitor.get(each).transferred for each in page.files())
    assert page.transferred + files <= FIRST_PAGE
    assert page.transferred <= LATER_PAGE


def test_the_second_page_fetches_no_file_again(signed_in):
    page = signed_in("school_clerk")
    # The picture in the tab comes after all else; who leaves before it has it fetched again.
    page.wait_for_load_state("networkidle")
    page.watch.requests.clear()
    # A page without a sheet of its own: what each page needs is there by now.
    page.goto("/menu")
    fetched = [
        each
        for each in page.evaluate(
            "performance.getEntriesByType('resource').map(e => [e.name, e.transferSize])"
        )
        if each[1]
    ]
    assert fetched == []


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(site):
    visitor = site.visitor()
    account = site.account("school_clerk")
    given = [
        *visitor.get("/login").set_cookies(),
        *visitor.sign_in(account["login"], account["password"]).set_cookies(),
    ]
    assert len(given) >= 2
    for each in given:
        parts = [part.strip().lower() for part in each.split(";")]
        assert "httponly" in parts, each
        assert {"samesite=lax", "samesite=strict"} & set(parts), each
        assert not any(part.startswith("domain=") for part in parts), each


# What the proxies of docs/how-to/deploy.md hand on: the name in the bar, and who asks.
BEHIND = {"Host": "work.example", "X-Forwarded-For": "198.51.100.1, 192.0.2.7"}


def come_in(server, scheme):
    """The answer to somebody who signs in behind a proxy."""
    visitor = server.visitor()
    account = server.account("school_clerk")
    form = {"login": account["login"], "password": account["password"]}
    origin = {"Origin": f"{scheme}://work.example"}
    return visitor.post("/login/in", form, of="/login", **BEHIND, **origin)


def test_behind_https_the_cookies_never_go_without_it(workspace, tmp_path, started):
    server = started(workspace, tmp_path, "--https")
    answer = come_in(server, "https")
    given = [*server.visitor().get("/login").set_cookies(), *answer.set_cookies()]
    assert len(given) >= 2
    assert all("; secure" in each.lower() for each in given), given


def test_behind_https_forms_come_from_the_address_that_people_see(workspace, tmp_path, started):
    server = started(workspace, tmp_path, "--https", "--proxies", "1")
    assert come_in(server, "http").status == 403
    assert come_in(server, "https").status == 303
    from_where = run(tmp_path, "accounts", "sessions", "list", "--workspace", str(workspace))
    assert "192.0.2.7" in from_where
    assert "198.51.100.1" not in from_where, "what a stranger wrote is taken for his address"


def test_without_a_proxy_nobody_says_where_they_come_from(workspace, tmp_path, started):
    assert come_in(started(workspace, tmp_path), "http").status == 303
    from_where = run(tmp_path, "accounts", "sessions", "list", "--workspace", str(workspace))
    assert "127.0.0.1" in from_where
    assert "192.0.2.7" not in from_where


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("old", [False, True], ids=["today", "oldest"])
def test_in_by_the_door_and_out_again(site, visit, old, javascript):
    account = site.account("school_clerk")
    page = visit("/own", old=old, javascript=javascript)
    assert page.url == f"{site.url}login?next=%2Fown"
    page.get_by_label("登录名").fill(account["login"])
    page.get_by_label("密码", exact=True).fill(account["password"])
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/own")
    assert account["name"] in page.locator("h1").inner_text()
    page.get_by_role("banner").get_by_role("button", name="退出").click()
    page.wait_for_url("**/login")
    page.goto("/own")
    assert "/login" in page.url


def test_a_session_that_was_left_opens_nothing_any_more(site):
    visitor = site.visitor("school_clerk", fresh=True)
    kept = dict(visitor.cookies)
    assert visitor.get("/own").status == 200
    assert visitor.post("/logout", {}, of="/own").status == 303
    assert "xianxue" not in visitor.cookies
    visitor.cookies = kept
    assert visitor.get("/own").goes_to.startswith(f"{site.url}login")


def test_going_back_after_leaving_shows_nothing(site, signed_in):
    page = signed_in("school_clerk", "/own", fresh=True)
    page.get_by_role("banner").get_by_role("button", name="退出").click()
    page.wait_for_url("**/login")
    page.go_back()
    assert page.locator("#login").is_visible()


def test_after_failures_the_door_is_locked_for_that_person_alone(own_site):
    clerk, leader = own_site.account("school_clerk"), own_site.account("leader")
    tries = 0
    while "已暂时锁住" not in own_site.visitor().knock(clerk["login"], "不是这个密码").text:
        tries += 1
        assert tries < 10
    assert tries >= 3, "somebody may mistype"
    refused = own_site.visitor().knock(clerk["login"], clerk["password"])
    assert refused.status == 403
    assert "已暂时锁住" in refused.text
    # A school behind one router is not locked out by one of its clerks.
    own_site.visitor().sign_in(leader["login"], leader["password"])


@pytest.mark.parametrize("role", ROLES)
def test_each_role_comes_in_and_is_named(site, signed_in, look, role):
    page = signed_in(role)
    assert site.account(role)["name"] in page.locator("header").inner_text()
    look(page, f"home-{role}")


def test_pages_are_used_from_the_keyboard(signed_in):
    page = signed_in("office_clerk")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_phone_has_targets_that_a_thumb_hits(signed_in):
    page = signed_in("school_clerk", width=390)
    heights = page.eval_on_selector_all(
        "nav.bottom a", "all => all.map((each) => each.getBoundingClientRect().height)"
    )
    assert heights
    assert min(heights) >= 44
    assert page.viewport_size == {"width": 390, "height": WIDTHS[390]}
