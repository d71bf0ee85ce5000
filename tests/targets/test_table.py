"""Targets as rows of a table, and which indicators cannot have a target because they count them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.records.target import Origin, Target
from xianxue.bureau.targets.reading import Reader, Written
from xianxue.bureau.targets.table import counts_targets, values_of
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import replace
from xianxue.catalogue.load import load

COUNTY = Place(code="632599", name="虚构县", level="county")
REGISTER = Register.of([COUNTY])
TARGET = Target(
    indicator="pupils_all",
    place="632599",
    stage=None,
    period="2025-2026",
    amount=Fraction(98),
    goal="at_least",
    origin=Origin.OWN,
    source="虚构文件",
)
MADE_OF_TARGETS = """
- indicator: targets_growth
  term: 目标项数增长率
  kind: growth
  compared: {indicator: targets_set}
  unit: percent
  show: {decimals: 2}
  levels: [county]
  source: {document: xianxue-own, seen: own}
- indicator: targets_growth_change
  term: 目标项数增长率增减
  kind: change
  compared: {indicator: targets_growth}
  unit: percentage_point
  show: {decimals: 2}
  levels: [county]
  source: {document: xianxue-own, seen: own}
- indicator: pupils_by_sponsor
  term: 分举办者在校生数
  kind: sum
  of: {sum: [students.enrolled]}
  unit: person
  show: {decimals: 0}
  levels: [county]
  slices: [sponsor, school_type]
  source: {document: xianxue-own, seen: own}
- indicator: pupils_by_sponsor_growth
  term: 分举办者在校生增长率
  kind: growth
  compared: {indicator: pupils_by_sponsor}
  unit: percent
  show: {decimals: 2}
  levels: [county]
  slices: [sponsor]
  source: {document: xianxue-own, seen: own}
- indicator: pupils_of_sponsors_alone
  term: 只分举办者的在校生数
  kind: sum
  of: {sum: [students.enrolled]}
  unit: person
  show: {decimals: 0}
  levels: [county]
  slices: [sponsor]
  whole: false
  source: {document: xianxue-own, seen: own}
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cards")
    (folder / "cards.yaml").write_text(MADE_OF_TARGETS, encoding="utf-8")
    loaded = load(folder)
    assert [issue.message for issue in loaded.issues] == []
    return loaded.shelf


def figure(value):
    return Figure(
        indicator="pupils_all",
        place="632599",
        stage=None,
        period="2025-2026",
        value=value,
        unit="person",
        shown="",
        numerator=None,
        denominator=None,
        coverage=Coverage(1, 1),
    )


@pytest.mark.parametrize(
    ("value", "goal", "reached"),
    [
        (Fraction(98), "at_least", 1),
        (Fraction(9799, 100), "at_least", 0),
        (Fraction(98), "at_most", 1),
        (Fraction(9801, 100), "at_most", 0),
        # √9604 is 98 exactly, whatever it is rounded to.
        (Root(Fraction(9604)), "at_least", 1),
        (Root(Fraction(9603)), "at_least", 0),
    ],
)
def test_whether_a_target_is_reached_is_exact(value, goal, reached):
    row = values_of(replace(TARGET, goal=goal), COUNTY, figure(value))
    assert row["reached"] == reached


def test_what_is_not_determined_hides_the_answer_and_nothing_else():
    for unknown in (None, figure(None)):
        row = values_of(TARGET, COUNTY, unknown)
        assert row.pop("reached") is Missing.NOT_ANSWERED
        assert row == {
            "indicator": "pupils_all",
            "amount": "98",
            "goal": "at_least",
            "level": "county",
            "origin": "own",
        }


@pytest.mark.parametrize("name", ["targets_set", "target_completion", "targets_growth_change"])
def test_what_counts_targets_is_known_however_far_above_it_stands(shelf, name):
    assert counts_targets(shelf.indicators[name], shelf)


@pytest.mark.parametrize("name", ["pupils_all", "pupils_all_growth", "largest_schools_share"])
def test_all_else_may_have_targets(shelf, name):
    assert not counts_targets(shelf.indicators[name], shelf)


def read(shelf, **said):
    reader = Reader(shelf, REGISTER)
    parts = {"amount": "98", "source": "虚构文件", "period": "2025-2026"}
    return reader.read([Written(**(parts | said))]), [one.message for one in reader.issues]


def test_a_target_on_what_counts_targets_is_refused(shelf):
    targets, issues = read(shelf, indicator="年度目标完成率", amount="98%")
    assert targets == []
    assert issues == [
        "“年度目标完成率”是由目标算出来的，不能再给它定目标；要求：写一个不由目标算出的指标。"
    ]


@pytest.mark.parametrize("said", ["sponsor=999", "民办", "举办者=民办"])
def test_a_slice_is_named_by_code_or_by_words(shelf, said):
    ((target,), issues) = read(shelf, indicator="pupils_by_sponsor", slice=said)
    assert issues == []
    assert target.key == "pupils_by_sponsor/632599/all/2025-2026/sponsor=999"
    assert (target.slice.term, target.slice.of) == ("民办", "举办者")


def test_a_derived_indicator_has_the_slices_of_what_it_is_made_of(shelf):
    ((target,), issues) = read(
        shelf, indicator="pupils_by_sponsor_growth", amount="3%", slice="民办"
    )
    assert (issues, str(target.slice)) == ([], "sponsor=999")


def test_a_whole_and_its_slice_are_two_targets(shelf):
    reader = Reader(shelf, REGISTER)
    parts = {"indicator": "pupils_by_sponsor", "source": "虚构文件", "period": "2025-2026"}
    lines = [Written(amount="98", **parts), Written(amount="9", slice="民办", **parts)]
    assert len(reader.read(lines)) == 2
    assert reader.issues == []


def test_a_slice_that_is_not_there_is_complained_about(shelf):
    _, issues = read(shelf, indicator="pupils_of_sponsors_alone", slice="私立")
    (said,) = issues
    assert said.startswith(
        "“只分举办者的在校生数”没有细分“私立”；要求：这项指标可以细分为 省级教育部门、"
    )


def test_what_has_no_whole_needs_a_slice(shelf):
    _, issues = read(shelf, indicator="pupils_of_sponsors_alone")
    (said,) = issues
    assert said.startswith("“只分举办者的在校生数”没有写按什么细分；要求：")


def test_what_is_not_sliced_has_no_slice(shelf):
    _, issues = read(shelf, indicator="pupils_all", slice="数学")
    assert issues == ["“中小学在校生总数”没有细分“数学”；要求：这项指标不细分，细分留空。"]
