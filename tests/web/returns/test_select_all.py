"""Many at once: all of the filter or those that were ticked, never what nobody has named."""

from __future__ import annotations

import html
import re
import sqlite3
from contextlib import closing
from urllib.parse import urlsplit

import pytest

ROUND = "/returns/school_annual/2025-2026/"
ALL = re.compile(r'name="all-review" value="([^"]*)"')
BUTTON = re.compile(r"本筛选的全部 (\d+) 份")
SIGNED = {"clerk": "填报员（虚构）", "head": "校长（虚构）"}


def sent(visitor, files: list[tuple[str, bytes]]) -> str:
    """Send files and wait until they are looked at; give the address of their page."""
    done = visitor.send("/returns/upload/", "/returns/upload/take", files={"files": files})
    assert done.status == 303, done.text
    for _ in range(200):
        if "正在校验" not in visitor.get(f"{done.goes_to}?stay=1").text:
            break
    return urlsplit(done.goes_to).path


@pytest.fixture
def waiting(own_site, workspace) -> list[str]:
    """Three returns that wait to be taken up: two of one township, one of another."""
    office = own_site.visitor("office_clerk")
    places = ["2163990005", "2163990006", "2163990001"]
    for place in places:
        back = {"step": "send_back", "remark": "再核对（虚构）", "why": "有误", "seen": "1"}
        assert office.post(f"{ROUND}{place}/step", back, of=f"{ROUND}{place}/review").status == 303
    paths = [next((workspace / "workbooks").glob(f"{place}_*.xlsx")) for place in places]
    page = sent(office, [(path.name, path.read_bytes()) for path in paths])
    done = office.post(f"{page}submit", {**SIGNED, "file": ["1", "2", "3"]}, of=f"{page}sign/")
    assert done.status == 303, done.text
    return places


def states(site, places: list[str]) -> list[bool]:
    """Whether each has been taken up, as the database has it."""
    with closing(sqlite3.connect(site.workspace / "store" / "xianxue.sqlite3")) as database:
        asked = "SELECT place, state FROM desk_filing WHERE form = ? AND period = ?"
        found = dict(database.execute(asked, ("school_annual", "2025-2026")).fetchall())
    return [found[place] == "in_review" for place in places]


def test_all_means_all_of_the_filter_and_the_button_says_how_many(own_site, waiting):
    leader = own_site.visitor("leader")
    everything = leader.get(ROUND).text
    assert BUTTON.findall(everything) == ["3"]
    filtered = f"{ROUND}?township=639900101"
    page = leader.get(filtered).text
    assert BUTTON.findall(page) == ["2"]
    named = html.unescape(ALL.findall(page)[0]).split()
    assert {one.partition(":")[0] for one in named} == set(waiting[:2])
    done = leader.post(f"{ROUND}all/review", {"all-review": " ".join(named)}, of=filtered)
    assert done.status == 303, done.text
    assert states(own_site, waiting) == [True, True, False]


def test_ticked_are_those_that_were_ticked_and_nothing_ticked_is_refused(own_site, waiting):
    leader = own_site.visitor("leader")
    nothing = leader.post(f"{ROUND}chosen/review", {}, of=ROUND)
    assert nothing.status == 422
    assert "没有选中哪一份" in nothing.text
    done = leader.post(f"{ROUND}chosen/review", {"place": f"{waiting[2]}:2"}, of=ROUND)
    assert done.status == 303, done.text
    assert states(own_site, waiting) == [False, False, True]


def test_what_has_come_anew_since_the_list_was_opened_is_left_and_told(own_site, waiting):
    """The list showed revision 1; the school has handed in a second one since."""
    leader = own_site.visitor("leader")
    stale = f"{waiting[0]}:1 {waiting[1]}:2"
    done = leader.post(f"{ROUND}all/review", {"all-review": stale}, of=ROUND)
    told = leader.get(done.goes_to).text
    assert "办了 1 份，1 份没有办" in told
    assert "已有新版" in told
    assert states(own_site, waiting) == [False, True, False]
