"""What is wrong with a one-point table: bad cells, order, cumulatives that do not add up.

Two columns say the same thing twice. Where they differ, nobody but their author knows which is
right, so both ways out are named: what the cumulative is if the counts are right, and what the
count is if the cumulatives are.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal

from xianxue.bureau.exams.one_point.reading import COUNT, CUMULATIVE, SCORE, Row, Rows
from xianxue.bureau.exams.one_point.scores import Span, points, span_of, whole_of
from xianxue.bureau.exams.one_point.sums import Counted, counted_of
from xianxue.bureau.exams.one_point.table import OnePoint, Step
from xianxue.bureau.exams.reading.tabs import Issues, bare
from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say

Trust = Literal["", "counts", "cumulative"]
"""Which of the two columns is taken where they differ; empty: neither, the table is sent back."""
_TOTALS: Final = frozenset({"合计", "总计", "总人数", "共计"})


def checked(rows: Rows, issues: Issues, trust: Trust = "") -> OnePoint:
    """Check a table in one pass; what it comes to stands only where nothing has to be mended."""
    read = [_row(row, rows, issues) for row in rows.rows if not _is_total(row)]
    kept = [one for one in read if one is not None]
    spans = [one.span for one in kept]
    if len(kept) > 1 and all(_starts(a) < _starts(b) for a, b in pairwise(spans)):
        # From the lowest up: read from its end, it is the same table.
        kept = _from_below(kept, issues)[::-1]
    kept = _apart(kept)
    _order(kept, issues, trust)
    steps = [Step(one.span, count) for one, count in counted_of(kept, issues, trust)]
    found = OnePoint(steps)
    for row in rows.rows:
        if _is_total(row):
            _total(row, found, issues)
    return found


def _from_below(rows: list[Counted], issues: Issues) -> list[Counted]:
    """Take counts from a cumulative that goes from the lowest score up too, and leave it out."""
    said = [one.cumulative for one in rows if one.cumulative is not None]
    own = [upto - before for before, upto in pairwise([0, *said])]
    # One that goes from the best down falls as the scores rise.
    if len(said) < len(rows) or said[0] == said[-1] or min(own) < 0:
        return rows
    if any(one.count not in {None, many} for one, many in zip(rows, own, strict=True)):
        return rows
    saw = say("累计是从低分往高分加的，已按各行人数改从高分往低分加")
    first = rows[0].row
    issues.at(first.tab, first.at[CUMULATIVE], "P-UPWARD", saw, severity=Severity.NOTE)
    return [replace(one, count=many, cumulative=None) for one, many in zip(rows, own, strict=True)]


def _is_total(row: Row) -> bool:
    return bare(row.text(SCORE)) in _TOTALS


def _total(row: Row, found: OnePoint, issues: Issues) -> None:
    said = whole_of(row.text(COUNT) or row.text(CUMULATIVE))
    if said is not None and said != found.candidates:
        saw = say("合计写的是 {said}，各行相加是 {n}", said=said, n=found.candidates)
        required = say("合计等于各行人数之和")
        issues.at(row.tab, row.at[SCORE], "P-TOTAL", saw, required)


def _row(row: Row, rows: Rows, issues: Issues) -> Counted | None:
    span = span_of(row.text(SCORE))
    count, cumulative = whole_of(row.text(COUNT)), whole_of(row.text(CUMULATIVE))
    if span is None and count is None and cumulative is None:
        saw = say("第 {row} 行不是数，当作说明，没有读", row=row.number)
        issues.at(row.tab, row.at[SCORE], "P-NOTE", saw, severity=Severity.NOTE)
        return None
    if span is None:
        saw = say("第 {row} 行分数写的是“{text}”", row=row.number, text=row.text(SCORE))
        required = say("一个分数，或“695-750”“695及以上”“100及以下”这样的一段")
        issues.at(row.tab, row.at[SCORE], "P-SCORE", saw, required)
        return None
    for role, value in ((COUNT, count), (CUMULATIVE, cumulative)):
        # A blank beside its twin is told from it; a blank alone is no 0.
        blank = not row.text(role) and (count is not None or cumulative is not None)
        if role in rows.columns and value is None and not blank:
            saw = say("第 {row} 行写的是“{text}”", row=row.number, text=row.text(role))
            required = say("0 或正的整数；没有人的写 0")
            issues.at(row.tab, row.at[role], "P-NUMBER", saw, required)
    return Counted(row, span, count, cumulative)


def _starts(span: Span) -> Decimal:
    return span.low if span.low is not None else Decimal(-1)


def _apart(rows: Sequence[Counted]) -> list[Counted]:
    """Take «700以上» above a row of 700, and «100以下» below one of 100, without that score."""
    scores = sorted(
        {end for one in rows for end in (one.span.low, one.span.high) if end is not None}
    )
    step = min((b - a for a, b in pairwise(scores)), default=Decimal(1))
    step = min(step, Decimal(1))
    found = list(rows)
    if len(found) > 1:
        first, second = found[0].span, found[1].span
        if first.high is None and first.low is not None and first.low == second.high:
            found[0] = found[0].moved(Span(first.low + step, None))
        last, before = found[-1].span, found[-2].span
        if last.low is None and last.high is not None and last.high == before.low:
            found[-1] = found[-1].moved(Span(None, last.high - step))
    return found


def _order(rows: Sequence[Counted], issues: Issues, trust: Trust) -> None:
    met: dict[Span, int] = {}
    for at, one in enumerate(rows):
        number, row = one.row.number, one.row
        if one.span in met:
            saw = say("第 {row} 行的分数在第 {first} 行已经有了", row=number, first=met[one.span])
            issues.at(row.tab, row.at[SCORE], "P-TWICE", saw, say("每个分数一行"))
        elif at and not _below(one.span, rows[at - 1].span):
            saw = say("第 {row} 行的分数不比上一行低", row=number)
            do = say("按分数从高到低排；各段不要重叠")
            issues.at(row.tab, row.at[SCORE], "P-ORDER", saw, say("分数从高到低"), do)
        elif at:
            _gap(one, rows[at - 1], issues, trust)
        met.setdefault(one.span, number)


def _below(span: Span, above: Span) -> bool:
    return span.high is not None and above.low is not None and span.high < above.low


def _gap(one: Counted, above: Counted, issues: Issues, trust: Trust) -> None:
    gap = one.gap(above)
    if gap is None:
        return
    lower, upper = (points(end) for end in gap)
    which = say("{n} 分", n=upper) if upper == lower else say("{a} 到 {b} 分", a=lower, b=upper)
    row, cell, missing = one.row.number, one.row.at[SCORE], one.jump(above)
    if missing:
        saw = say("第 {row} 行前面缺 {which}", row=row, which=which)
        do = say("按累计，缺的各行共有 {n} 人，请补上", n=missing)
        severity = Severity.NOTE if trust == "counts" else Severity.MUST_FIX
        required = say("有人的分数都要有一行")
        issues.at(one.row.tab, cell, "P-GAP", saw, required, do, severity=severity)
    else:
        saw = say("第 {row} 行前面没有 {which}，按没有人算", row=row, which=which)
        issues.at(one.row.tab, cell, "P-GAP", saw, severity=Severity.NOTE)
