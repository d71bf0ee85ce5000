"""Mid-term review: what was promised beside what is; what is missing is called missing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.records.planned import Goal
from xianxue.bureau.report.tables.reviewed import on_the_way
from xianxue.bureau.values.exact import Root

HALF = Fraction(1, 2)


def figure(value):
    return Figure(
        indicator="a",
        place="1",
        stage=None,
        period="2025",
        value=Root(Fraction(value[1])) if isinstance(value, tuple) else value and Fraction(value),
        unit="percent",
        shown="",
        numerator=None,
        denominator=None,
        coverage=Coverage(1, 1),
    )


@pytest.mark.parametrize(
    ("base", "wanted", "now", "said"),
    [
        ("80", "90", "90", "已达到"),
        ("80", "90", "85", "按进度推进"),
        ("80", "90", "84.9", "有进展，落后于进度"),
        ("80", "90", "80", "没有进展"),
        ("80", "90", "79", "没有进展"),
        # Where less is better, the way goes down.
        ("20", "10", "9", "已达到"),
        ("20", "10", "14", "按进度推进"),
        ("20", "10", "21", "没有进展"),
        (("√", "0.36"), ("√", "0.25"), ("√", "0.30"), "有进展，未达到"),
        (("√", "0.36"), ("√", "0.25"), ("√", "0.25"), "已达到"),
        ("80", "90", None, "缺数，说不上进展"),
        (None, "90", "85", "缺数，说不上进展"),
    ],
)
def test_half_the_years_are_over(base, wanted, now, said):
    assert on_the_way(Goal(figure(base), figure(wanted), figure(now)), HALF) == said


def test_what_was_not_counted_is_missing():
    assert on_the_way(Goal(figure("80"), figure("90")), HALF) == "缺数，说不上进展"
