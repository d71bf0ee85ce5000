"""The inspector's journey in a browser: a visit, what it finds, the writ, the school, the end.

From log-in to log-out, by the inspector and by the school that has to mend it; the photographs
also from a telephone, 390 px wide.
"""

from __future__ import annotations

import re

import pytest
from kit.ledgers import SCHOOL, picture, today
from playwright.sync_api import Page

FINDING = "操场边一段护栏松动（虚构）"
VISITS, FINDINGS = "/ledgers/inspection_visits/", "/ledgers/inspection_findings/"


def photo(name: str, colour: str) -> dict[str, str | bytes]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture(colour)}


@pytest.fixture
def people(bureau, visit):
    """Sign somebody in by the form, as they do; each in a browser of their own."""

    def enter(role: str, *, width: int = 1440) -> Page:
        page = visit("/login", site=bureau.server, width=width)
        account = bureau.server.account(role)
        page.get_by_label("登录名").fill(account["login"])
        page.get_by_label("密码").fill(account["password"])
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(re.compile(r"/$"))
        return page

    return enter


def leave(page: Page) -> None:
    page.get_by_role("button", name="退出").click()
    page.wait_for_url(re.compile(r"/login"))


def fill(page: Page, within: str = "", **said: str) -> None:
    """Fill in what a form asks, whatever sort of field each is."""
    for name, value in said.items():
        field = page.locator(f"{within} [name=v-{name}]".strip())
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def take(
    page: Page, step: str, *photos: dict[str, str | bytes], why: str = "", **said: str
) -> None:
    """Take a step of an entry by its form."""
    form = f"form[action$='/step/{step}']"
    if not page.locator(form).is_visible():
        page.locator(f"details.turn:has({form}) > summary").click()
    fill(page, form, **said)
    if photos:
        page.set_input_files(f"{form} input[type=file]", list(photos))
    if why:
        page.fill(f"{form} [name=why]", why)
    with page.expect_navigation():
        page.locator(f"{form} button[type=submit], {form} .button").first.click()


def stands(page: Page) -> str:
    return page.locator("h1").inner_text().partition("：")[0]


def register(page: Page, ledger: str, *photos: dict[str, str | bytes], **said: str) -> str:
    """Register an entry by the form that the list leads to; give its address."""
    page.goto(ledger)
    page.get_by_role("link", name="登记一条").click()
    if page.locator("select[name=place]").count():
        page.select_option("select[name=place]", SCHOOL)
    fill(page, "#record", **said)
    page.set_input_files("#record input[type=file]", list(photos))
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url(re.compile(rf"{ledger}20\d\d-\d{{4}}/$"))
    return page.url


def test_what_a_visit_finds_is_ordered_mended_looked_at_twice_and_closed(people):
    inspector = people("inspector")
    visited = register(
        inspector,
        VISITS,
        photo("到校.jpg", "navy"),
        theme="校园安全（虚构）",
        visited_on=today(),
        kind="regular",
        topic="safety",
        inspector="第一责任区",
        findings="1",
    )
    number = visited.rstrip("/").rpartition("/")[2]
    at = register(
        inspector,
        FINDINGS,
        photo("护栏.jpg", "maroon"),
        finding=FINDING,
        found_on=today(),
        visit=number,
        source_kind="regular",
        topic="safety",
        weight="general",
    )
    assert stands(inspector) != "整改中"
    take(
        inspector,
        "notify",
        photo("通知书.jpg", "gray"),
        notice="督改〔2026〕9号（虚构）",
        times="1",
        due_on=today(),
        measures="加固护栏",
    )
    assert stands(inspector) == "整改中"
    inspector.locator("aside li:has-text('限期整改通知书') a").first.click()
    writ = inspector.locator("article.slip").inner_text()
    assert FINDING in writ
    assert "加固护栏" in writ
    leave(inspector)

    school = people("school_clerk", width=390)
    school.get_by_text(FINDING).first.wait_for()
    school.goto(at)
    assert stands(school) == "整改中"
    take(school, "report", photo("加固.jpg", "olive"), photo("加固二.jpg", "teal"), result="已加固")
    assert stands(school) == "待复查"
    assert school.locator("form[action$='/step/pass']").count() == 0
    assert school.evaluate("document.documentElement.scrollWidth") <= 390
    leave(school)

    inspector = people("inspector", width=390)
    inspector.goto(at)
    take(inspector, "fail", why="一根立柱还松（虚构）", due_on=today())
    assert stands(inspector) == "复查不通过"
    # The time to mend it runs again.
    inspector.get_by_text("限期整改").first.wait_for()
    assert inspector.locator(".clock:has-text('限期整改'):has-text('最后一天')").count() == 1
    leave(inspector)

    school = people("school_clerk", width=390)
    school.goto(at)
    take(school, "report", photo("再加固.jpg", "green"), result="立柱已重新浇筑")
    leave(school)

    inspector = people("inspector", width=390)
    inspector.goto(at)
    take(inspector, "pass", photo("复查.jpg", "purple"))
    assert stands(inspector) == "已销号"
    shown = inspector.locator(".proofs img")
    names = [shown.nth(one).get_attribute("alt") for one in range(shown.count())]
    assert {"护栏.jpg", "加固.jpg", "加固二.jpg", "再加固.jpg", "复查.jpg"} <= set(names)
    assert inspector.evaluate("document.documentElement.scrollWidth") <= 390
    leave(inspector)
    inspector.goto(at)
    assert "/login" in inspector.url, "who has left sees nothing any more"
