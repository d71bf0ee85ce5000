"""The paragraphs on targets: who reached what, word by word, and never more than was counted."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec
import pytest

from xianxue.bureau.kinds.indicator import Show
from xianxue.bureau.kinds.outline import Block, Outline
from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.figure import Figure, Standing
from xianxue.bureau.records.target import Attainment, Forecast, Goal, Lamp, Origin, Target
from xianxue.bureau.report.compose import compose
from xianxue.bureau.report.context import lookup_in
from xianxue.bureau.report.text import Paragraph, plain
from xianxue.bureau.values.exact import Exact, Root
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace

DAY = date(2025, 12, 31)
PERIOD = Period.parse("2025-2026")


def held(
    figure: Figure | None,
    amount: str,
    *,
    indicator: str = "",
    goal: Goal = "at_least",
    origin: Origin = Origin.HANDED_DOWN,
) -> Attainment:
    target = Target(
        indicator=figure.indicator if figure else indicator,
        place=figure.place if figure else "632599",
        stage=figure.stage if figure else None,
        period="2025-2026",
        amount=Fraction(amount),
        goal=goal,
        origin=origin,
        source="虚构市下达文件",
    )
    value: Exact | None = figure.value if figure else None
    reached = None
    if value is not None:
        reached = value >= target.amount if goal == "at_least" else value <= target.amount
    counted = isinstance(value, Fraction)
    return Attainment(
        target=target,
        figure=figure,
        completion=value / target.amount * 100 if counted and goal == "at_least" else None,
        forecast=Forecast(None, "none"),
        lamp=Lamp.GREY,
        reached=reached,
        exceeded=counted and goal == "at_least" and value > target.amount,
        on=DAY,
    )


@pytest.fixture
def county(small):
    return small


@pytest.fixture
def written(county):
    def write(*targets: Attainment) -> tuple[list[str], list[Claim]]:
        outline = Outline(
            outline="year",
            term="总结",
            title="总结",
            blocks=[
                Block(heading="年度目标完成情况", when="any_targets"),
                Block(targets="progress", when="any_targets"),
            ],
            source=next(iter(county.shelf.indicators.values())).source,
        )
        found = compose(
            outline,
            shelf=county.shelf,
            figures=lookup_in(county.figures),
            assessments=[],
            register=county.register,
            period=PERIOD,
            on=DAY,
            targets=targets,
        )
        assert found.issues == []
        blocks = [one for one in found.text.blocks if isinstance(one, Paragraph)]
        claims = [run for one in blocks for run in one.runs if isinstance(run, Claim)]
        return [plain(one.runs) for one in blocks], claims

    return write


def figure_of(county, name: str, value: Exact | None = None) -> Figure:
    found = next(one for one in county.figures if one.indicator == name and one.place == "632599")
    return found if value is None else replace(found, value=value)


def test_nothing_is_said_where_there_are_no_targets(written):
    assert written() == ([], [])


def test_reached_exceeded_and_missed(county, written):
    said, claims = written(
        held(figure_of(county, "pupils_all"), "2000"),
        held(figure_of(county, "consolidation"), "95"),
        held(None, "80", indicator="arts", origin=Origin.OWN),
    )
    assert said == [
        "列入年度对照的目标3项（上级下达2项、本级自定1项）。已完成1项，其中超额完成1项；未完成1项；尚无统计数1项。",
        "已完成的目标：在校生总数目标2000人，实际2100人，完成率105.00%，超额完成。",
        "未完成的目标：九年巩固率目标95%，实际94.15%，完成率99.11%。",
        "尚无统计数的目标：每百名学生拥有体育艺术教师数目标80人。",
    ]
    assert [claim.key for claim in claims][:6] == [
        "targets/632599/all/2025-2026#set",
        "targets/632599/all/2025-2026#handed_down",
        "targets/632599/all/2025-2026#own",
        "targets/632599/all/2025-2026#reached",
        "targets/632599/all/2025-2026#exceeded",
        "targets/632599/all/2025-2026#behind",
    ]


def test_two_slices_of_one_target_have_a_rate_each(county, written):
    whole = held(figure_of(county, "pupils_all"), "2000")
    targets = [
        replace(whole, target=replace(whole.target, slice=Slice("subject", code)))
        for code in ("math", "chinese")
    ]
    _, claims = written(*targets)
    assert [claim.key for claim in claims if claim.facet == "completion"] == [
        "target.pupils_all/632599/all/2025-2026/subject=math#completion",
        "target.pupils_all/632599/all/2025-2026/subject=chinese#completion",
    ]


def test_exactly_reached_is_not_exceeded(county, written):
    said, _ = written(held(figure_of(county, "pupils_all"), "2100"))
    assert said == [
        "列入年度对照的目标1项，均为上级下达。已完成1项。",
        "已完成的目标：在校生总数目标2100人，实际2100人，完成目标。",
    ]


def test_a_rate_that_rounds_to_the_target_shows_one_more_digit(county, written):
    """94.9999 of 95 is 99.99989… per cent: neither number may look reached."""
    missed = figure_of(county, "consolidation", Fraction("94.9999"))
    said, _ = written(held(missed, "95", origin=Origin.OWN))
    assert said == [
        "列入年度对照的目标1项，均为本级自定。已完成0项；未完成1项。",
        "未完成的目标：九年巩固率目标95%，实际94.9999%，完成率99.9999%。",
    ]


def test_a_limit_is_kept_or_exceeded_and_has_no_rate(county, written):
    spread = figure_of(county, "spread_area", Root(Fraction(9, 100)))
    said, _ = written(
        held(spread, "0.5", goal="at_most"),
        held(figure_of(county, "pupils_all"), "2099", goal="at_most"),
    )
    assert said[1:] == [
        "已完成的目标：小学生均用房面积校际差异系数目标不超过0.50，实际0.3000，控制在目标以内。",
        "未完成的目标：在校生总数目标不超过2099人，实际2100人，超过目标。",
    ]


def test_a_ratio_is_held_against_a_ratio(county, written):
    card = county.shelf.indicators["child_ratio"]
    show = Show(decimals=2, form="one_to_n")
    county.shelf.indicators["child_ratio"] = msgspec.structs.replace(card, show=show)
    said, _ = written(held(figure_of(county, "child_ratio"), "15", goal="at_most"))
    assert said[1] == "已完成的目标：师幼比目标不超过1:15，实际1:13.50，控制在目标以内。"


def test_what_was_not_counted_is_never_said_to_be_reached(county, written):
    supposed = replace(figure_of(county, "pupils_all"), standing=Standing.SUPPOSED)
    with pytest.raises(ValueError, match="was not counted"):
        written(held(supposed, "2000"))
