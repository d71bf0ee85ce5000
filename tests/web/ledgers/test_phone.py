"""A report on the spot from a telephone on a bad line: kept, sent once, its photographs in order."""

from __future__ import annotations

import re

import pytest
from kit.ledgers import SCHOOL, picture

QUICK = "/ledgers/hazards/quick/"
COLOURS = ("red", "green", "blue")
PHOTOS = [
    {"name": f"{at}-{colour}.jpg", "mimeType": "image/jpeg", "buffer": picture(colour)}
    for at, colour in enumerate(COLOURS, 1)
]


@pytest.fixture
def telephone(bureau, signed_in):
    return signed_in("inspector", QUICK, site=bureau.server, width=390)


def fill(page, what: str) -> None:
    page.set_input_files("input[type=file]", PHOTOS)
    page.select_option("[name=place]", SCHOOL)
    page.fill("[name=v-what]", what)
    page.select_option("[name=v-found_by]", "inspection")
    page.select_option("[name=v-domain]", "fire")
    page.select_option("[name=v-grade]", "general")
    page.click("#record button.main-deed")


def ours(page) -> None:
    """The browser tells of what was cut: that was the test."""
    page.watch.faults[:] = [fault for fault in page.watch.faults if "net::ERR" not in fault]


def entries(bureau, what: str) -> list[str]:
    """The numbers of the entries that say so."""
    text = bureau.office.get("/ledgers/hazards/").text
    return re.findall(rf">(\d{{4}}-\d{{4}})</a></th><td[^>]*>{re.escape(what)}<", text)


def names_of(bureau, number: str) -> list[str]:
    text = bureau.inspector.get(f"/ledgers/hazards/{number}/").text
    return re.findall(r'<img src="[^"]+" alt="([^"]+)"', text)


def test_a_report_is_sent_when_the_line_is_back_and_stands_there_once(bureau, telephone):
    page, what = telephone, "断网时拍的（虚构）"
    # Everything is cut: the page itself has been opened before.
    page.context.route("**/*", lambda route: route.abort())
    fill(page, what)
    page.wait_for_selector(".outbox.failed")
    assert page.locator(".outbox li").all_inner_texts() == [f"{one['name']} 待传" for one in PHOTOS]
    assert entries(bureau, what) == []
    page.context.unroute("**/*")
    # Back later, on another day's page: it is still in the telephone, and goes by itself.
    page.goto(QUICK)
    page.wait_for_selector(".outbox.done")
    (number,) = entries(bureau, what)
    assert page.locator(".outbox a").inner_text() == number
    assert names_of(bureau, number) == [one["name"] for one in PHOTOS]
    page.goto(QUICK)
    page.wait_for_timeout(500)
    assert page.locator(".outbox").count() == 0, "what has arrived is not kept"
    ours(page)


def test_an_answer_that_is_lost_on_the_way_doubles_nothing(bureau, telephone):
    page, what = telephone, "答复丢了（虚构）"
    lost = {"left": 2, "photos": 2}

    def swallow(route):
        """The request arrives; its answer does not."""
        kind = "photos" if route.request.url.endswith("/photo") else "left"
        if lost[kind]:
            lost[kind] -= 1
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    page.context.route(re.compile(r"/photo$|/new/record$"), swallow)
    fill(page, what)
    for _ in range(5):
        page.wait_for_selector(".outbox.failed, .outbox.done")
        if page.locator(".outbox.done").count():
            break
        page.click("text=再试一次")
        page.wait_for_timeout(400)
    page.wait_for_selector(".outbox.done", timeout=30_000)
    assert lost == {"left": 0, "photos": 0}
    (number,) = entries(bureau, what)
    assert names_of(bureau, number) == [one["name"] for one in PHOTOS]
    ours(page)


def test_what_is_refused_can_be_put_right_with_its_photographs(bureau, telephone):
    page, what = telephone, "没选单位（虚构）"
    page.set_input_files("input[type=file]", PHOTOS[:2])
    page.fill("[name=v-what]", what)
    with page.watch.expecting(422):
        page.click("#record button.main-deed")
        page.wait_for_selector(".outbox.refused")
    page.click("text=改了再传")
    assert page.input_value("[name=v-what]") == what
    assert page.locator(".kept-photos li").all_inner_texts() == [one["name"] for one in PHOTOS[:2]]
    page.select_option("[name=place]", SCHOOL)
    page.select_option("[name=v-found_by]", "self")
    page.select_option("[name=v-domain]", "fire")
    page.select_option("[name=v-grade]", "general")
    page.click("#record button.main-deed")
    page.wait_for_selector(".outbox.done")
    (number,) = entries(bureau, what)
    assert names_of(bureau, number) == [one["name"] for one in PHOTOS[:2]]


def test_without_javascript_the_form_is_sent_as_any_other(bureau, signed_in):
    page = signed_in("inspector", QUICK, site=bureau.server, width=390, javascript=False)
    fill(page, "没有脚本（虚构）")
    page.wait_for_url(re.compile(r"/ledgers/hazards/20\d\d-\d{4}/$"))
    assert page.locator(".proofs img").count() == len(PHOTOS)
    (number,) = entries(bureau, "没有脚本（虚构）")
    assert names_of(bureau, number) == [one["name"] for one in PHOTOS]
