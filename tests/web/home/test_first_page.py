"""The first page of the example county: each of its people has something before them (虚构).

Of the 66 schools two of sixteen are silent and one is sent back, by the register's order; the ninth
who is silent is the school whose equipment is unlike others', which nobody has explained. The school
of the practice clerk was sent back too and has two days more.
"""

from __future__ import annotations

import re

import pytest

ROUND = "/returns/school_annual/2026-2027/"


def words(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", text))


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("school_clerk", "改正清泉镇第二小学《学校年度报表》（2026—2027学年）已退回1次"),
        ("school_head", "还剩2天"),
        ("central_school", "等清泉镇第二小学报送《学校年度报表》（2026—2027学年）"),
        ("office_clerk", "催报《学校年度报表》（2026—2027学年）：9个单位逾期未报"),
        ("office_clerk", "填报高原示范县（虚构）《县级年度报表》（2026—2027学年）"),
        ("leader", "审核通过《学校年度报表》（2026—2027学年）3份"),
    ],
)
def test_everybody_has_something_real_to_do_or_to_wait_for(site, role, seen):
    assert seen in words(site.visitor(role).get("/").text)


def test_the_squares_add_up_to_all_schools(site):
    text = words(site.visitor("office_clerk").get("/").text)
    assert "已报52/66·通过42·待审10·退回5·未报9" in text
    # 42 + 10 + 5 + 9: nobody is counted twice or left out.
    own = words(site.visitor("central_school").get("/").text)
    assert "已报8/9·通过6·待审2·退回1·未报0" in own


def test_who_never_came_in_is_told_from_who_was_sent_back(site):
    office = site.visitor("office_clerk")
    assert "《学校年度报表》9份逾期未报，10份待审，5份退回待改" in words(office.get(ROUND).text)
    listed = office.get("/returns/?period=2026-2027").text
    assert "10份还没有报，其中9份已逾期；5份退回待改" in words(listed)
    assert "草稿" not in words(listed)


def test_the_calendar_holds_the_days_of_the_round_that_is_open(site):
    text = site.visitor("office_clerk").get("/returns/deadlines.ics").text
    assert text.count("BEGIN:VEVENT") == len(("schools", "more time", "county"))


def test_nothing_of_it_counts_in_the_year_before(site):
    text = words(site.visitor("leader").get("/cockpit/").text)
    assert "已报67/67份" in text
    assert "20/25所" in text


def test_the_list_opens_where_something_is_still_to_come(site):
    clerk = site.visitor("school_clerk")
    assert "1份退回了，改好再报" in words(clerk.get("/returns/").text)
    assert "1份都报了" in words(clerk.get("/returns/?period=2025-2026").text)


def test_a_round_with_a_day_of_its_own_is_no_other_years_return(site):
    own = site.account("school_clerk")["place"]
    text = site.visitor("school_clerk").get(f"{ROUND}{own}/edit/").text
    assert "没有查出问题" in text or "现在报的是" not in text


def test_what_was_remarked_on_is_what_opens(site):
    own = site.account("school_clerk")["place"]
    text = site.visitor("school_clerk").get(f"{ROUND}{own}/").text
    assert re.search(r'aria-current="(?:page|true)"[^>]*>\s*学生', text)
