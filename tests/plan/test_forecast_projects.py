"""Dated projects, revised numbers and the stock identity in a county's forecast."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.plan.forecast.known import Known
from xianxue.bureau.plan.forecast.projecting import Projecting
from xianxue.bureau.plan.forecast.shape import Area, Arrival, Climb, Past, Rules
from xianxue.bureau.plan.forecast.stock import of_stock, stocks
from xianxue.desk.stores.given.arrivals import read_projects
from xianxue.desk.stores.given.earlier_counts import read_earlier

STEPS = (
    Climb(grade="G1", stage="primary", births=((6, Fraction(1)),)),
    Climb(grade="G2", stage="primary", after="G1"),
)
TERMS = {"primary": Stage.PRIMARY.term}
COUNTY = (Area(code="甲", level="county"),)


def known(second: dict[int, int]) -> Known:
    years = range(2015, 2026)
    past = Past(
        births={"甲": dict.fromkeys(range(2005, 2026), 50)},
        pupils={"甲": {"G1": dict.fromkeys(years, 50), "G2": dict.fromkeys(years, 50) | second}},
    )
    return Known(COUNTY, STEPS, past)


def test_pupils_a_project_brings_go_on_from_grade_to_grade():
    rules = Rules(
        steps=STEPS, window=3, shrink=0, years=10, least=4, simulations=0, band=(10, 90), trend=5
    )
    project = Arrival(area="甲", year=2026, pupils={"G1": Fraction(20)}, why="安置房交付（虚构）")
    without = [one.middle or 0 for one in Projecting(known({}), rules).years(3)]
    with_it = [one.middle or 0 for one in Projecting(known({}), rules, (project,)).years(3)]
    # 20 in the first grade, a year later in the second, then gone.
    assert [a - b for a, b in zip(with_it, without, strict=True)] == [20, 20, 0]


def test_a_stock_off_by_more_than_the_card_says_is_asked_about():
    # 2020: 100 + 50 − 50 would be 100; 52 + 50 are 102, and 2 % is more than 1 %.
    one = stocks(known({2020: 52}), "primary")
    assert (one[2020].expected, one[2020].now) == (100, 102)
    asked = list(of_stock(known({2020: 52}), Fraction(1), TERMS))
    assert [issue.severity for issue in asked] == [Severity.EXPLAIN]
    assert asked[0].saw == "小学 2020 年：上年 100 加招生 50 减毕业 50 应是 100，实际 102，差 2.00%"
    assert list(of_stock(known({2020: 52}), Fraction(2), TERMS)) == []


def test_every_fault_of_a_project_is_told_with_its_line(tmp_path: Path):
    schools = {"2163990001": ["G1", "G2"]}
    assert read_projects(tmp_path, schools, 2025).projects == []
    file = tmp_path / "pupil_projects.csv"
    file.write_text(
        "place,year,grade,pupils,why\n"
        "2163990001,2027,G1,40,安置房交付（虚构）\n"
        "2163990001,2027,G2,-5,拆迁（虚构）\n"
        "639900100,2027,G1,40,虚构\n"
        "2163990001,2025,G9,四十,\n",
        encoding="utf-8",
    )
    found = read_projects(tmp_path, schools, 2025)
    assert [(one.grade, one.pupils) for one in found.projects] == [("G1", 40), ("G2", -5)]
    assert [(one.cell, one.saw) for one in found.issues] == [
        ("line 4", "639900100 不是有学生数的学校"),
        ("line 5", "这所学校没有年级 G9"),
        ("line 5", "年份写了“2025”"),
        ("line 5", "人数写了“四十”"),
        ("line 5", "没有写是什么项目"),
    ]
    file.write_text("地方,年\n", encoding="utf-8")
    (issue,) = read_projects(tmp_path, schools, 2025).issues
    assert issue.required == "第一行是 place,year,grade,pupils,why"


def test_births_counted_again_are_taken_with_what_they_replace(tmp_path: Path):
    """The country's births of 2016, ten thousands: 1,786 by sample, 1,883 after the census."""
    (tmp_path / "births.csv").write_text(
        "place,version,source,2016,2017\n639900,抽样,公报,1786,1723\n639900,七普修订,普查,1883,\n",
        encoding="utf-8",
    )
    found = read_earlier(tmp_path, ["639900"], ["G1"])
    assert (found.births, found.issues) == ({"639900": {2016: 1883, 2017: 1723}}, [])
    years = found.origins["639900", ""]
    assert (years[2016].version, years[2016].replaced) == ("七普修订", (("抽样", 1786),))
    assert (years[2017].source, years[2017].replaced) == ("公报", ())


def test_the_same_version_twice_is_a_fault(tmp_path: Path):
    (tmp_path / "births.csv").write_text(
        "place,version,source,2016\n639900,抽样,公报,1786\n639900,抽样,公报,1883\n",
        encoding="utf-8",
    )
    (issue,) = read_earlier(tmp_path, ["639900"], ["G1"]).issues
    assert issue.saw == "639900 前面已经有一行"
