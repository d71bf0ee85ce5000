"""Personal data are covered until somebody says what for; a telephone number here is invented."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from kit.server import Server
from kit.workspaces import copied, run

PHONE = "13900000000"
BOOKS = r'name="(c:premises[^"]+)" value="(\d+)" aria-label="图书'
WHY = "核对批注，要打电话问（虚构）"
FOOT = f"?tab={quote('说明')}"


def page_of(server) -> str:
    return f"/returns/school_annual/2025-2026/{server.account('school_clerk')['place']}/"


def handed_in(server) -> str:
    """The return's page, once the clerk has written a telephone number below it and handed it in."""
    at = page_of(server)
    clerk = server.visitor("school_clerk", fresh=True)
    sheet = f"{at}edit/?sheet=foot"
    name = re.search(r'name="(c:foot[^"]*phone)"', clerk.get(sheet).text)
    assert name is not None
    assert clerk.send(sheet, f"{at}edit/save", **{name[1]: PHONE}).status == 303
    # What is written below it alone is no correction: the books become one more.
    sheet = f"{at}edit/?sheet=premises"
    books = re.search(BOOKS, clerk.get(sheet).text)
    assert books is not None
    assert clerk.send(sheet, f"{at}edit/save", **{books[1]: str(int(books[2]) + 1)}).status == 303
    signed = {"clerk": "填报员（虚构）", "head": "校长（虚构）", "why": "更正（虚构）"}
    assert clerk.send(f"{at}sign/", f"{at}sign/submit", **signed).status == 303
    return at


@pytest.fixture(scope="module")
def covered(county, tmp_path_factory) -> Iterator[Server]:
    """A server on which nobody says what for."""
    scratch = tmp_path_factory.mktemp("covered")
    server = Server(copied(county, scratch), scratch)
    handed_in(server)
    yield server
    server.stop()


def lines(server, tmp_path):
    told = run(tmp_path, "journal", "show", "--workspace", str(server.workspace), "--json")
    return [one for one in json.loads(told) if one["deed"] == "returns.unmask"]


def words_in(data: bytes) -> str:
    """All text of a workbook, shared or not."""
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return "".join(opened.read(name).decode() for name in opened.namelist() if ".xml" in name)


def test_covered_for_everybody_but_the_school_itself(covered):
    at = page_of(covered)
    assert PHONE in covered.visitor("school_clerk").get(at + FOOT).text
    for role in ("office_clerk", "central_school", "leader", "auditor"):
        answer = covered.visitor(role).get(at + FOOT)
        assert answer.status in {200, 403}, role
        assert ("•••" in answer.text) == (answer.status == 200), role
        assert PHONE not in answer.text, role


def test_nobody_without_the_right_may_even_give_a_reason(covered):
    for role in ("central_school", "leader", "auditor", "administrator"):
        visitor = covered.visitor(role)
        assert visitor.get(f"{page_of(covered)}unmask/").status == 403, role
        assert visitor.get(f"{page_of(covered)}file/2").status == 403, role


def test_typing_for_a_school_uncovers_nothing(covered):
    office, at = covered.visitor("office_clerk"), page_of(covered)
    assert office.get(f"{at}edit/?sheet=foot").goes_to.endswith("/unmask/")
    sheet = f"{at}edit/?sheet=premises"
    books = re.search(BOOKS, office.get(sheet).text)
    assert books is not None
    typed = {books[1]: str(int(books[2]) + 1), "version": "99"}
    saved = office.post(f"{at}edit/save", typed, of=sheet, Accept="application/json")
    assert saved.status == 200
    assert json.loads(saved.text)["cells"], "a stale page is given the cells anew"
    assert PHONE not in saved.text
    for path in ("check/", f"check/{FOOT}", "sign/"):
        assert PHONE not in office.get(at + path).text, path
    assert office.get(f"{at}check/marked").goes_to.endswith("unmask/?file=1")


@pytest.mark.parametrize("role", ["office_clerk", "auditor", "school_head"])
def test_no_search_and_no_list_finds_a_school_by_what_is_covered(covered, role):
    visitor, code = covered.visitor(role), covered.account("school_clerk")["place"]
    for page in ("/search", "/returns/"):
        found = (visitor.get(f"{page}?q={asked}").links() for asked in (code, PHONE))
        by_code, by_phone = (
            [to for to in links if code in to.partition("?")[0]] for links in found
        )
        assert by_code, page
        assert not by_phone, page
        # A list knows no column that is covered: asking to have it sorted by one changes nothing.
        assert PHONE not in visitor.get(f"{page}?sort=phone").text, page
    assert PHONE not in words_in(visitor.get("/returns/?as=xlsx").body)


def test_a_reason_is_asked_and_written_down_and_uncovers_one_return_for_one_person(
    own_site, tmp_path
):
    at = handed_in(own_site)
    office = own_site.visitor("office_clerk")
    refused = office.send(f"{at}unmask/", f"{at}unmask/do", why="  ")
    assert (refused.status, "没有写查看的理由" in refused.text) == (422, True)
    assert lines(own_site, tmp_path) == []

    assert office.send(f"{at}unmask/", f"{at}unmask/do", why=WHY).status == 303
    page = office.get(at + FOOT).text
    assert PHONE in page
    assert "自动盖回去" in page
    (line,) = lines(own_site, tmp_path)
    assert (line["why"], line["actor"]) == (WHY, own_site.account("office_clerk")["name"])
    assert PHONE not in json.dumps(line)
    assert WHY in own_site.visitor("school_clerk").get(at).text, "the school sees who has looked"
    assert PHONE not in own_site.visitor("auditor").get(at + FOOT).text
    other = at.replace(at.split("/")[-2], another(own_site))
    assert "看个人信息" in office.get(other).text, "one reason uncovers one return"
    assert "报送了" in own_site.visitor("leader").get("/").text, "looking hides no news"

    # The file itself takes a word of its own.
    newest = next(to for to in office.get(at).links() if "/file/" in to)
    assert office.get(newest).goes_to.endswith("unmask/?file=1")
    office.send(f"{at}unmask/?file=1", f"{at}unmask/do", why=WHY, file="1")
    assert PHONE in words_in(office.get(newest).body)
    assert [one["detail"]["with_file"] for one in lines(own_site, tmp_path)] == [False, True]


def another(server):
    """Another school's code."""
    page = server.visitor("office_clerk").get("/returns/?period=2025-2026").text
    mine = server.account("school_clerk")["place"]
    found = re.findall(r"/returns/school_annual/2025-2026/(\d{10})/", page)
    return next(code for code in found if code != mine)
