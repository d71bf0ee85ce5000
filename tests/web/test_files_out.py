"""Files that go out: a name every browser reads, a plain address, and a way out of WeChat."""

from __future__ import annotations

import re

import pytest

WECHAT = (
    "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/107.0.5304.141 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.42.2428 WeChat/arm64"
)
FILES = ["/returns/?as=xlsx", "/returns/deadlines.ics"]


@pytest.fixture
def office(site):
    return site.visitor("office_clerk")


def test_a_name_is_told_in_both_encodings(site):
    place = site.account("school_clerk")["place"]
    clerk = site.visitor("school_clerk")
    answer = clerk.get(f"/returns/school_annual/2025-2026/{place}/template")
    told = answer.headers["Content-Disposition"]
    found = re.fullmatch(r"attachment; filename=\"([ -!#-~]+)\"; filename\*=UTF-8''(\S+)", told)
    assert found is not None, told
    assert found[1].endswith(".xlsx")
    assert "%E5%AD%A6%E6%A0%A1" in found[2], "学校, as RFC 5987 writes it"


@pytest.mark.parametrize("path", FILES)
def test_in_wechat_a_file_is_a_page_that_says_how_to_get_it(office, path):
    plain = office.get(path)
    assert plain.headers["Content-Disposition"].startswith("attachment")
    page = office.get(path, **{"User-Agent": WECHAT})
    assert page.status == 200
    assert page.headers["Content-Disposition"] is None
    assert "在浏览器打开" in page.text
    assert path.partition("?")[0] in page.text, "the address to be copied"
    (again,) = (to for to in page.links() if "in_spite=1" in to)
    taken = office.get(again, **{"User-Agent": WECHAT})
    assert taken.headers["Content-Disposition"] == plain.headers["Content-Disposition"]


def test_in_wechat_everything_else_is_as_elsewhere(office):
    # A notice stands above every page; the page itself is the usual one.
    assert (
        "微信里存不下文件，请在浏览器里打开"
        not in office.get("/returns/", **{"User-Agent": WECHAT}).text
    )
    assert office.get("/returns/?as=print", **{"User-Agent": WECHAT}).status == 200
