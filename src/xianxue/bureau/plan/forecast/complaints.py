"""What is wrong with a past before anything is foreseen of it, and with what was foreseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.plan.forecast.shape import By, Foreseen, Past
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say

NEGATIVE, GAP, JUMP, BELOW = "P-NEGATIVE", "P-GAP", "P-JUMP", "P-BELOW"


_HUNDRED: Final = 100


class Looked(Record, kw_only=True):
    """What a past is looked at with."""

    names: Mapping[str, str]
    """Area to its name."""
    grades: Mapping[str, str]
    """Grade to its term."""
    jump: int
    """Per cent by which a year may lie off the mean of its two neighbours."""


def of_past(past: Past, with_: Looked) -> list[Issue]:
    """Give all complaints about births and pupils: negative numbers, gaps, breaks."""
    found: list[Issue] = []
    for area, by in past.births.items():
        what = say("{place}出生人数", place=with_.names.get(area, area))
        found += _of_series(what, area, by, past.odd, with_.jump)
    for area, grades in past.pupils.items():
        for grade, by in grades.items():
            name, term = with_.names.get(area, area), with_.grades.get(grade, grade)
            what = say("{place}{grade}在校生数", place=name, grade=term)
            found += _negative(what, area, by)
            found += _gaps(what, area, by)
    return found


def _of_series(
    what: Sentence, area: str, by: By, odd: frozenset[int], jump: int
) -> Iterator[Issue]:
    yield from _negative(what, area, by)
    yield from _gaps(what, area, by)
    yield from _jumps(what, area, by, odd, jump)


def _negative(what: Sentence, area: str, by: By) -> Iterator[Issue]:
    for year, many in by.items():
        if many < 0:
            yield Issue(
                code=NEGATIVE,
                severity=Severity.MUST_FIX,
                place=area,
                saw=say("{year} 年{what}是 {n}", year=year, what=what, n=many),
                required=say("不小于 0 的整数"),
                do=say("请改为实际人数；不知道的留空，不填 0"),
            )


def _gaps(what: Sentence, area: str, by: By) -> Iterator[Issue]:
    lacking = [year for year in range(min(by), max(by)) if year not in by] if by else []
    if lacking:
        years = joined("、", [str(year) for year in lacking])
        yield Issue(
            code=GAP,
            severity=Severity.EXPLAIN,
            place=area,
            saw=say("{what}缺 {years} 年的数", what=what, years=years),
            required=say("逐年都有"),
            do=say("请补上；补不上的，用到这些年的预测给不出数，不会当作 0"),
        )


def _jumps(what: Sentence, area: str, by: By, odd: frozenset[int], jump: int) -> Iterator[Issue]:
    off = {year: _off(by, year) for year in by if year not in odd}
    for year, far in off.items():
        # Beside a broken year its neighbours look broken too: the farthest off is named alone.
        if far > jump and far >= max(off.get(year - 1, 0), off.get(year + 1, 0)):
            yield Issue(
                code=JUMP,
                severity=Severity.EXPLAIN,
                place=area,
                saw=say(
                    "{year} 年{what}是 {n}，前后两年是 {before} 和 {after}",
                    year=year,
                    what=what,
                    n=by[year],
                    before=by[year - 1],
                    after=by[year + 1],
                ),
                required=say("与前后两年的平均数相差不超过 {n}%", n=jump),
                do=say("请核对是不是口径变了或漏了；确实断档的，把这一年标为异常年"),
            )


def _off(by: By, year: int) -> Fraction:
    """Give by how many per cent a year lies off the mean of its two neighbours."""
    if year - 1 not in by or year + 1 not in by or not by[year - 1] + by[year + 1]:
        return Fraction(0)
    usual = Fraction(by[year - 1] + by[year + 1], 2)
    return _HUNDRED * abs(by[year] - usual) / usual


def of_foreseen(foreseen: Iterable[Foreseen], with_: Looked) -> Iterator[Issue]:
    """Complain of grades of which more would leave than there are."""
    for one in foreseen:
        for grade, many in one.grades.items():
            if many < 0:
                yield Issue(
                    code=BELOW,
                    severity=Severity.MUST_FIX,
                    place=one.area,
                    saw=say(
                        "{place}{grade} {year} 年算出来不到 0 人：转走的比留下的还多",
                        place=with_.names.get(one.area, one.area),
                        grade=with_.grades.get(grade, grade),
                        year=one.year,
                    ),
                    required=say("不小于 0"),
                    do=say("请核对拆迁、分流等项目写的转出人数和年份"),
                )
