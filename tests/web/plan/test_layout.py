"""A layout on a page: the invented six villages, and problems that somebody hands in."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.desk.plan import problems
from xianxue.desk.plan.laying import Wish, laid_out
from xianxue.desk.plan.layout_minded import grounds
from xianxue.desk.plan.needs.chosen import norms_of
from xianxue.desk.plan.problems import HILLS
from xianxue.desk.workspace import Workspace

EXAMPLE = "/plan/layout/example/"
PROBLEM = {
    "schools": [
        {"school": "东校（虚构）", "x": 0, "y": 0},
        {"school": "西校（虚构）", "x": 9, "y": 0, "state": "candidate", "build_cost": 3},
    ],
    "villages": [
        {"village": "近村", "x": 1, "y": 0, "pupils": 10},
        {"village": "远村", "x": 8, "y": 0, "pupils": 20},
    ],
}


def title(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text)
    assert found
    return found[1]


@pytest.fixture
def office(site):
    return site.visitor("office_clerk")


def test_the_example_is_drawn_before_and_after_with_who_goes_further(office):
    text = office.get(EXAMPLE).text
    assert title(text) == "开办 3 所、撤并 1 所；2 个村、65 名学生走得更远"
    assert "总代价 450，已证明没有更省的布局" in text
    assert text.count('<svg class="chart map"') == 2
    assert text.count('class="way far supposed"') == 2
    assert "假设，不是统计数" in text
    # 最多开办 3 所: four would cost 300; whole villages: divided ones 370.
    costs = dict(re.findall(r'<th scope="row">([^<]+)</th><td class="number">(\d+)</td>', text))
    assert costs["最多开办 3 所"] == "150"
    assert costs["每个村整村去一所学校，不拆分"] == "80"


@pytest.mark.parametrize(
    ("asked", "cost"), [("keep=4", "300"), ("split=1", "370"), ("keep=4&split=1", "270")]
)
def test_a_slider_asks_again(office, asked, cost):
    assert f"总代价 {cost}，" in office.get(f"{EXAMPLE}?{asked}").text


def test_what_cannot_be_names_the_smallest_conflict(office):
    text = office.get(f"{EXAMPLE}?limit=3").text
    assert title(text) == "做不到：下面的要求不能同时成立"
    assert "上学路程不超过 3 km：丁村到最近的丙校（虚构） 4 km" in text


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("keep=0", "最多开办几所写了“0”"),
        ("keep=five", "1 到 4 的整数"),
        ("limit=-1", "上学路程上限写了“-1”"),
        ("limit=1e999", "0 到 1000 之间的公里数"),
    ],
)
def test_a_wish_that_is_none_is_complained_of_and_the_file_stands(office, asked, told):
    text = office.get(f"{EXAMPLE}?{asked}").text
    assert told in text
    assert "总代价 450" in text


def test_a_pasted_problem_is_its_owners_alone(site, office):
    sent = office.send("/plan/layout/", "/plan/layout/take", text=json.dumps(PROBLEM))
    assert sent.status == 303, sent.text
    at = re.sub(r"^https?://[^/]+", "", sent.goes_to)
    text = office.get(at).text
    assert "新建 1 所" in title(text)
    assert at in office.get("/plan/").text
    assert site.visitor("leader").get(at).status == 404
    assert at not in site.visitor("leader").get("/plan/").text
    assert site.visitor("auditor").get(EXAMPLE).status == 200
    assert 'name="file"' not in site.visitor("auditor").get("/plan/layout/").text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "文件是空的"),
        ("{", "不是 JSON"),
        ('{"schools": [], "villages": []}', "一所学校也没有"),
        (json.dumps(PROBLEM | {"keep": -1}), "不小于 1 的整数"),
        (
            json.dumps(
                {
                    "schools": [{"school": str(n), "x": n, "y": 0} for n in range(150)],
                    "villages": [
                        {"village": str(n), "x": 0, "y": n, "pupils": 1} for n in range(150)
                    ],
                }
            ),
            "村、学校和期数相乘是 22500",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_place_and_what_was_pasted_stays(office, typed, told):
    answer = office.send("/plan/layout/", "/plan/layout/take", text=typed)
    assert answer.status == 422
    assert told in answer.text
    assert "粘贴的文字" in answer.text
    pasted = answer.text.partition('spellcheck="false">')[2].partition("</textarea>")[0]
    assert len(pasted) >= len(typed)


def test_a_file_too_large_for_the_page_is_not_read(office):
    files = {"file": ("大.json", b" " * (2 * 1024 * 1024 + 1))}
    answer = office.send("/plan/layout/", "/plan/layout/take", files)
    assert answer.status == 422
    assert "不大于 2 MB" in answer.text


def test_what_closing_takes_the_way_of_the_little_ones_and_beds_stand_beside_the_plan(office):
    text = office.get("/plan/layout/hills/").text
    assert title(text) == "开办 4 所、新建 1 所、撤并 1 所；2 个村、34 名学生走得更远"
    assert "还缺 6 步，不能撤并" in text
    assert "教学点，手续不齐，按保留算" in text
    # 4.687 km at 60 m a minute, made whole upward; 4 little ones are fewer than 5 and not told.
    assert re.search(r">岭后村</th>.{0,80}人数少，不列.{0,60}>79<", text)
    # Pupils of 上岭, 岭后 beyond 30 minutes who are not of the lower grades: 12 + 4, 东坡 11.
    beds = re.search(r">新址（虚构）</th>((?:<td class=\"number\">.*?</td>)+)", text)
    assert beds is not None
    assert re.findall(r">(\d+)<", beds[1]) == ["27", "20", "7"]
    costs = dict(re.findall(r'<th scope="row">([^<]+)</th><td class="number">([\d.]+)</td>', text))
    assert costs["坪上教学点（虚构）保留"] == "44.34"


def test_the_countys_own_norms_are_followed_where_it_has_some(county):
    opened = Workspace.open(county)
    on = date(2026, 9, 1)
    norms = norms_of(opened, on)
    own = norms.cards[0]
    pace = next(one for one in own.values if one.norm == "walking_pace")
    slow = msgspec.structs.replace(
        own,
        planning="own",
        values=[msgspec.structs.replace(pace, value=Decimal(40))],
        closing=[],
        retiring=[],
    )
    ours = NormsHeld((slow, *norms.cards), on)
    before = problems.find(HILLS, "", norms)
    after = problems.find(HILLS, "", ours)
    assert before is not None
    assert after is not None
    slow_ways = problems.answered(after, Wish()).minded.long_ways
    quick = {one.village: one.minutes for one in laid_out(before.asked, Wish()).minded.long_ways}
    # 4,687 m at 40 m a minute are 117.2; at 60 they are 78.1.
    assert {one.village: one.minutes for one in slow_ways}["岭后村"] == 118
    assert quick["岭后村"] == 79
    assert [one.planning for one in grounds(ours) if one.value == "40"] == ["own"]
