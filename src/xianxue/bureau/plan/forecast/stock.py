"""The stock identity: who was there, came and left has to make who is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.plan.forecast.known import Known
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.sentence import Sentence, say

_HUNDRED = 100


class Stock(Record, kw_only=True):
    """One stage's pupils in two years and what lies between, in any one unit."""

    before: Fraction
    entered: Fraction
    left: Fraction
    """Who finished the stage."""
    now: Fraction
    moved: Fraction = Fraction(0)
    """Net of those who moved in, out, back to a lower grade, or died."""

    @property
    def expected(self) -> Fraction:
        """What there would have to be."""
        return self.before + self.entered - self.left + self.moved

    @property
    def gap(self) -> Fraction:
        """What there is less what there would have to be."""
        return self.now - self.expected

    @property
    def per_cent(self) -> Fraction | None:
        """The gap in per cent of what there would have to be; None of nobody.

        Primary schools of the country in 2024, ten thousands:

        >>> some = Stock(before=Fraction("10836.0"), entered=Fraction("1616.63"),
        ...     left=Fraction("1857.27"), now=Fraction("10584.37"))
        >>> float(some.expected), float(some.gap), round(float(some.per_cent), 2)
        (10595.36, -10.99, -0.1)
        """
        return _HUNDRED * self.gap / self.expected if self.expected else None

    def odd(self, limit: Fraction) -> bool:
        """Whether the gap is greater than a limit in per cent, so that it needs to be explained."""
        share = self.per_cent
        return self.gap != 0 if share is None else abs(share) > limit


def survived(finished: Fraction, entered: Fraction) -> Fraction | None:
    """Give in per cent which part of those who entered finished; None of nobody.

    >>> round(float(survived(Fraction("1763.5"), Fraction("1766.56"))), 2)
    99.83
    """
    return _HUNDRED * finished / entered if entered else None


def stocks(known: Known, stage: str) -> dict[int, Stock]:
    """Give the whole area's stock of a stage by year, where both years are known.

    Who came is in the first grade, who left was in the last one a year before; nothing is known of
    those who moved, so that they are in the gap.
    """
    whole = known.areas[0].code
    grades = [known.sums[whole, one.grade] for one in known.steps if one.stage == stage]
    totals = known.total(whole, stage)
    odd = known.past.odd
    return {
        year: Stock(
            before=Fraction(totals[year - 1]),
            entered=Fraction(grades[0][year]),
            left=Fraction(grades[-1][year - 1]),
            now=Fraction(many),
        )
        for year, many in totals.items()
        if year - 1 in totals and not {year, year - 1} & odd
    }


def of_stock(known: Known, limit: Fraction, stages: Mapping[str, Sentence]) -> Iterator[Issue]:
    """Ask about each year in which a stage's stock does not follow from the year before."""
    for stage, term in stages.items():
        for year, one in stocks(known, stage).items():
            if one.odd(limit):
                share = one.per_cent
                yield Issue(
                    code="P-STOCK",
                    severity=Severity.EXPLAIN,
                    place=known.areas[0].code,
                    saw=say(
                        "{stage} {year} 年：上年 {before} 加招生 {entered} 减毕业 {left} "
                        "应是 {expected}，实际 {now}，差 {share}%",
                        stage=term,
                        year=year,
                        before=int(one.before),
                        entered=int(one.entered),
                        left=int(one.left),
                        expected=int(one.expected),
                        now=int(one.now),
                        share="—" if share is None else shown(share, 2),
                    ),
                    required=say("相差不超过 {limit}%", limit=plain(limit)),
                    do=say("请说明转入转出、留级或口径变化；说不清的，把这一年标为异常年"),
                )
